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
from sla.models import Escalation, Notification
from sla.policy import DEADLINES, EachTime
from sla.work import level_in_words, promise_of

SHOWN = 5


@dataclass(frozen=True)
class Told:
    """One kind of thing a person has been told, gathered, so that 694 of them are one line and not 694."""

    deadline: str
    level: int  # 0 = of a duty that repeats, each time it was told of
    latest: int
    heading: str
    overdue: bool
    total: int
    up_to: int
    about: int  # what is listed: each record once, where a duty that repeats was told of many times
    first: list[Notification]

    @property
    def more(self) -> int:
        return self.about - len(self.first)


def open_for(person: User) -> QuerySet[Notification]:
    return Notification.objects.filter(person__in=people_answered_for(person), acknowledged_at=None)


def told(person: User) -> list[Told]:
    """What this person has been told, the latest levels first. A duty that was due again and again is one line however
    often it was not done."""
    kinds = (
        open_for(person)
        .values("escalation__clock__deadline", "escalation__level")
        .annotate(total=Count("pk"), up_to=Max("pk"), percent=Min("escalation__percent"))
    )
    gathered: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for kind in kinds:
        deadline, level = kind["escalation__clock__deadline"], kind["escalation__level"]
        gathered.setdefault((deadline, 0 if _repeats(deadline) else level), []).append(dict(kind))
    groups = [_group(person, deadline, level, kinds) for (deadline, level), kinds in gathered.items()]
    return sorted(groups, key=lambda group: (not group.overdue, -group.latest, group.heading))


def _group(person: User, deadline: str, level: int, kinds: list[dict[str, Any]]) -> Told:
    latest = _of(person, deadline, level).order_by("escalation__clock", "-escalation__level", "pk")
    each_clock = latest.distinct("escalation__clock") if _repeats(deadline) else latest
    rows = Notification.objects.filter(pk__in=each_clock.values("pk")).select_related("escalation__clock", "person")
    levels = sorted(kind["escalation__level"] for kind in kinds)
    percents = [kind["percent"] for kind in kinds]  # of a level at a fixed hour it differs from clock to clock
    return Told(
        deadline=deadline,
        level=level,
        latest=levels[-1],
        heading=f"{promise_of(deadline)}: {_said(deadline, levels)}",
        overdue=None in percents or min(percents) >= 100,
        total=sum(kind["total"] for kind in kinds),
        up_to=max(kind["up_to"] for kind in kinds),
        about=rows.count(),
        first=list(rows.order_by("escalation__clock__due_at")[:SHOWN]),
    )


def _said(deadline: str, levels: list[int]) -> str:
    ladder = DEADLINES[deadline].ladder if deadline in DEADLINES else None
    if isinstance(ladder, EachTime):
        return ladder.said_of(levels[0] - 1, levels[-1] - 1)
    return level_in_words(Escalation(level=levels[0]), deadline)


def _of(person: User, deadline: str, level: int) -> QuerySet[Notification]:
    rows = open_for(person).filter(escalation__clock__deadline=deadline)
    return rows if _repeats(deadline) else rows.filter(escalation__level=level)


def _repeats(deadline: str) -> bool:
    return deadline in DEADLINES and isinstance(DEADLINES[deadline].ladder, EachTime)


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
