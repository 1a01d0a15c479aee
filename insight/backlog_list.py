"""Every queue in one line: so many statements as there are kinds of record, however much waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from access.actor import acting
from insight.backlog import may_be_a_child, surely_a_child
from insight.backlog_flow import COUNTS, Span, by_week, flows, longest, weeks_back
from insight.backlog_growth import A_MOMENT, GROWING_FOR, Growing, grew
from insight.queues import ALL, Queue
from sla.models import Clock


@dataclass(frozen=True)
class Line:
    """One queue at a moment, and in the last week that is over. `limit`: more than so many count as broken."""

    queue: Queue
    total: int
    sure: int
    not_known: int
    breached: int
    oldest: datetime | None
    week: Span
    growing: Growing | None

    @property
    def children(self) -> int:
        """Not known counts as a child."""
        return self.sure + self.not_known

    @property
    def is_quiet(self) -> bool:
        """Nothing waits, and in the last week nothing came or was finished."""
        return not (self.total or self.week.arrived or self.week.done)


def lines_of(at: datetime, queues: Sequence[Queue] = ALL) -> list[Line]:
    """Each queue, in the order of the list."""
    running, _ = GROWING_FOR.in_force(at)
    found = flows(queues, weeks_back(at, max(1, running)) - A_MOMENT, at)
    oldest, counted = longest(queues, at), _counted(queues, at)
    lines = []
    for queue in queues:
        weeks = by_week(found[queue.code])
        over = [week for week in weeks if not week.partly]
        lines.append(Line(queue, *counted[queue.code], oldest.get(queue.code), over[-1], grew(queue, weeks, running)))
    return lines


def most_grown(lines: Sequence[Line]) -> list[Growing]:
    """Those that grow each week, the one that grew most first."""
    found = [line.growing for line in lines if line.growing]
    return sorted(found, key=lambda each: (-each.more, each.queue.name))


def _counted(queues: Sequence[Queue], at: datetime) -> dict[str, tuple[int, int, int, int]]:
    """Code -> how many wait, surely with a child, not known, and how many have missed a deadline."""
    kinds: dict[str, list[Queue]] = defaultdict(list)
    for queue in queues:
        kinds[queue.kind].append(queue)
    counted: dict[str, tuple[int, int, int, int]] = {}
    with acting(COUNTS, apart=True):
        for kind, alike in kinds.items():
            counted |= _of_one_kind(kind, alike, at)
    return counted


def _of_one_kind(kind: str, queues: Sequence[Queue], at: datetime) -> dict[str, tuple[int, int, int, int]]:
    late = Exists(Clock.running().filter(kind=kind, record=OuterRef("pk"), due_at__lt=at))
    asked, waits = {}, Q(pk__in=[])
    for queue in queues:
        here = Q(state__in=queue.states) & (queue.only or Q())
        waits |= here
        asked[f"{queue.code}_all"] = Count("pk", filter=here)
        asked[f"{queue.code}_may"] = Count("pk", filter=here & may_be_a_child(queue))
        asked[f"{queue.code}_sure"] = Count("pk", filter=here & surely_a_child(queue))
        asked[f"{queue.code}_late"] = Count("pk", filter=here & Q(is_late=True))
    rows: Any = queues[0].model._default_manager.filter(waits).annotate(is_late=late).figures()
    found = rows.aggregate(**asked)
    return {
        code: (found[f"{code}_all"], found[f"{code}_sure"], found[f"{code}_may"] - found[f"{code}_sure"],
               found[f"{code}_late"])
        for code in (queue.code for queue in queues)
    }  # fmt: skip
