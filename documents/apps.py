from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Photos and documents"

    def ready(self) -> None:
        # Checks register themselves, the deadline attaches itself, the home page learns of our work.
        from documents import checks, home, workflow  # noqa: F401
