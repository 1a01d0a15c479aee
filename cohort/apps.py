from django.apps import AppConfig


class CohortConfig(AppConfig):
    name = "cohort"
    verbose_name = "Children at risk of going missing"

    def ready(self) -> None:
        from cohort import home, showing, workflow  # noqa: F401 - they register themselves; clocks attach
