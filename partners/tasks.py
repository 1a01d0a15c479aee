"""What Celery runs. It only nudges: what waits to be delivered is in the database."""

from celery import shared_task

from partners import calling, posting


@shared_task
def deliver_waiting() -> None:
    posting.deliver_waiting()


@shared_task
def call_waiting() -> None:
    calling.call_waiting()
