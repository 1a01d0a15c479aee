"""What came into a queue and what left it, by the hour: read from the steps, which nobody can change.

Something is in a queue from the step that took it into a waiting state until the step that took it out. What came and
went again is two of each. What happened exactly at a moment counts as having happened by it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from access.actor import System, acting
from insight.queues import Queue
from sla.calendar import local

COUNTS = System("figures of how much waits")
DAY, A_MOMENT = timedelta(days=1), timedelta(microseconds=1)

CROSSINGS = """
    SELECT queue.code, step.record, step.at, step.id, step.to_state = ANY(queue.states) AS comes
    FROM jsonb_to_recordset(%s::jsonb) AS queue (code text, kind text, states text[])
    JOIN workflow_step step ON step.kind = queue.kind
    WHERE step.at <= %s AND (step.from_state = ANY(queue.states)) <> (step.to_state = ANY(queue.states)) {only}
"""
ONLY = " AND (queue.code <> %s OR step.record = ANY(%s))"
BY_HOUR = """
    SELECT code, CASE WHEN at > %s THEN date_trunc('hour', at) END AS hour,
           count(*) FILTER (WHERE comes), count(*) FILTER (WHERE NOT comes)
    FROM ({crossings}) AS crossing GROUP BY 1, 2 ORDER BY 1, 2 NULLS FIRST
"""
STAYING = """
    SELECT code, record, at FROM (
        SELECT code, record, at, comes,
               row_number() OVER (PARTITION BY code, record ORDER BY at DESC, id DESC) AS place
        FROM ({crossings}) AS crossing
    ) AS last WHERE place = 1 AND comes
"""
LONGEST = f"SELECT code, min(at) FROM ({STAYING}) AS staying GROUP BY code"  # noqa: S608 - both are ours


@dataclass(frozen=True)
class Hour:
    """What came and what was finished in the hour that begins then (UTC; hours begin together everywhere here)."""

    begins: datetime
    arrived: int
    done: int


@dataclass(frozen=True)
class Flow:
    """A queue from one moment (not included) until another (included)."""

    since: datetime
    until: datetime
    opening: int
    hours: tuple[Hour, ...]

    @property
    def arrived(self) -> int:
        return sum(each.arrived for each in self.hours)

    @property
    def done(self) -> int:
        return sum(each.done for each in self.hours)

    @property
    def closing(self) -> int:
        return self.opening + self.arrived - self.done

    def after(self, moment: datetime) -> Flow:
        """The part of it after a later moment: the last one of an hour."""
        gone = [hour for hour in self.hours if hour.begins <= moment]
        opening = self.opening + sum(hour.arrived - hour.done for hour in gone)
        return Flow(max(self.since, moment), self.until, opening, self.hours[len(gone) :])


def flow(queue: Queue, since: datetime, until: datetime) -> Flow:
    """One statement, however long the period and the queue are."""
    return flows([queue], since, until)[queue.code]


def flows(queues: Sequence[Queue], since: datetime, until: datetime) -> dict[str, Flow]:
    """Code -> flow, of several queues in one pass over the steps."""
    openings: dict[str, int] = {}
    hours: dict[str, list[Hour]] = defaultdict(list)
    for code, begins, arrived, done in _rows(BY_HOUR, queues, until, since):
        if begins is None:
            openings[code] = arrived - done
        else:
            hours[code].append(Hour(begins, arrived, done))
    return {each.code: Flow(since, until, openings.get(each.code, 0), tuple(hours[each.code])) for each in queues}


def waiting_since(queue: Queue, at: datetime) -> dict[UUID, datetime]:
    """Record -> since when it has been in the queue, of everything that was in it at that moment."""
    return {record: since for _, record, since in _rows(STAYING, [queue], at)}


def longest(queues: Sequence[Queue], at: datetime) -> dict[str, datetime]:
    """Code -> since when what has been in it longest has been there, of each queue that was not empty."""
    return dict(_rows(LONGEST, queues, at))


def crossings_of(queues: Sequence[Queue], until: datetime) -> tuple[str, list[Any]]:
    """The statement of what went into and out of these queues until a moment, and its values."""
    given = [{"code": each.code, "kind": each.kind, "states": each.states} for each in queues]
    narrowed = [(each.code, _keys(each)) for each in queues if each.only is not None]
    values = [json.dumps(given), until, *(value for pair in narrowed for value in pair)]
    return CROSSINGS.format(only=ONLY * len(narrowed)), values


def _rows(statement: str, queues: Sequence[Queue], until: datetime, *before: Any) -> list[Any]:
    """`before`: what stands in the statement before the crossings."""
    crossings, values = crossings_of(queues, until)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(crossings=crossings), [*before, *values])
        return list(cursor.fetchall())


def _keys(queue: Queue) -> list[UUID]:
    """What may come into a queue that is about some records of its kind only."""
    with acting(COUNTS, apart=True):
        return list(queue.records().figures().values_list("pk", flat=True))  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Span:
    """A local day, or a week of them. `partly`: it had not ended."""

    first: date
    arrived: int
    done: int
    waiting: int
    partly: bool = False

    @property
    def growth(self) -> int:
        return self.arrived - self.done


def by_day(found: Flow) -> list[Span]:
    """Each local day of a flow that begins at a local midnight."""
    return list(_spans(found, _days(found), DAY))


def by_week(found: Flow) -> list[Span]:
    """Each week, from Monday to Sunday by the local clock; a flow that begins on a Monday."""
    days = _days(found)
    return list(_spans(found, [day for day in days if day.weekday() == 0], 7 * DAY))


def _days(found: Flow) -> list[date]:
    day, last = timezone.localdate(found.since + A_MOMENT), timezone.localdate(found.until)
    days = []
    while day <= last:
        days.append(day)
        day += DAY
    return days


def _spans(found: Flow, firsts: Sequence[date], length: timedelta) -> Iterator[Span]:
    came: dict[date, int] = defaultdict(int)
    went: dict[date, int] = defaultdict(int)
    for hour in found.hours:
        day = timezone.localdate(hour.begins)
        first = day - timedelta(days=(day - firsts[0]).days % length.days) if firsts else day
        came[first] += hour.arrived
        went[first] += hour.done
    waiting = found.opening
    for first in firsts:
        waiting += came[first] - went[first]
        yield Span(first, came[first], went[first], waiting, partly=local(first + length) > found.until)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_back(at: datetime, weeks: int) -> datetime:
    """The first moment of the Monday so many full weeks before the week of that moment."""
    return local(monday_of(timezone.localdate(at)) - timedelta(weeks=weeks))


def grew_each_week(weeks: Iterable[Span], running: int) -> bool:
    """More came in than was finished in each of the last so many weeks that are over."""
    over = [week for week in weeks if not week.partly][-running:]
    return len(over) == running and all(week.growth > 0 for week in over)
