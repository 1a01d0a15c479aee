from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "triage"
    verbose_name = "Initial contact"

    def ready(self) -> None:
        from triage import home, image_hearing, origin, picture, workflow  # noqa: F401 - they tell the apps below of us
