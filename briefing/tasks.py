"""What Celery runs. The rules are elsewhere; this only calls them."""

from celery import shared_task

from briefing.workflow import meetings


@shared_task(time_limit=60)
def owe_daily_meeting() -> None:
    meetings.ensure_meeting()
