"""What Celery runs. The rules are elsewhere; this only calls them."""

from celery import shared_task

from offenders import contact_chasing, contact_hearing
from offenders.workflow import scrutiny

HOUR = 60 * 60


@shared_task(time_limit=HOUR)
def chase_decisions() -> None:
    contact_chasing.chase_all()


@shared_task(time_limit=HOUR)
def look_for_contacts() -> None:
    contact_hearing.look_for_contacts()


@shared_task(time_limit=HOUR)
def begin_scrutiny() -> None:
    scrutiny.begin_rounds()
