from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "People and cases"

    def ready(self) -> None:
        # Deadlines attach themselves; the home page learns of our work.
        from cases import home  # noqa: F401
        from cases.workflow import findings, markers, matches, people  # noqa: F401
