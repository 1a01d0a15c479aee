"""What Celery runs. The rules are elsewhere; these only call them."""

from celery import shared_task

from insight import evidence_build
from insight.workflow import evidence_out, figures, look_who_is_here

HOUR = 60 * 60
FIVE_MINUTES = 5 * 60


@shared_task(time_limit=HOUR)
def keep_figures() -> None:
    figures.keep_last_month()


@shared_task(time_limit=FIVE_MINUTES)
def look_who_is_here_now() -> None:
    look_who_is_here()


@shared_task(time_limit=HOUR)
def put_evidence_together() -> None:
    evidence_build.build_waiting()


@shared_task(time_limit=HOUR)
def close_evidence() -> None:
    evidence_out.close_due()
