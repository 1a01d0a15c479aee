"""What Celery runs at night. The rules are elsewhere; this only calls them."""

from celery import shared_task

from ppn import nightly

HOUR = 60 * 60


@shared_task(time_limit=HOUR)
def look_again_at_notices() -> None:
    nightly.look_again_at_open()
    nightly.look_again_at_filed()
