"""Queues in which more comes in than is finished, week after week: named, before they are in the newspaper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from insight.backlog_flow import A_MOMENT, Span, by_week, flows, grew_each_week, weeks_back
from insight.queues import ALL, Queue
from sla.lengths import Basis, Number

GROWING_FOR = Number(
    "Weeks running in which more comes into a queue than is finished, before that is named",
    4,
    Basis.LOCAL,
    "No authority found. Ours, from what inspectors in 2022 wrote of demand that outstripped capacity",
    is_our_default=True,
)


@dataclass(frozen=True)
class Growing:
    """One queue and its last full weeks, the oldest first."""

    queue: Queue
    weeks: tuple[Span, ...]

    @property
    def more(self) -> int:
        return sum(week.growth for week in self.weeks)

    @property
    def waiting(self) -> int:
        return self.weeks[-1].waiting


def grew(queue: Queue, weeks: Sequence[Span], running: int) -> Growing | None:
    """The queue, where it grew in each of the last so many full weeks; None = it did not."""
    if not grew_each_week(weeks, running):
        return None
    return Growing(queue, tuple(week for week in weeks if not week.partly)[-running:])


def growing(at: datetime, queues: Sequence[Queue] = ALL) -> list[Growing]:
    """Each that grew in each of the last full weeks, the one that grew most first."""
    running, _ = GROWING_FOR.in_force(at)
    read = flows(queues, weeks_back(at, running) - A_MOMENT, at)
    found = [each for queue in queues if (each := grew(queue, by_week(read[queue.code]), running))]
    return sorted(found, key=lambda each: (-each.more, each.queue.name))
