from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partner agencies"

    def ready(self) -> None:
        from partners import home, picture, workflow  # noqa: F401 - those that show and time our records learn of us
