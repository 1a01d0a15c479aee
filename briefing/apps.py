from django.apps import AppConfig


class BriefingConfig(AppConfig):
    name = "briefing"
    verbose_name = "The daily management meeting"

    def ready(self) -> None:
        from briefing import (  # noqa: F401 - they register themselves; clocks attach
            daily_home,
            parts_children,
            parts_queues,
            workflow,
        )
