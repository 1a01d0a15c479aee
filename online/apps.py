from django.apps import AppConfig


class OnlineConfig(AppConfig):
    name = "online"
    verbose_name = "Online abuse of children"

    def ready(self) -> None:
        from online import (  # noqa: F401 - they register themselves; clocks attach
            after_hearing,
            after_home,
            after_showing,
            after_wall,
            gate_hearing,
            gate_home,
            gate_origin,
            gate_showing,
            gate_wall,
            image_hearing,
            image_home,
            image_origin,
            image_papers,
            image_showing,
            register_hearing,
            register_home,
            register_picture,
            register_showing,
            register_wall,
            research_hearing,
            research_home,
            research_showing,
            research_wall,
            words_only,
            workflow,
        )

        words_only.guard_every_verb()
