"""The truth about the queues: how much of each risk sits in each, with children apart, how old, and whether anybody has
looked. West Mercia (2025) could not say which risk sat in its backlog; this page is for that sentence.

Figures are counted in the database over what the acting person may see, and equal the boards that they lead to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from triage.codes import IN_HUB
from triage.models import NOT_ATTENDED, Answer, Destination, Grade, Incident, Risk, State
from triage.rows import noticed, untouched
from workflow.models import Step

AGES = (
    ("under 1 hour", timedelta(0)),
    ("1 to 4 hours", timedelta(hours=1)),
    ("4 to 24 hours", timedelta(hours=4)),
    ("1 to 3 days", timedelta(days=1)),
    ("3 to 7 days", timedelta(days=3)),
    ("7 days and more", timedelta(days=7)),
)
CHILDREN = {
    "child": ("Child", Q(child=Answer.YES)),
    "possible": ("Possibly a child", ~Q(child=Answer.YES) & ~Q(possible_child_because="")),
    "not_known": ("Not known", Q(child=Answer.NOT_KNOWN, possible_child_because="")),
    "none": ("No child", Q(child=Answer.NO, possible_child_because="")),
}
QUEUES = {
    "unit": ("Waiting for a unit", Q(state=State.AWAITING_RESOURCE), "board", "unit"),
    "on_way": ("A unit is on its way", Q(state=State.ASSIGNED), "board", "on_way"),
    "hub": ("Triage hub", Q(state__in=IN_HUB), "hub", "all"),
    "nobody": (
        "Resolution centre, nobody has it",
        Q(state=State.ALLOCATED, destination=Destination.RESOLUTION),
        "resolution",
        "nobody",
    ),
    "by_phone": (
        "Resolution centre, with somebody",
        Q(state=State.ACCEPTED, destination=Destination.RESOLUTION),
        "resolution",
        "somebody",
    ),
    "others": (
        "Other teams",
        Q(state__in=[State.ALLOCATED, State.ACCEPTED]) & ~Q(destination=Destination.RESOLUTION),
        "resolution",
        "others",
    ),
}


@dataclass(frozen=True)
class Line:
    """One queue, or one part of one: how many, how old, and what of it."""

    name: str
    total: int
    oldest: datetime | None
    untouched: int
    late: int
    by_risk: list[tuple[str, int]]
    by_grade: list[tuple[str, int]]
    by_age: list[tuple[str, int]]


@dataclass(frozen=True)
class Queue:
    """One queue with its parts by whether a child is involved."""

    line: Line
    parts: list[Line]
    url: str
    waits_on_it: str


def queues(at: datetime) -> list[Queue]:
    """Every queue as it stands at that moment: one statement each, however long it is."""
    return [_queue(name, at) for name in QUEUES]


def _queue(name: str, at: datetime) -> Queue:
    words, which, board, show = QUEUES[name]
    rows = Incident.objects.filter(which).figures()
    measures = {**_measures(Q(), "all", at), "unshared": Count("pk", filter=~CHILDREN["none"][1] & ~Q(noticed()))}
    for part, (_, condition) in CHILDREN.items():
        measures |= _measures(condition, part, at)
    found = rows.aggregate(**measures)
    parts = [_line(label, part, found) for part, (label, _) in CHILDREN.items()]
    held = found["unshared"]
    waits = (
        f"{held} with a child, or where nobody knows, of which no partner knows through us" if held else "callers only"
    )
    return Queue(_line(words, "all", found), parts, f"{reverse(board)}?show={show}", waits)


def _measures(condition: Q, part: str, at: datetime) -> dict[str, Any]:
    """What is counted of one part, in one statement with the others."""
    counts = {
        f"{part}_n": condition,
        f"{part}_untouched": condition & untouched(),
        f"{part}_late": condition & Q(attend_by__lt=at),
        **{f"{part}_risk_{each.value}": condition & Q(risk=each) for each in Risk},
        **{f"{part}_grade_{each.value}": condition & Q(grade=each) for each in Grade},
        **{f"{part}_age_{number}": condition & ages for number, ages in enumerate(_ages(at))},
    }
    oldest = Min("reported_at", filter=condition) if condition else Min("reported_at")
    return {
        f"{part}_oldest": oldest,
        **{name: Count("pk", filter=which) if which else Count("pk") for name, which in counts.items()},
    }


def _ages(at: datetime) -> Iterable[Q]:
    for number, (_, least) in enumerate(AGES):
        younger = Q(reported_at__lte=at - least) if number else Q()
        older = Q(reported_at__gt=at - AGES[number + 1][1]) if number + 1 < len(AGES) else Q()
        yield younger & older


def _line(name: str, part: str, found: dict[str, Any]) -> Line:
    return Line(
        name=name,
        total=found[f"{part}_n"],
        oldest=found[f"{part}_oldest"],
        untouched=found[f"{part}_untouched"],
        late=found[f"{part}_late"],
        by_risk=[(str(each.label), found[f"{part}_risk_{each.value}"]) for each in Risk],
        by_grade=[(each.value, found[f"{part}_grade_{each.value}"]) for each in Grade],
        by_age=[(label, found[f"{part}_age_{number}"]) for number, (label, _) in enumerate(AGES)],
    )


SPANS = ((1, "last hour"), (4, "last 4 hours"), (24, "last 24 hours"))


def flow(at: datetime) -> list[tuple[str, int, int]]:
    """What came in and what was dealt with: (span, arrived, left), for the surge view. Left = police arrived, or it was
    ended or resolved."""
    leaves = ["triage.attend", "triage.end_without_attendance", "triage.resolve_by_phone", "triage.link_duplicate"]
    since = at - timedelta(hours=SPANS[-1][0])
    came = Incident.objects.filter(reported_at__gt=since, reported_at__lte=at).figures()
    left = Step.objects.filter(transition__in=leaves, at__gt=since, at__lte=at)
    spans = {f"h{hours}": at - timedelta(hours=hours) for hours, _ in SPANS}
    arrived = came.aggregate(**{n: Count("pk", filter=Q(reported_at__gt=since)) for n, since in spans.items()})
    done = left.aggregate(**{n: Count("pk", filter=Q(at__gt=since)) for n, since in spans.items()})
    return [(words, arrived[f"h{hours}"], done[f"h{hours}"]) for hours, words in SPANS]


def load() -> QuerySet[Any]:
    """Who holds how many, with children apart: (owner, total, with a child or not known), the most first."""
    held = Incident.objects.filter(state__in=NOT_ATTENDED).figures().values("owner")
    counted = held.annotate(n=Count("pk"), children=Count("pk", filter=~CHILDREN["none"][1]))
    return counted.order_by("-children", "-n")
