from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "insight"
    verbose_name = "Seeing the whole"

    def ready(self) -> None:
        # They register themselves: figures, what a home page shows, where evidence is kept, verbs; clocks attach.
        from insight import (  # noqa: F401
            backlog_home,
            evidence_home,
            evidence_store,
            figures,
            figures_home,
            staffing_home,
            workflow,
        )
