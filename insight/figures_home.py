"""What the home page says to whoever answers for figures, and to whoever keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from access.roles import Can
from accounts.models import User
from insight.figure_months import last_month
from insight.figure_rows import figure_as_work
from insight.figure_wall import no_action, to_explain
from insight.models import MonthlyFigure, MonthlySnapshot
from insight.workflow.figures import answers_for
from sla.calendar import local
from sla.work import HOME, Share, Work

FEW = 5


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.EXPLAIN_FIGURE in acts:
        mine = [each for each in to_explain() if answers_for(each, user)]
        yield _figures("Red figures to explain", mine, f"{reverse('figures')}?kept=1")
        idle = [each for each in no_action() if answers_for(each, user)]
        yield _figures("Figures red month after month, and nothing is done", idle, reverse("figures-red"))
    if Can.KEEP_FIGURES in acts:
        yield from _not_kept()


def _figures(heading: str, rows: list[MonthlyFigure], url: str) -> Share:
    return Share(heading, [figure_as_work(each) for each in rows[:FEW]], len(rows), url)


def _not_kept() -> Iterator[Share]:
    """Nobody has kept last month yet: from its first day on, whether the night's work ran or not."""
    month = last_month()
    if not MonthlySnapshot.objects.filter(month=month).exists():
        url = reverse("figures-keep")
        ended = local(month.replace(day=1))
        work = Work(f"Keep the figures of {month:%B %Y}", url, started=ended, holds_up="The dashboard of that month")
        yield Share("Months not kept", [work], 1, url)


HOME.needs_me.append(needs_me)
