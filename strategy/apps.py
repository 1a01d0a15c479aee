from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = "Strategy meetings"

    def ready(self) -> None:
        from strategy import home, picture, showing, workflow  # noqa: F401 - they register themselves; clocks attach
