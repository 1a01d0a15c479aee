"""What Celery runs. The rules are elsewhere; this only calls them."""

from celery import shared_task

from missing import chasing

HOUR = 60 * 60


@shared_task(time_limit=HOUR)
def chase_interviews() -> None:
    chasing.chase_all()
