from django.apps import AppConfig


class PpnConfig(AppConfig):
    name = "ppn"
    verbose_name = "Public protection notices"

    def ready(self) -> None:
        from ppn import home, workflow  # noqa: F401 - deadlines attach themselves; the home page learns of our work
