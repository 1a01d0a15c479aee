"""The Celery application. Its timetable is in the settings; what it runs is in each app's tasks.py."""

import logging.config
import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("longstop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def _our_logging(**kwargs: Any) -> None:
    """Without a receiver Celery replaces the root handler, and nothing of ours would be logged."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
