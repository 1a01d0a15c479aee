"""What Celery runs. The rules are elsewhere; this only calls them."""

from celery import shared_task

from online.workflow import bail

FIVE_MINUTES = 5 * 60


@shared_task(time_limit=FIVE_MINUTES)
def lapse_bail() -> None:
    bail.lapse_all()
