"""The truth about a queue at a moment: how much waits, how old, how much risk and how many children are in it, and what
is late. Counted over everything, also what whoever looks may not open: figures name nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Q, Value, When

from access.actor import acting
from insight.backlog_flow import COUNTS, waiting_since
from insight.backlog_held_up import HeldUp, held_up, held_up_by
from insight.queues import NOT_KNOWN, Queue
from sla.models import Clock

AGES = (
    ("Under 4 hours", timedelta(0)),
    ("4 to 24 hours", timedelta(hours=4)),
    ("1 to 3 days", timedelta(days=1)),
    ("3 to 7 days", timedelta(days=3)),
    ("7 days and more", timedelta(days=7)),
)
FEW = 5
EACH = ~Q(pk=None)


@dataclass(frozen=True)
class Part:
    """One grade of risk, or one age: how many; of them with how many a child is concerned, and of how many nobody knows
    whether one is."""

    name: str
    total: int
    sure: int
    not_known: int

    @property
    def children(self) -> int:
        return self.sure + self.not_known


@dataclass(frozen=True)
class Truth:
    """A queue at one moment. `sure`: rows that concern a child; `not_known`: of which nobody knows whether they do.
    `without_step`: of its records so many have no step that took them in; then its past is not all known."""

    queue: Queue
    at: datetime
    total: int
    sure: int
    not_known: int
    breached: int
    oldest: datetime | None
    ages: list[Part]
    risks: list[Part]
    held_up: list[HeldUp]
    without_step: int

    @property
    def children(self) -> int:
        """Not known counts as a child."""
        return self.sure + self.not_known

    @property
    def no_child(self) -> int:
        return self.total - self.children

    @property
    def child_words(self) -> str:
        """What the count of children says, and where it rests on not knowing."""
        if self.queue.always_a_child:
            return "Each is about a child."
        if self.queue.child is None:
            return "This work does not say whether a child is concerned, so each counts as if one were."
        return "Where nobody knows, it counts as if a child were concerned."


@dataclass(frozen=True)
class Row:
    """What is counted of one record that waits."""

    pk: UUID
    since: datetime | None
    sure: bool
    not_known: bool
    risk: str


def truth(queue: Queue, at: datetime) -> Truth:
    """The queue now, or inside a replay as it stood."""
    rows = rows_of(queue, at)
    known = [row.since for row in rows if row.since]
    with acting(COUNTS, apart=True):
        late = Clock.running().filter(kind=queue.kind, record__in=[row.pk for row in rows], due_at__lt=at)
        breached = late.values("record").distinct().count()
        blocked = held_up(queue, at)
    return Truth(
        queue=queue,
        at=at,
        total=len(rows),
        sure=sum(row.sure for row in rows),
        not_known=sum(row.not_known for row in rows),
        breached=breached,
        oldest=min(known, default=None),
        ages=_by_age(rows, at),
        risks=_by_risk(queue, rows),
        held_up=blocked,
        without_step=len(rows) - len(known),
    )


def rows_of(queue: Queue, at: datetime) -> list[Row]:
    since = waiting_since(queue, at)
    said = {"at_risk": queue.risk or Value(""), "may_be": Case(When(may_be_a_child(queue), then=True), default=False),
            "is_sure": Case(When(surely_a_child(queue), then=True), default=False)}  # fmt: skip
    with acting(COUNTS, apart=True):
        waiting = queue.waiting().annotate(**said).figures()
        found = list(waiting.values_list("pk", "may_be", "is_sure", "at_risk"))
    return [Row(pk, since.get(pk), sure, may_be and not sure, risk or "") for pk, may_be, sure, risk in found]


def may_be_a_child(queue: Queue) -> Q:
    """A child is concerned, or nobody knows. Where the kind of work does not say, nobody knows of any."""
    return queue.child if queue.child is not None else EACH


def surely_a_child(queue: Queue) -> Q:
    """Somebody has said that a child is concerned."""
    if queue.always_a_child:
        return EACH
    return queue.child & queue.sure if queue.child is not None and queue.sure is not None else ~EACH


class _Parts:
    """Counts under names, all in one pass."""

    def __init__(self) -> None:
        self.total: Counter[Any] = Counter()
        self.sure: Counter[Any] = Counter()
        self.not_known: Counter[Any] = Counter()

    def add(self, key: Any, row: Row) -> None:
        self.total[key] += 1
        self.sure[key] += row.sure
        self.not_known[key] += row.not_known

    def part(self, key: Any, name: str) -> Part:
        return Part(name, self.total[key], self.sure[key], self.not_known[key])


def _by_age(rows: Iterable[Row], at: datetime) -> list[Part]:
    """What came in before steps were kept is not taken for new: it stands with the oldest."""
    parts = _Parts()
    for row in rows:
        parts.add(age_band(at - row.since) if row.since else len(AGES) - 1, row)
    return [parts.part(place, label) for place, (label, _) in enumerate(AGES)]


def age_band(age: timedelta) -> int:
    """The number of the band: at exactly four hours it is in the second."""
    return max(place for place, (_, least) in enumerate(AGES) if age >= least or place == 0)


def _by_risk(queue: Queue, rows: Iterable[Row]) -> list[Part]:
    """The highest first; then what nobody has said, which is not taken for low."""
    if queue.risk is None:
        return []
    names, parts = dict(queue.risks), _Parts()
    for row in rows:
        parts.add(row.risk if row.risk in names else NOT_KNOWN, row)
    return [*(parts.part(code, words) for code, words in queue.risks), parts.part(NOT_KNOWN, "Not known")]


@dataclass(frozen=True)
class Oldest:
    """One record that has waited longest, as whoever looks may see it, and what cannot go on until it is done."""

    record: Any
    since: datetime
    url: str
    held_up: list[HeldUp]


def oldest(queue: Queue, at: datetime) -> list[Oldest]:
    """The few that have waited longest, of those whom whoever looks may open."""
    since = waiting_since(queue, at)
    longest = sorted(since, key=lambda pk: (since[pk], pk))[: FEW * 10]
    # Only keys first: what is not shown is not entered in the ledger as looked at.
    rows: Any = queue.waiting().filter(pk__in=longest)
    may_see = set(rows.figures().values_list("pk", flat=True))
    shown = [pk for pk in longest if pk in may_see][:FEW]
    found = {record.pk: record for record in queue.waiting().filter(pk__in=shown)}
    with acting(COUNTS, apart=True):
        waits = {pk: held_up_by(queue, pk, at) for pk in shown}
    return [Oldest(found[pk], since[pk], found[pk].get_absolute_url(), waits[pk]) for pk in shown]
