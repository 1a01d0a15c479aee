"""A force's call log run again through the live clocks, minute by simulated minute.

On a separate, empty database with a clock of its own: create, dispatch, arrival (and the end, only where there was no
arrival) in time order, and at every simulated minute the look that each sweep begins with; the real sweep, as the
workers would have run it, wherever that look finds something.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from access.actor import System, acting, signed
from access.roles import Role
from access.time import freeze
from accounts.models import Posting, Team, User
from sla.engine import ANYTHING_DUE, sweep
from sla.models import Escalation
from triage.call_log import Call, CallLog
from triage.logged import Event, events_of
from triage.models import Incident

MINUTE = timedelta(minutes=1)
NAMED_IN_THE_OUTPUT = {"K1": "G1", "K2": "G2", "K3": "G3", "K4": "K4"}
REPLAY = System("replay of a call log")


@dataclass(frozen=True)
class Raised:
    """One escalation, as the output has it. `level`: percent of the time gone; for K4 the how-manieth re-assessment."""

    incident: str
    clock: str
    level: int
    due_at: datetime
    raised_at: datetime


def replay(log: CallLog, horizon: datetime | None) -> list[Raised]:
    """Run the log up to the horizon (or to its last event); every escalation, in the order they were raised."""
    events = sorted(
        (event for call in log.calls for event in events_of(call)),
        key=lambda event: (event.at, event.order, event.call.row),
    )
    if not events:
        return []
    end = horizon or events[-1].at
    gc.freeze()  # what has been read stays; looking through it again and again takes a tenth of the time
    with acting(REPLAY):
        _staff(events[0].at)
        calls = _run([event for event in events if event.at <= end], end)
    return list(_raised(calls))


def _run(events: list[Event], end: datetime) -> dict[UUID, Call]:
    """Live through the events and the sweeps between them."""
    incidents: dict[str, Incident] = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(RUN_ON)
    tick = events[0].at.replace(second=0, microsecond=0)
    for event in events:
        tick = _sweep_until(event.at, tick)
        freeze(event.at)
        incident = incidents.get(event.call.id) or Incident(log_reference=event.call.id)
        incidents[event.call.id] = event.does(incident, event.call, REPLAY)
    _sweep_until(end, tick)
    freeze(end)
    sweep()
    calls = {event.call.id: event.call for event in events}
    return {incident.pk: calls[name] for name, incident in incidents.items()}


RUN_ON = f"""
CREATE OR REPLACE FUNCTION pg_temp.run_on(tick timestamptz, until timestamptz)
RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
  FOR minute IN 1..240 LOOP
    EXIT WHEN tick + interval '1 minute' > until;
    tick := tick + interval '1 minute';
    UPDATE movable_clock SET frozen_at = tick, shift = '0';
    EXIT WHEN {ANYTHING_DUE};
  END LOOP;
  RETURN tick;
END $$
"""  # noqa: S608 - a constant of ours
"""Time runs on a minute at a time. At each minute the database makes the look that every sweep begins with, and stops
for the sweep when it finds something, or after four hours."""


def _sweep_until(moment: datetime, tick: datetime) -> datetime:
    """A look at each full minute up to a moment, and a sweep wherever it finds something. Returns the last minute."""
    while tick + MINUTE <= moment:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT pg_temp.run_on(%s, %s)", [tick, moment])
            tick = cursor.fetchone()[0]
        sweep()
    return tick


def _staff(since: datetime) -> None:
    """One person in every post: somebody has to be told."""
    with signed(REPLAY):
        team = Team.objects.create(name="Replay")
        for role in Role:
            person = User.objects.create(username=role.value, last_name=role.label)
            Posting.objects.create(person=person, role=role.value, team=team, starts=since - MINUTE)


def _raised(calls: dict[UUID, Call]) -> Iterator[Raised]:
    rows = Escalation.objects.filter(clock__deadline__in=NAMED_IN_THE_OUTPUT)
    fields = ("clock__record", "clock__deadline", "percent", "level", "due_at", "raised_at")
    for record, deadline, percent, level, due_at, raised_at in rows.order_by("raised_at", "pk").values_list(*fields):
        name = NAMED_IN_THE_OUTPUT[deadline]
        yield Raised(calls[record].id, name, percent or level, due_at.astimezone(UTC), raised_at.astimezone(UTC))


def summary(log: CallLog, raised: list[Raised]) -> dict[str, Any]:
    """The counts a reader checks first."""
    counted: dict[str, Counter[int]] = {name: Counter() for name in NAMED_IN_THE_OUTPUT.values()}
    for each in raised:
        counted[each.clock][each.level] += 1
    return {
        **counts(log),
        "escalations": {
            clock: {str(level): number for level, number in sorted(levels.items())} for clock, levels in counted.items()
        },
    }


def counts(log: CallLog) -> dict[str, Any]:
    """What became of the rows: each is an incident, a duplicate, a bad row, or outside the profile's filter."""
    return {
        "incidents": len(log.calls),
        "duplicates": len(log.duplicates),
        "rows_without_id": log.without_id,
        "flagged_times": log.flagged,
        "bad_rows": len(log.bad_rows),
        "rows_left_out_by_the_profile": log.left_out,
    }
