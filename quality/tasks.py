"""What Celery runs. The rules are elsewhere; this only calls them."""

from celery import shared_task

from quality.workflow import improvement_snapshots, monthly, scrutiny, training_due

HOUR = 60 * 60


@shared_task(time_limit=HOUR)
def keep_month() -> None:
    improvement_snapshots.keep_month()


@shared_task(time_limit=HOUR)
def owe_scrutiny_meeting() -> None:
    scrutiny.ensure_meeting()


@shared_task(time_limit=HOUR)
def keep_training_up() -> None:
    training_due.keep_all_up()


@shared_task(time_limit=HOUR)
def draw_samples() -> None:
    monthly.draw_due()
