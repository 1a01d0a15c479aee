from django.apps import AppConfig


class PpnConfig(AppConfig):
    name = "ppn"
    verbose_name = "Public protection notices"

    def ready(self) -> None:
        from ppn import finding_origin, home, markers, meetings, picture, workflow  # noqa: F401 - they tell others of us
