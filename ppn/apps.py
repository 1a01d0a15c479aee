from django.apps import AppConfig


class PpnConfig(AppConfig):
    name = "ppn"
    verbose_name = "Public protection notices"

    def ready(self) -> None:
        from ppn import finding_origin, home, markers, picture, workflow  # noqa: F401 - they tell the apps below of us
