"""How a figure is counted: of a period, from the records and clocks themselves. What it counts, how many those
are out of what, a table of its parts and the rows behind it all follow from one function of the period."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse

from access.actor import System, acting
from access.roles import Role
from govuk.times import exactly, length
from sla.calendar import local
from sla.lengths import Number

COUNTS = System("measures")
LATELY = timedelta(days=30)
A_MOMENT = timedelta(microseconds=1)
"""The smallest length that is kept: what happens as a month begins belongs to it, and not to the one before."""
MIDDLE = 50
NOT_RECORDED = "Not recorded"


class Better(StrEnum):
    """Which way is better. Of how much there was to do neither is."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True)
class Group:
    """Figures that one post answers for."""

    code: str
    title: str
    answers: Role


@dataclass(frozen=True)
class Period:
    """From its first moment to its last one, both in it."""

    begins: datetime
    at: datetime

    @classmethod
    def before(cls, at: datetime) -> Period:
        """The 30 days up to a moment, and that moment."""
        at = at.astimezone(UTC)
        return cls(at - LATELY + A_MOMENT, at)

    @classmethod
    def month(cls, day: date) -> Period:
        """The month a day is in, by the local clock: in the months when the clocks change an hour shorter or longer."""
        first = day.replace(day=1)
        return cls(local(first).astimezone(UTC), local(month_after(first)).astimezone(UTC) - A_MOMENT)

    def within(self, moment: str, *, whole: timedelta = timedelta(0)) -> Q:
        """Where the time that began at this moment was up in the period: each is counted in one period and no other."""
        return Q(**{f"{moment}__gte": self.begins - whole, f"{moment}__lte": self.at - whole})


