"""The improvement plan of 28 days: everything that has to be done by then, or is overdue, by whose it is; and what
nobody may overlook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from access.roles import Can
from quality.improvement_lengths import EVIDENCED, RED_IDLE
from quality.improvement_rows import NOT_CLOSED, NOT_MET, action_as_work
from quality.models import ImprovementAction, MeasureSnapshot, Rag, Recommendation, ScrutinyMeeting
from sla.work import Work

SPAN = timedelta(days=28)
A_WEEK = timedelta(days=7)

Source = Callable[[date], Iterable[Work]]
SOURCES: list[Source] = []
"""Who has actions: each gives those not closed that are due by the end of a day, as whoever looks may see them."""


@dataclass(frozen=True)
class Group:
    """What one person or agency has to do."""

    owner: str
    rows: list[Work]


@dataclass(frozen=True)
class Line:
    """Something that nobody may overlook."""

    label: str
    count: int
    url: str


def plan_of(at: datetime) -> list[Group]:
    """By owner, whoever has the most overdue first; each owner's nearest first."""
    rows = [row for source in SOURCES for row in source(last_day(at))]
    groups: dict[str, list[Work]] = {}
    for row in sorted(rows, key=lambda row: (row.due or at, row.reference)):
        groups.setdefault(row.owner or "Nobody yet", []).append(row)
    late = {owner: sum(1 for row in each if row.due and row.due < at) for owner, each in groups.items()}
    return [Group(owner, groups[owner]) for owner in sorted(groups, key=lambda owner: (-late[owner], owner))]


def last_day(at: datetime) -> date:
    """The last day of the plan, by the wall."""
    return localdate(at) + SPAN


def actions_due(by: date) -> list[Work]:
    """Of recommendations and of the scrutiny group."""
    due = ImprovementAction.objects.filter(state__in=NOT_CLOSED, due_on__lte=by)
    return [action_as_work(each) for each in due.select_related("owner", "agency").order_by("due_at", "pk")]


SOURCES.append(actions_due)


def counted(at: datetime) -> dict[str, int]:
    """How many are open, and what happened in the last seven days."""
    rows = ImprovementAction.objects.all()
    return {
        "open": rows.filter(state__in=NOT_CLOSED).count(),
        "late": rows.filter(state__in=NOT_CLOSED, due_at__lt=at).count(),
        "came": rows.filter(given_at__gt=at - A_WEEK).count(),
        "closed": rows.filter(closed_at__gt=at - A_WEEK).count(),
    }


def lines_of(user: Any, at: datetime) -> list[Line]:
    """Each kind, whether there are any or not: that there are none is worth knowing as well."""
    planned = ScrutinyMeeting.objects.filter(state__in=["planned", "papers_sent"]).exists()
    lines = [Line("Scrutiny group: nobody has planned the next meeting", int(not planned), reverse("scrutiny"))]
    if user.can(Can.SEE_RECOMMENDATIONS):
        lines += [
            Line(label, rows.count(), f"{reverse('recommendations')}?show={show}")
            for label, rows, show in _overlooked(at)
        ]
    return lines


def _overlooked(at: datetime) -> list[tuple[str, QuerySet[Recommendation], str]]:
    rows: QuerySet[Recommendation] = Recommendation.objects.all()
    return [(label, rows.filter(condition), show) for show, (label, condition) in overlooked(at).items()]


def overlooked(at: datetime) -> dict[str, tuple[str, Q]]:
    """Name of the part of the list -> what it is called, and which they are."""
    not_met = Q(state__in=NOT_MET)
    action = Exists(ImprovementAction.objects.filter(recommendation=OuterRef("pk"), state__in=NOT_CLOSED))
    month = Exists(MeasureSnapshot.objects.filter(recommendation=OuterRef("pk"), state="to_comment"))
    return {
        "nobody": ("Recommendations that nobody answers for", not_met & Q(sro=None)),
        "no_evidence": (
            "Recommendations without evidence for long",
            not_met & Q(evidence=None, added_at__lt=at - EVIDENCED.in_force(at)[0]),
        ),
        "red_idle": (
            "Recommendations red for long, with no action",
            not_met & Q(rag=Rag.RED, red_since__lt=at - RED_IDLE.in_force(at)[0]) & ~Q(action),
        ),
        "unexplained": ("Recommendations with a red month that nobody has explained", Q(month)),
        "late": ("Recommendations that are overdue", not_met & Q(due_on__lt=localdate(at))),
    }
