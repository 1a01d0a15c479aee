"""Figures that nobody may overlook: red and not explained, and red month after month with nothing done."""

from __future__ import annotations

from django.db.models import QuerySet

from access.actor import acting
from insight.models import FigureRag, MonthlyFigure, MonthlySnapshot
from quality.counting import COUNTS
from quality.models import ImprovementAction


def last_kept() -> MonthlySnapshot | None:
    found: MonthlySnapshot | None = MonthlySnapshot.objects.order_by("-month").first()
    return found


def to_explain() -> QuerySet[MonthlyFigure]:
    """The longest waiting first."""
    rows = MonthlyFigure.objects.filter(state=MonthlyFigure.State.TO_EXPLAIN)
    return rows.select_related("snapshot").order_by("due_at", "position")


def no_action() -> list[MonthlyFigure]:
    """Of the last month that was kept: red too many months running, and no action is open. The longest first."""
    kept = last_kept()
    if kept is None:
        return []
    rows = kept.figures.filter(rag=FigureRag.RED, no_action_since__isnull=False).select_related("snapshot")
    with acting(COUNTS, apart=True):
        going_on = ImprovementAction.objects.filter(state__in=["open", "said_done"]).exclude(figure="").figures()
        done = set(going_on.values_list("figure", flat=True))
    return [each for each in rows.order_by("-red_months", "no_action_since", "position") if each.code not in done]
