"""How long police have known of a child before anybody outside did: one age, from the first call to the first agency.

Five days before a notice is written and five days in its queue are ten days for the child.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from govuk.times import between, length
from ppn.models import Ppn


@dataclass(frozen=True)
class ChildClock:
    """`runs`: no agency has been told yet."""

    known_at: datetime
    submitted_at: datetime
    told_at: datetime | None
    lasted: timedelta

    @property
    def runs(self) -> bool:
        return self.told_at is None

    @property
    def in_words(self) -> str:
        before = length(between(self.known_at, self.submitted_at))
        so_far = " so far" if self.runs else ""
        return f"{length(self.lasted)}{so_far}: {before} until the notice, then {length(self.since_notice)}"

    @property
    def since_notice(self) -> timedelta:
        return self.lasted - between(self.known_at, self.submitted_at)


def child_clock(ppn: Ppn, at: datetime) -> ChildClock:
    until = ppn.shared_at or at
    return ChildClock(ppn.first_known_at, ppn.submitted_at, ppn.shared_at, between(ppn.first_known_at, until))
