"""What a person has been told and has not yet acknowledged: their own, and that of people they cover for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from access.actor import NotYours, signed
from access.time import now
from accounts.duty import people_answered_for
from accounts.models import User
from sla.models import Notification
from sla.work import level_in_words, promise_of

SHOWN = 5


@dataclass(frozen=True)
class Told:
    """One kind of thing a person has been told, gathered, so that 694 of them are one line and not 694."""

    deadline: str
    level: int
    heading: str
    overdue: bool
    total: int
    up_to: int
    first: list[Notification]

    @property
    def more(self) -> int:
        return self.total - len(self.first)


def open_for(person: User) -> QuerySet[Notification]:
    return Notification.objects.filter(person__in=people_answered_for(person), acknowledged_at=None)


def told(person: User) -> list[Told]:
    """What this person has been told, the latest levels first."""
    kinds = (
        open_for(person)
        .values("escalation__clock__deadline", "escalation__level")
        .annotate(total=Count("pk"), up_to=Max("pk"), percent=Min("escalation__percent"))
    )
    groups = [_group(person, dict(kind)) for kind in kinds]
    return sorted(groups, key=lambda group: (not group.overdue, -group.level, group.heading))


def _group(person: User, kind: dict[str, Any]) -> Told:
    deadline, level = kind["escalation__clock__deadline"], kind["escalation__level"]
    first = (
        _of(person, deadline, level).select_related("escalation__clock", "person").order_by("escalation__clock__due_at")
    )
    sample = list(first[:SHOWN])
    percent = kind["percent"]  # of a level at a fixed hour it differs from clock to clock
    return Told(
        deadline=deadline,
        level=level,
        heading=f"{promise_of(deadline)}: {level_in_words(sample[0].escalation, deadline)}",
        overdue=percent is None or percent >= 100,
        total=kind["total"],
        up_to=kind["up_to"],
        first=sample,
    )


def _of(person: User, deadline: str, level: int) -> QuerySet[Notification]:
    return open_for(person).filter(escalation__clock__deadline=deadline, escalation__level=level)


def acknowledge(notifications: Iterable[Notification], *, by: User) -> int:
    """Somebody says that they have seen what they were told. It stops no clock. Returns how many were still open."""
    mine = people_answered_for(by)
    notifications = list(notifications)
    if any(each.person_id not in mine for each in notifications):
        raise NotYours("You may acknowledge only what you, or somebody you cover for, was told.")
    with signed(by):
        still_open = Notification.objects.filter(pk__in=[each.pk for each in notifications], acknowledged_at=None)
        return still_open.update(acknowledged_at=now(), acknowledged_by=by)


def acknowledge_kind(deadline: str, level: int, up_to: int, *, by: User) -> int:
    """Acknowledge one kind at once, but nothing that arrived after the page was made (`up_to`)."""
    return acknowledge(_of(by, deadline, level).filter(pk__lte=up_to), by=by)
