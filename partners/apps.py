from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partner agencies"

    def ready(self) -> None:
        from partners import picture, workflow  # noqa: F401 - the picture of a person and the deadlines learn of us
