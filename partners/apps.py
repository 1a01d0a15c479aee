from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self) -> None:
        from partners import picture  # noqa: F401 - the picture of a person learns of our records
