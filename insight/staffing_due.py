"""What a team will be late with before its shift ends, and what it can finish before then, from its own past."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import get_script_prefix, resolve
from django.utils import timezone

from access.actor import Actor
from accounts.models import Team
from insight.backlog_flow import crossings_of
from insight.queues import ALL
from sla.calendar import SATURDAY, local
from sla.models import Clock
from sla.work import promise_of

LOOKED_AT = 28
"""Days of the past that are looked at: four weeks."""
LEAST_DAYS = 5
"""Of fewer like today nothing is said."""
LOWER, UPPER = 0.1, 0.9
FINISHED = """
    SELECT stretch.number, count(*)
    FROM jsonb_to_recordset(%s::jsonb) AS stretch (number int, begins timestamptz, ends timestamptz)
    JOIN ({crossings}) AS crossing
      ON NOT crossing.comes AND crossing.at > stretch.begins AND crossing.at <= stretch.ends
    JOIN workflow_step done ON done.id = crossing.id
    WHERE EXISTS (
        SELECT FROM accounts_posting posting
        WHERE posting.person_id = done.by_id AND posting.team_id = %s AND posting.starts <= done.at
          AND (posting.ends IS NULL OR posting.ends > done.at)
    )
    GROUP BY stretch.number
"""


@dataclass(frozen=True)
class Due:
    """A deadline of a team, on a record that whoever looks may open."""

    record: Any
    promise: str
    due_at: datetime


@dataclass(frozen=True)
class BeforeTheEnd:
    """Deadlines of a team that pass after `at` and by `ends`: how many, and the first of those that may be opened."""

    total: int
    shown: tuple[Due, ...]

    @property
    def others(self) -> int:
        return self.total - len(self.shown)


def due_before(team: Team, at: datetime, ends: datetime, *, who: Actor, most: int) -> BeforeTheEnd:
    """What passes exactly at the end of the shift passes in it. Shown is what this person may open."""
    clocks = list(Clock.running().filter(team=team, due_at__gt=at, due_at__lte=ends).order_by("due_at", "pk"))
    may_open = _may_open(clocks, who)
    first = [clock for clock in clocks if clock.record in may_open][:most]
    records = _records(first)
    seen = [Due(records[clock.record], promise_of(clock.deadline), clock.due_at) for clock in first]
    return BeforeTheEnd(len(clocks), tuple(seen))


def _by_kind(clocks: Sequence[Clock]) -> list[list[Clock]]:
    kinds: dict[str, list[Clock]] = defaultdict(list)
    for clock in clocks:
        kinds[clock.kind].append(clock)
    return list(kinds.values())


def _may_open(clocks: Sequence[Clock], who: Actor) -> set[UUID]:
    """Keys of the records that this person may see, on a page that is for their posts. Only keys: what is not shown
    is not entered in the ledger as looked at."""
    found: set[UUID] = set()
    for alike in _by_kind(clocks):
        if _has_page_for(alike[0], who):
            rows = alike[0].record_model().objects.filter(pk__in=[clock.record for clock in alike]).figures()
            found |= set(rows.values_list("pk", flat=True))
    return found


def _records(clocks: Sequence[Clock]) -> dict[UUID, Any]:
    found: dict[UUID, Any] = {}
    for alike in _by_kind(clocks):
        found |= alike[0].record_model().objects.in_bulk([clock.record for clock in alike])
    return found


def _has_page_for(clock: Clock, who: Actor) -> bool:
    """Whether the page of such a record is for the posts of this person: whether it is hidden is another question."""
    address = clock.get_absolute_url().removeprefix(get_script_prefix())
    may = getattr(getattr(resolve(f"/{address}").func, "view_class", None), "may", None)
    return may is None or who.can(may)


@dataclass(frozen=True)
class Finishes:
    """What people of a team took out of any queue in the same hours on earlier days like today: working days of the
    week, or weekends. `days`: on how many; `middle`: half of them more, half fewer; 8 of 10 between `low` and `high`.
    """

    days: int
    low: int
    middle: int
    high: int
    weekend: bool

    @property
    def known(self) -> bool:
        return self.days >= LEAST_DAYS


def can_finish(team: Team, at: datetime, ends: datetime) -> Finishes:
    """From the steps of whoever held a post in the team when they took them. Days before the team first finished
    anything are not counted: of them nothing is known."""
    stretches = _same_hours(at, ends)
    many = _finished(team, stretches, at)
    began = max(many, default=0)  # the highest number is the furthest back
    seen = sorted(many.get(number, 0) for number, _, _ in stretches if number <= began)
    weekend = timezone.localdate(at).weekday() >= SATURDAY
    low, middle, high = (_at_share(seen, share) for share in (LOWER, 0.5, UPPER))
    return Finishes(len(seen), low, middle, high, weekend)


def _same_hours(at: datetime, ends: datetime) -> list[tuple[int, datetime, datetime]]:
    """(days back, from, until) by the local clock, so that the night the clocks change moves nothing by an hour."""
    begins, until = timezone.localtime(at), timezone.localtime(ends)
    weekend = begins.weekday() >= SATURDAY
    stretches = []
    for number in range(1, LOOKED_AT + 1):
        first, last = begins.date() - timedelta(days=number), until.date() - timedelta(days=number)
        if (first.weekday() >= SATURDAY) == weekend:
            stretches.append((number, local(first, begins.time()), local(last, until.time())))
    return stretches


def _finished(team: Team, stretches: Sequence[tuple[int, datetime, datetime]], at: datetime) -> dict[int, int]:
    given = [
        {"number": number, "begins": begins.isoformat(), "ends": ends.isoformat()} for number, begins, ends in stretches
    ]
    crossings, values = crossings_of(ALL, at)
    with connection.cursor() as cursor:
        cursor.execute(FINISHED.format(crossings=crossings), [json.dumps(given), *values, team.pk])
        return dict(cursor.fetchall())


def _at_share(ordered: Sequence[int], share: float) -> int:
    """The value below which that share of them lies; nothing of nothing."""
    return ordered[round(share * (len(ordered) - 1))] if ordered else 0
