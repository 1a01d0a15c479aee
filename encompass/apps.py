from django.apps import AppConfig


class EncompassConfig(AppConfig):
    name = "encompass"
