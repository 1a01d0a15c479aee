from django.apps import AppConfig


class EncompassConfig(AppConfig):
    name = "encompass"
    verbose_name = "Operation Encompass"

    def ready(self) -> None:
        from encompass import home, mail, picture, workflow  # noqa: F401 - the apps below learn of our work, records, deadlines
