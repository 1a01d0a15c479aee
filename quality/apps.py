from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"
    verbose_name = "Quality and learning"

    def ready(self) -> None:
        from quality import (  # noqa: F401 - they register themselves; clocks attach
            improvement_home,
            learning_home,
            publication_rows,
            sampling_figures,
            sampling_home,
            scrutiny_home,
            together,
            training_home,
            workflow,
        )
