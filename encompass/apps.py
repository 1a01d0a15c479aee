from django.apps import AppConfig


class EncompassConfig(AppConfig):
    name = "encompass"
    verbose_name = "Operation Encompass"

    def ready(self) -> None:
        from encompass import workflow  # noqa: F401 - its deadlines attach themselves
