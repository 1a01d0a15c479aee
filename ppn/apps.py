from django.apps import AppConfig


class PpnConfig(AppConfig):
    name = "ppn"
    verbose_name = "Public protection notices"

    def ready(self) -> None:
        from ppn import home, markers, picture, workflow  # noqa: F401 - they tell the apps below of our deadlines, work, records