def month_after(first: date, months: int = 1) -> date:
    """The first day of the month so many later; earlier, with a minus."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


Names = Mapping[Any, str] | Callable[[Collection[Any]], Mapping[Any, str]]


@dataclass(frozen=True)
class By:
    """One way to split a figure. `names`: of the values that are found; none = they name themselves."""

    label: str
    field: str
    names: Names | None = None

    def named(self, values: Collection[Any]) -> dict[Any, str]:
        known = self.names(values) if callable(self.names) else self.names or {}
        return {each: known.get(each) or (NOT_RECORDED if each in (None, "") else str(each)) for each in values}


@dataclass(frozen=True)
class Rows:
    """What is counted in one period.

    `rows`: everything the figure is of. `those`: which of them it counts; none = all. `since`: the field that says
    since when a row has waited. `child`: which concern a child, or where nobody knows. `took`: an expression that gives
    how long each took. `about`: the relation that leads from a row to the record that has a page.
    """

    rows: QuerySet[Any]
    those: Q | None = None
    since: str = ""
    child: Q | None = None
    took: Any = None
    by: Sequence[By] = ()
    about: str = ""

    def counted(self) -> QuerySet[Any]:
        return self.rows if self.those is None else self.rows.filter(self.those)


@dataclass(frozen=True)
class Value:
    """What was counted. Without `of` it is how many there are; with it, how many of those. `took`: how long, at the
    `percentile`; `children`: how many of them concern a child, or nobody knows."""

    counted: int
    of: int | None = None
    oldest: datetime | None = None
    children: int | None = None
    took: timedelta | None = None
    percentile: int = 0

    @property
    def in_words(self) -> str:
        """No cases is said, and is never 0 %."""
        if self.percentile:
            return f"{length(self.took)} ({_of_how_many(self.counted, self.percentile)})" if self.took else "No cases"
        if self.of is not None:
            return f"{self.counted} of {self.of} ({self.share} %)" if self.of else "No cases"
        if not self.counted:
            return "None"
        children = "" if self.children is None else f", {self.children} with a child or not known"
        since = f", the oldest since {exactly(self.oldest)}" if self.oldest else ""
        return f"{self.counted}{children}{since}"

    @property
    def share(self) -> int | None:
        return round(100 * self.counted / self.of) if self.of else None

    @property
    def height(self) -> float | None:
        """For a chart: per cent, hours, or how many. None where there were no cases."""
        if self.percentile:
            return self.took.total_seconds() / 3600 if self.took is not None else None
        return (100 * self.counted / self.of if self.of else None) if self.of is not None else float(self.counted)


def _of_how_many(counted: int, percentile: int) -> str:
    cases = f"{counted} case{'' if counted == 1 else 's'}"
    return f"the middle of {cases}" if percentile == MIDDLE else f"{percentile} of 100 of {cases} took no longer"


def at_percentile(lengths: Sequence[timedelta], percentile: int) -> timedelta | None:
    """The shortest length within which so many of a hundred were done; of two in the middle the shorter one."""
    if not lengths:
        return None
    rank = -(-percentile * len(lengths) // 100)
    return sorted(lengths)[max(rank, 1) - 1]


@dataclass(frozen=True)
class Measure:
    """One figure. `page` and `show`: where its rows are listed now. `target`: so many of a hundred, or at most so many;
    `none`: any at all is too many. `cannot`: why it is not counted."""

    code: str
    name: str
    definition: str
    unit: str
    page: str
    rows: Callable[[Period], Rows]
    show: str = ""
    group: Group | None = None
    numerator: str = ""
    denominator: str = ""
    better: Better = Better.NEITHER
    target: Number | None = None
    none: bool = False
    percentile: int = 0
    cannot: str = ""

    def at(self, at: datetime) -> Value:
        """Of the 30 days up to a moment, as recommendations are measured."""
        return self.over(Period.before(at))

    def over(self, period: Period) -> Value:
        with acting(COUNTS, apart=True):
            return self._value(self.rows(period))

    def table(self, period: Period) -> list[tuple[str, list[tuple[str, Value]]]]:
        """Of each way to split it: what it is called, and each part by its name."""
        with acting(COUNTS, apart=True):
            rows = self.rows(period)
            return [(by.label, self._parts(rows, by)) for by in rows.by]

    def child_waits_since(self, period: Period) -> datetime | None:
        """Since when the one has waited longest that concerns a child, or where nobody knows."""
        with acting(COUNTS, apart=True):
            rows = self.rows(period)
            if rows.child is None or not rows.since:
                return None
            oldest: datetime | None = rows.counted().filter(rows.child).aggregate(oldest=Min(rows.since))["oldest"]
            return oldest

    def keys(self, period: Period) -> tuple[list[UUID], list[UUID]]:
        """The rows that it counts, and the rows that it is of and does not count."""
        with acting(COUNTS, apart=True):
            rows = self.rows(period)
            counted = set(_figures(rows.counted()).values_list("pk", flat=True))
            every = set(_figures(rows.rows).values_list("pk", flat=True))
            return sorted(counted, key=str), sorted(every - counted, key=str)

    def _parts(self, rows: Rows, by: By) -> list[tuple[str, Value]]:
        values = list(_figures(rows.rows).order_by().values_list(by.field, flat=True).distinct())
        names = by.named(values)
        parts = [
            (names[each], self._value(rows, Q(**({f"{by.field}__isnull": True} if each is None else {by.field: each}))))
            for each in values
        ]
        order = list(by.names.values()) if isinstance(by.names, Mapping) else []
        return sorted(parts, key=lambda part: (order.index(part[0]) if part[0] in order else len(order), part[0]))

    def _value(self, rows: Rows, part: Q | None = None) -> Value:
        of = rows.rows if part is None else rows.rows.filter(part)
        if self.percentile:
            took = list(_figures(of).annotate(it_took=rows.took).values_list("it_took", flat=True))
            return Value(len(took), took=at_percentile(took, self.percentile), percentile=self.percentile)
        if rows.those is not None:
            found = of.aggregate(n=Count("pk", filter=rows.those, distinct=True), n_of=Count("pk", distinct=True))
            return Value(found["n"], found["n_of"])
        asked: dict[str, Any] = {"n": Count("pk", distinct=True)}
        if rows.since:
            asked["oldest"] = Min(rows.since)
        if rows.child is not None:
            asked["children"] = Count("pk", filter=rows.child, distinct=True)
        found = of.aggregate(**asked)
        return Value(found["n"], oldest=found.get("oldest"), children=found.get("children"))

    @property
    def url(self) -> str:
        return f"{reverse(self.page)}{f'?show={self.show}' if self.show else ''}" if self.page else ""


def _figures(rows: QuerySet[Any]) -> Any:
    """Keys, dates and code words only: nobody can be told from a figure. Clocks are open and need no leave."""
    return rows.figures() if hasattr(rows, "figures") else rows


MEASURES: dict[str, Measure] = {}
"""Every figure by its code, as a recommendation names it. Each app that stands above adds its own."""

Counting = Callable[[Period], Rows]


def measure(
    name: str, definition: str, unit: str, page: str, show: str = "", **more: Any
) -> Callable[[Counting], Counting]:
    """Declares one figure: the function's name is its code. `more`: the other fields of `Measure`."""

    def declare(rows: Counting) -> Counting:
        code = rows.__name__
        if code in MEASURES:
            raise ValueError(f"two figures are called {code}")
        MEASURES[code] = Measure(code, name, definition, unit, page, rows, show, **more)
        return rows

    return declare


def cannot_be_counted(code: str, name: str, because: str, group: Group) -> None:
    """A figure that is asked for, and what it is of is recorded nowhere. It says so."""

    def nothing(period: Period) -> Rows:
        raise NotImplementedError(f"{code} cannot be counted: {because}")

    MEASURES[code] = Measure(code, name, f"Cannot be counted: {because}", "", "", nothing, group=group, cannot=because)


def that_can_be_counted() -> dict[str, Measure]:
    return {code: each for code, each in MEASURES.items() if not each.cannot}
