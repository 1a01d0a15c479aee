"""The truth about the MASH queue: how much of each grade waits, how old, with how many children, and how much high risk
sits among what nobody has opened. West Mercia (2025) could not say it of its own backlog.

Counted in the database over what the acting person may see; each figure equals the queue that it leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from ppn.models import WAITING_FOR_REVIEW, Answer, DomesticAbuseRisk, Grade, Ppn, State, Subject, Type

AGES = (
    ("under 4 hours", timedelta(0)),
    ("4 to 24 hours", timedelta(hours=4)),
    ("1 to 3 days", timedelta(days=1)),
    ("3 to 7 days", timedelta(days=3)),
    ("7 days and more", timedelta(days=7)),
)
WAITING = Q(state__in=WAITING_FOR_REVIEW)
NEVER_OPENED = Q(state=State.SUBMITTED, taken_at=None)
HIGH_RISK = (
    Q(grade=Grade.RED)
    | Q(da_risk__in=[DomesticAbuseRisk.HIGH, DomesticAbuseRisk.NOT_KNOWN])
    | Q(types__contains=[Type.CHILD_AT_RISK.value], grade=Grade.AMBER)
)
"""Graded red; domestic abuse that is high-risk or that nobody could grade; a child at risk, amber."""
CHILD = ~Q(child=Answer.NO)


@dataclass(frozen=True)
class Line:
    """One grade, or all of them. `children`: children named in these notices, each counted once for each notice."""

    name: str
    show: str
    total: int
    overdue: int
    with_child: int
    children: int
    never_opened: int
    high_risk: int
    high_risk_never_opened: int
    oldest: datetime | None
    by_age: list[tuple[str, int]]


def lines(at: datetime) -> list[Line]:
    """All that waits for review, and each grade of it: two statements each, however many there are."""
    waiting = Ppn.objects.filter(WAITING)
    parts = [("All", "", waiting)]
    parts += [(str(grade.label), grade.value, waiting.filter(grade=grade)) for grade in Grade]
    return [_line(name, grade, rows, at) for name, grade, rows in parts]


def by_type(at: datetime) -> list[tuple[str, str, int, int]]:
    """(words, code, waiting, overdue) for each type; a notice about two things is counted in both."""
    waiting = Ppn.objects.filter(WAITING).figures()
    measures = {
        f"{each.value}_{what}": Count("pk", filter=Q(types__contains=[each.value]) & which)
        for each in Type
        for what, which in (("n", Q()), ("late", Q(due_at__lt=at)))
    }
    found = waiting.aggregate(**measures)
    return [(str(each.label), each.value, found[f"{each.value}_n"], found[f"{each.value}_late"]) for each in Type]


@dataclass(frozen=True)
class Overdue:
    """What every page of the MASH says while a review is overdue."""

    count: int
    oldest: datetime | None
    high_risk: int


def overdue(at: datetime) -> Overdue:
    rows = Ppn.objects.filter(WAITING, due_at__lt=at).figures()
    found = rows.aggregate(n=Count("pk"), oldest=Min("submitted_at"), high=Count("pk", filter=HIGH_RISK))
    return Overdue(found["n"], found["oldest"], found["high"])


def _line(name: str, grade: str, rows: QuerySet[Ppn], at: datetime) -> Line:
    found = rows.figures().aggregate(**_measures(at))  # type: ignore[attr-defined]
    children = Subject.objects.filter(part=Subject.Part.CHILD, ppn__state__in=WAITING_FOR_REVIEW).figures()
    return Line(
        name=name,
        show=f"?show=waiting&grade={grade}" if grade else "?show=waiting",
        children=(children.filter(ppn__grade=grade) if grade else children).count(),
        by_age=[(label, found[f"age_{number}"]) for number, (label, _) in enumerate(AGES)],
        **{each: found[each] for each in MEASURED},
    )


MEASURED = (*("total", "overdue", "with_child", "never_opened", "high_risk", "high_risk_never_opened", "oldest"),)


def _measures(at: datetime) -> dict[str, Any]:
    counts = {
        "overdue": Q(due_at__lt=at),
        "with_child": CHILD,
        "never_opened": NEVER_OPENED,
        "high_risk": HIGH_RISK,
        "high_risk_never_opened": HIGH_RISK & NEVER_OPENED,
        **{f"age_{number}": _age(number, at) for number in range(len(AGES))},
    }
    counted = {name: Count("pk", filter=which) for name, which in counts.items()}
    return {"total": Count("pk"), "oldest": Min("submitted_at"), **counted}


def _age(number: int, at: datetime) -> Q:
    younger = Q(submitted_at__lte=at - AGES[number][1]) if number else Q(submitted_at__isnull=False)
    older = Q(submitted_at__gt=at - AGES[number + 1][1]) if number + 1 < len(AGES) else Q()
    return younger & older
