from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "missing"
    verbose_name = "Missing children"

    def ready(self) -> None:
        # What follows a return: they register themselves, and clocks attach.
        from missing import hearing, home, origin, picture, return_home, workflow  # noqa: F401 - they tell the apps below of us; clocks attach  # noqa: F401
        from missing.workflow import return_deadlines  # noqa: F401
