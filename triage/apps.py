from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "triage"
    verbose_name = "Initial contact"

    def ready(self) -> None:
        from triage import home, workflow  # noqa: F401 - deadlines attach themselves; the home page learns of our work
