"""Work that is one person's goes to another: from now on the clocks of these records tell that person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from access.guarded import Guarded
from accounts.models import Team, User
from sla.models import Clock
from sla.policy import DEADLINES


def pass_on(records: Collection[UUID], *, owner: User, team: Team) -> int:
    """Called inside the transition that gives the work away. Returns how many running clocks went along."""
    whose = Clock.running().filter(record__in=records, owner__isnull=False)
    return whose.update(owner=owner, team=team)


def never_tell(record: UUID, people: Collection[int]) -> int:
    """Called inside a transition: these people must not decide on it, and from now on its clocks tell somebody else.
    Returns how many running clocks that is."""
    return Clock.running().filter(record=record).update(never_tells=sorted(people))


def owners_anew(records: Iterable[Guarded]) -> int:
    """Called inside the transition that gives the work away, where it is one person's for one deadline and another's
    for the next: each running clock is asked again whose it is. Returns how many there are."""
    about: dict[UUID, Any] = {record.pk: record for record in records}
    running = [clock for clock in Clock.running().filter(record__in=list(about)) if clock.deadline in DEADLINES]
    for clock in running:
        clock.owner = DEADLINES[clock.deadline].owner(about[clock.record])
        clock.team = DEADLINES[clock.deadline].team(about[clock.record])
    Clock.objects.bulk_update(running, ["owner", "team"])
    return len(running)
