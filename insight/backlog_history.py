"""A queue's own past, as the forecast reads it; what would follow; and how often that was right before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from insight.backlog_flow import A_MOMENT, DAY, Flow, flow, monday_of
from insight.forecast import AS_IT_IS, DAYS_AHEAD, HOURS, LEAST_DAYS, Day, Forecast, WhatIf, forecast, held
from insight.queues import Queue
from sla.calendar import local

SEEN = 56
"""Days of the past that a forecast looks at: eight weeks."""
HORIZON = 7
TRIED = 8
"""Weeks back from which a forecast is tried against what came."""


def days_of(found: Flow, first: date, days: int) -> list[tuple[Day, int]]:
    """So many local days with their hours, and what waited at the end of each. On the night the clocks go back the
    hour that comes twice holds what came in both."""
    came: dict[tuple[date, int], int] = defaultdict(int)
    went: dict[tuple[date, int], int] = defaultdict(int)
    for hour in found.hours:
        here = timezone.localtime(hour.begins)
        came[here.date(), here.hour] += hour.arrived
        went[here.date(), here.hour] += hour.done
    waiting, made = found.opening, []
    for number in range(days):
        day, dry = first + number * DAY, False
        arrived = tuple(came[day, hour] for hour in range(HOURS))
        done = tuple(went[day, hour] for hour in range(HOURS))
        for into, out in zip(arrived, done, strict=True):
            waiting += into - out
            dry = dry or waiting <= 0
        made.append((Day(day.weekday(), arrived, done, dry), waiting))
    return made


def known_since(queue: Queue) -> datetime | None:
    """When the first thing came into it; None = nothing ever did."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(at) FROM workflow_step WHERE kind = %s AND to_state = ANY(%s)",
            [queue.kind, list(queue.states)],
        )
        found: datetime | None = cursor.fetchone()[0]
    return found


@dataclass(frozen=True)
class Past:
    """The whole local days of a queue before a moment, at most so many, and what waits at that moment."""

    days: list[Day]
    waiting: int
    at: datetime

    @property
    def hours_gone(self) -> int:
        return timezone.localtime(self.at).hour

    @property
    def seed(self) -> str:
        return f"{timezone.localdate(self.at)}"


@dataclass(frozen=True)
class Life:
    """All of a queue's past that is looked at, read once. `begun`: when the first thing came into it; None = nothing
    ever did."""

    found: Flow
    begun: datetime | None

    @property
    def today(self) -> date:
        return timezone.localdate(self.found.until)

    def whole_days(self, most: int) -> list[tuple[Day, int]]:
        """The last local days that are over, from the first whole one on which the queue was there, at most so many."""
        if self.begun is None or self.begun > self.found.until:
            return []
        first = max(self.today - most * DAY, timezone.localdate(self.begun) + DAY)
        return days_of(self.found.after(local(first) - A_MOMENT), first, max(0, (self.today - first).days))


def life_of(queue: Queue, at: datetime) -> Life:
    """As far back as a forecast, and what was said on earlier weeks, look."""
    first = monday_of(timezone.localdate(at) - (SEEN + TRIED * HORIZON) * DAY)
    return Life(flow(queue, local(first) - A_MOMENT, at), known_since(queue))


def past_of(life: Life) -> Past:
    """From the first whole day on which the queue was there."""
    return Past([day for day, _ in life.whole_days(SEEN)], life.found.closing, life.found.until)


def ahead(queue: Queue, past: Past, *, limit: int, what_if: WhatIf = AS_IT_IS) -> Forecast:
    """What may follow. Raises TooLittleKnown."""
    seed = f"{queue.code} {past.seed}"
    return forecast(past.days, past.waiting, seed=seed, limit=limit, what_if=what_if, hours_gone=past.hours_gone)


@dataclass(frozen=True)
class Tried:
    """What was said a week ahead on earlier Mondays, against what came. `said`: how often; 0 = too little is known."""

    said: int
    right: int


def tried(queue: Queue, life: Life) -> Tried:
    """Each of the last weeks: a forecast that knew only what was known then."""
    return against_what_came(life.whole_days(SEEN + TRIED * HORIZON), queue.code, horizon=HORIZON, every=HORIZON)


def against_what_came(days: list[tuple[Day, int]], seed: str, *, horizon: int, every: int, paths: int = 200) -> Tried:
    said = right = 0
    for known in range(LEAST_DAYS, len(days) - horizon + 1, every):
        before = [day for day, _ in days[max(0, known - SEEN) : known]]
        made = forecast(before, days[known - 1][1], seed=f"{seed} {known}", paths=paths, days=min(horizon, DAYS_AHEAD))
        said += 1
        right += held(made, [waiting for _, waiting in days[known:]], horizon - 1)
    return Tried(said, right)
