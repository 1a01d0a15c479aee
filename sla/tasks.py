"""What Celery runs. It only nudges: the rule, and the memory of what is due, are in the database."""

from celery import shared_task

from sla import engine


@shared_task
def sweep() -> None:
    engine.sweep()
