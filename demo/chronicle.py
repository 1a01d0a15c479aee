"""What happened, each thing at its own moment, lived through in the order of time with the real sweep in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from access.time import holding
from sla.engine import BATCH, raise_batch

SWEEP_EVERY = timedelta(minutes=15)  # the workers sweep every second; eleven days of that would take an hour


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
        self.raised = 0

    def live(self, events: Iterable[Event]) -> int:
        """Everything that happened, in the order of time. Returns how many things that were."""
        number = 0
        for number, event in enumerate(sorted(events, key=lambda event: event.at), start=1):
            self.sweep_until(event.at)
            with holding(event.at):
                event.does()
        return number

    def sweep_until(self, moment: datetime) -> None:
        while self.swept_at + SWEEP_EVERY <= moment:
            self.swept_at += SWEEP_EVERY
            with holding(self.swept_at):
                while raise_batch(BATCH) == BATCH:
                    pass
