from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "places"
    verbose_name = "Schools and places"

    def ready(self) -> None:
        from places import home  # noqa: F401 - it tells the home page of our work
