from django.apps import AppConfig


class OffendersConfig(AppConfig):
    name = "offenders"
    verbose_name = "Managing those who pose a risk"

    def ready(self) -> None:
        from offenders import (  # noqa: F401 - they register themselves; clocks attach
            contact_hearing,
            contact_origin,
            disclosure_rows,
            hub_home,
            hub_showing,
            picture,
            register_home,
            register_picture,
            register_showing,
            visit_home,
            visit_showing,
            visit_shown,
            watch_home,
            watch_showing,
            workflow,
        )
        from offenders.workflow import reactive  # noqa: F401 - it says what follows an approval
