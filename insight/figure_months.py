"""Figures of a month that is over, counted from the records as they stood when it ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from access.actor import acting
from access.time import now, today
from govuk.times import exactly
from history.replay import as_it_stood, replayed_at
from insight.figure_rag import rated, target_of
from quality.counting import COUNTS, MEASURES, Measure, Period, Value, month_after
from quality.measure_groups import GROUPS

Parts = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Counted:
    """One figure of a period: what was counted, against which target, and its parts in words."""

    measure: Measure
    value: Value | None
    target: int | None
    rag: str
    parts: Parts

    @property
    def said(self) -> str:
        return self.value.in_words if self.value else "Cannot be counted"


def in_order() -> list[Measure]:
    """Every figure: by group, in the order in which each group declares them."""
    place = {group.code: number for number, group in enumerate(GROUPS)}
    grouped = [each for each in MEASURES.values() if each.group]
    return sorted(grouped, key=lambda each: place[each.group.code] if each.group else 0)


def last_month() -> date:
    """The first day of the month before this one."""
    return month_after(today().replace(day=1), -1)


@contextmanager
def records_of(period: Period) -> Iterator[None]:
    """The records as they stood at the end of a period that is over; as they are, where it goes on."""
    with acting(COUNTS, apart=True):
        if replayed_at() is None and period.at < now():
            with as_it_stood(period.at):
                yield
        else:
            yield


def counted(measures: list[Measure], period: Period, *, parts: bool = True) -> list[Counted]:
    with records_of(period):
        return [_one(measure, period, parts=parts) for measure in measures]


def _one(measure: Measure, period: Period, *, parts: bool) -> Counted:
    if measure.cannot:
        return Counted(measure, None, None, "", [])
    value = measure.over(period)
    table = measure.table(period) if parts else []
    split = [(label, [(name, each.in_words) for name, each in rows]) for label, rows in table]
    return Counted(measure, value, target_of(measure, period.at), rated(measure, value, period.at), split)


def keys_of(measure: Measure, period: Period) -> tuple[list[Any], list[Any]]:
    """The rows a figure counts, and the other rows it is of."""
    with records_of(period):
        return measure.keys(period)


def month_named(text: str) -> date | None:
    """The month that an address names (2026-02), if it names one that is over."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if first <= last_month() else None


def this_moment() -> Period:
    """The 30 days up to now."""
    return Period.before(now())


def days_of(period: Period) -> str:
    """A period in words: a month by its name."""
    first = timezone.localdate(period.begins)
    if Period.month(first) == period:
        return f"{first:%B %Y}"
    return f"the 30 days up to {exactly(period.at)}"
