"""What Celery runs. The rules are elsewhere; these only call them."""

from celery import shared_task

from documents import checking, nightly

MINUTES, HOURS = 60, 60 * 60


@shared_task(time_limit=30 * MINUTES)
def scan_waiting() -> None:
    checking.check_all()


@shared_task(time_limit=HOURS)
def look_at_the_store() -> None:
    nightly.look_at_the_store()
