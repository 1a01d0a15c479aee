"""What Celery runs at night. The rules are elsewhere; these only call them."""

from celery import shared_task

from cases import nightly
from cases.workflow import findings
from search import words

HOURS = 60 * 60


@shared_task(time_limit=6 * HOURS)
def compare_everybody() -> None:
    nightly.compare_everybody()


@shared_task(time_limit=HOURS)
def tidy_search() -> None:
    words.tidy()


@shared_task(time_limit=HOURS)
def look_for_links() -> None:
    findings.look()
