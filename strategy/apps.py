from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = "Strategy meetings"

    def ready(self) -> None:
        from strategy import workflow  # noqa: F401 - its deadlines attach themselves
