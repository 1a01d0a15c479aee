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

    def __init__(self, since: datetime) -> None:
        self.swept_at = since

    def live(self, events: Iterable[Event], until: datetime) -> None:
        """Everything that happened until then, in the order of time."""
        for event in sorted(events, key=lambda event: event.at):
            self._sweep_until(event.at)
            with holding(event.at):
                event.does()
        self._sweep_until(until)

    def _sweep_until(self, moment: datetime) -> None:
        """A sweep every ten minutes; where nothing is due at one, it would do nothing and is left out."""
        while (due := self._next_due()) is not None:
            ticks = max(1, ceil((due - self.swept_at) / SWEEP_EVERY))
            if self.swept_at + ticks * SWEEP_EVERY > moment:
                return
            self.swept_at += ticks * SWEEP_EVERY
            with holding(self.swept_at):
                # Not `sweep` itself, which beats as well: there was no worker then to be alive.
                while raise_batch(BATCH) == BATCH:
                    pass

    def _next_due(self) -> datetime | None:
        """When the next level of any clock is reached."""
        due: datetime | None = Clock.running().aggregate(first=Min("next_at"))["first"]
        return due
