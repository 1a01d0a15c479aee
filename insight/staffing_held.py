"""Work held by somebody who is not on duty. There should be none: 993 approvals once waited for sergeants on leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from access.actor import acting
from accounts.duty import Duty
from accounts.models import Posting, User
from insight.backlog_flow import COUNTS
from insight.models import ShiftPlan
from insight.queues import ALL, Queue


@dataclass(frozen=True)
class Held:
    """What one person holds in one queue while they are not here, and who covers; None = nobody does."""

    queue: Queue
    person: User
    count: int
    why: str
    cover: User | None


def held_by(queues: Iterable[Queue] = ALL) -> Counter[tuple[str, int]]:
    """(queue, person) -> how much that person holds in it. Counted over everything."""
    found: Counter[tuple[str, int]] = Counter()
    with acting(COUNTS, apart=True):
        for queue in (each for each in queues if each.holder):
            holders = queue.waiting().figures().values_list(queue.holder, flat=True)  # type: ignore[attr-defined]
            for person in holders:
                if person is not None:
                    found[queue.code, person] += 1
    return found


def held_while_off_duty(at: datetime) -> list[Held]:
    """Held by somebody who is away, has left, or was planned and has not been seen; most first."""
    duty, held = Duty(at), held_by()
    queues = {queue.code: queue for queue in ALL}
    posted, unseen = _posted(at), _unseen(at)
    reasons = {person: why for _, person in held if (why := _why_not_here(person, duty, posted, unseen))}
    covers = {person: duty.standing_in_for(person) for person in reasons if person in duty.away}
    people = User.objects.in_bulk({*reasons, *(each for each in covers.values() if each is not None)})
    rows = [
        Held(queues[code], people[person], count, reasons[person], people.get(covers.get(person) or 0))
        for (code, person), count in held.items()
        if person in reasons
    ]
    return sorted(rows, key=lambda row: (-row.count, row.queue.name, str(row.person)))


def _posted(at: datetime) -> set[int]:
    posts = Posting.objects.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at, person__is_active=True)
    return set(posts.values_list("person", flat=True))


def _unseen(at: datetime) -> set[int]:
    with acting(COUNTS, apart=True):
        rows = ShiftPlan.objects.filter(state=ShiftPlan.State.NOT_SEEN, starts_at__lte=at, ends_at__gt=at)
        return set(rows.figures().values_list("person", flat=True))


def _why_not_here(person: int, duty: Duty, posted: set[int], unseen: set[int]) -> str:
    if person not in posted:
        return "Has left, or holds no post now"
    if person in duty.away:
        return "Away"
    return "Planned, and nobody has seen them" if person in unseen else ""
