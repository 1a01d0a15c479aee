"""What happened, each thing at its own moment, lived through in the order of time with the real sweep in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import Any

from django.db.models import Min

from access.time import holding
from sla.engine import BATCH, raise_batch
from sla.models import Clock

SWEEP_EVERY = timedelta(minutes=10)  # the workers sweep every second; eleven days of that would take an hour
LONG_AGO, SWEEP_THEN = timedelta(days=4), timedelta(hours=1)
"""Longer ago than this it is once an hour: the same people were told, at most an hour later, as the timeline says."""


@dataclass(frozen=True)
class Event:
    """Something somebody did, and when."""

    at: datetime
    does: Callable[[], Any]


def when(at: datetime, verb: Callable[..., Any], *records: Any, **facts: Any) -> Event:
    """`verb` is called with these records and facts, at that moment."""
    return Event(at, partial(verb, *records, **facts))


class Chronicle:
    """Lives through events. Levels that are reached meanwhile are raised then, and told to whoever was there then."""

    def __init__(self, since: datetime, now: datetime) -> None:
        self.swept_at, self.lately = since, now - LONG_AGO
        self._something_happened = True

    def live(self, events: Iterable[Event], until: datetime) -> None:
        """Everything that happened until then, in the order of time."""
        for event in sorted(events, key=lambda event: event.at):
            self._sweep_until(event.at)
            self._pass_idle_ticks(event.at)
            with holding(event.at):
                event.does()
            self._something_happened = True
        self._sweep_until(until)

    def _sweep_until(self, moment: datetime) -> None:
        """A sweep at each tick; where nothing can be due at one, it would do nothing and is left out."""
        while (tick := self._next_tick()) is not None and tick <= moment:
            self.swept_at, self._something_happened = tick, False
            with holding(tick):
                # Not `sweep` itself, which beats as well: there was no worker then to be alive.
                while raise_batch(BATCH) == BATCH:
                    pass

    def _pass_idle_ticks(self, moment: datetime) -> None:
        """Nothing was due until now: what happens now, and is overdue from its first moment, is not raised at a tick
        before it happened."""
        every = self._every()
        self.swept_at += max(0, (moment - self.swept_at) // every) * every

    def _every(self) -> timedelta:
        return SWEEP_EVERY if self.swept_at >= self.lately else SWEEP_THEN

    def _next_tick(self) -> datetime | None:
        """The next sweep that can find something. What happened since the last one may have been due at once."""
        every = self._every()
        if self._something_happened:
            return self.swept_at + every
        # From the last sweep on: it left nothing behind, and PostgreSQL need not pass what has been raised before.
        due = Clock.running().filter(next_at__gte=self.swept_at).aggregate(first=Min("next_at"))["first"]
        return due and self.swept_at + max(1, ceil((due - self.swept_at) / every)) * every
