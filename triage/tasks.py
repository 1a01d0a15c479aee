"""What Celery runs at night. The rules are elsewhere; this only calls them."""

from celery import shared_task

from triage import nightly

HOUR = 60 * 60


@shared_task(time_limit=HOUR)
def look_for_children() -> None:
    nightly.look_for_children()
