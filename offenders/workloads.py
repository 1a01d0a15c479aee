"""How many each offender manager has now, against what one person can manage; whom nobody manages any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now, today
from accounts.duty import Duty, who_may_do
from accounts.models import Posting, Team, User
from cases.models import Residence
from offenders.codes import ManagedAs
from offenders.hub_lengths import MOST_MANAGED, MOST_REGISTERED
from offenders.models import OURS, Nominal
from offenders.workload import Load, Managed, Move, Room, fingerprint, loads_of, propose

COUNTS = System("how many each offender manager has")


def room() -> Room:
    """What one person can manage, as the force has set it."""
    at = now()
    return Room(registered=MOST_REGISTERED.in_force(at)[0], all=MOST_MANAGED.in_force(at)[0])


@dataclass(frozen=True)
class ManagerLoad:
    """One person's share, with whom they have too many of, in words."""

    person: User
    team: str
    registered: int
    all: int
    over: str
    has_left: bool
    away: str

    @property
    def works_here(self) -> bool:
        return not self.has_left


def everybody() -> list[ManagerLoad]:
    """Each offender manager, and everybody else somebody is still put down to, the fullest first. Counted are all,
    also those whom whoever looks may not see."""
    with acting(COUNTS, apart=True):
        registered = Count("pk", filter=Q(managed_as=ManagedAs.RSO))
        rows = (
            Nominal.objects.filter(state__in=OURS).figures().values("manager").annotate(n=Count("pk"), rso=registered)
        )
        counts = {row["manager"]: (row["rso"], row["n"]) for row in rows.order_by()}
    most, teams, may, duty = room(), _teams(), set(_may_manage()), Duty(now())
    people = User.objects.in_bulk([*counts, *teams])
    covers = User.objects.in_bulk(set(duty.away.values()))
    found = []
    for key, person in people.items():
        rso, every = counts.get(key, (0, 0))
        away = duty.away.get(key)
        load = ManagerLoad(
            person=person,
            team=teams.get(key, ""),
            registered=rso,
            all=every,
            over=in_words(Load(rso, every), most),
            has_left=key not in may,
            away=f"Away: {covers[away]} covers" if away in covers else "",
        )
        found.append(load)
    return sorted(found, key=lambda load: (load.works_here, -load.all, str(load.person)))


def in_words(load: Load, most: Room) -> str:
    """ "5 registered sex offenders more than 60", or nothing."""
    over = []
    if load.registered > most.registered:
        over.append(f"{_more(load.registered - most.registered, 'registered sex offender')} than {most.registered}")
    if load.all > most.all:
        over.append(f"{_more(load.all - most.all, 'offender')} than {most.all} in all")
    return "; ".join(over)


def _more(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'} more"


def _teams() -> dict[int, str]:
    posts = Posting.objects.filter(
        Q(ends=None) | Q(ends__gt=now()), role=Role.OFFENDER_MANAGER, starts__lte=now(), person__is_active=True
    )
    return {post.person_id: post.team.name for post in posts.select_related("team").order_by("-pk")}


def _may_manage() -> list[int]:
    return [person.pk for person in who_may_do(Can.MANAGE_OFFENDERS)]


def without_manager() -> QuerySet[Nominal]:
    """Managed here, and put down to somebody who has left or does other work now."""
    rows: QuerySet[Nominal] = Nominal.objects.filter(state__in=OURS).exclude(manager__in=_may_manage())
    return rows


def with_manager_away() -> QuerySet[Nominal]:
    """Their manager is away: somebody covers."""
    away = [person for person in Duty(now()).away if person in set(_may_manage())]
    rows: QuerySet[Nominal] = Nominal.objects.filter(state__in=OURS, manager__in=away)
    return rows


@dataclass(frozen=True)
class Scope:
    """Among whom it is shared out: a team or all teams; or everything of somebody who leaves."""

    team: Team | None = None
    leaver: User | None = None

    def managers(self) -> list[User]:
        posts = Posting.objects.filter(
            Q(ends=None) | Q(ends__gt=now()), role=Role.OFFENDER_MANAGER, starts__lte=now(), person__is_active=True
        )
        posts = posts.filter(team=self.team) if self.team else posts
        people = {post.person_id: post.person for post in posts.select_related("person").order_by("person_id")}
        if self.leaver:
            people[self.leaver.pk] = self.leaver
        return list(people.values())

    def rooms(self) -> dict[Any, Room]:
        most = room()
        leaver = self.leaver.pk if self.leaver else None
        return {each.pk: Room(0, 0) if each.pk == leaver else most for each in self.managers()}

    def nominals(self) -> QuerySet[Nominal]:
        keys = [each.pk for each in self.managers()]
        rows: QuerySet[Nominal] = Nominal.objects.filter(state__in=OURS, manager__in=keys)
        return rows


@dataclass(frozen=True)
class Line:
    """One person in the plan: how many before, and after."""

    person: User
    before: Load
    after: Load
    over_before: str
    over_after: str


@dataclass(frozen=True)
class Plan:
    """What would move to whom. Nothing has."""

    moves: Sequence[Move]
    lines: Sequence[Line]
    fingerprint: str
    people: dict[Any, User]

    @property
    def is_enough(self) -> bool:
        return not any(line.over_after for line in self.lines)


def plan_of(scope: Scope) -> Plan:
    managers, rooms = scope.managers(), scope.rooms()
    people = _managed(scope.nominals().select_related("person"))
    moves = propose(people, rooms)
    going = {move.who.key: move.to for move in moves}
    after = [Managed(**{**vars(who), "manager": going.get(who.key, who.manager)}) for who in people]
    had, have = loads_of(people, rooms), loads_of(after, rooms)
    lines = [
        Line(
            each,
            had[each.pk],
            have[each.pk],
            in_words(had[each.pk], rooms[each.pk]) if rooms[each.pk].all else "Leaves",
            in_words(have[each.pk], rooms[each.pk]) if have[each.pk].all else "",
        )
        for each in sorted(managers, key=str)
    ]
    return Plan(moves, lines, fingerprint(people), {each.pk: each for each in managers})


def _managed(nominals: Iterable[Nominal]) -> list[Managed]:
    found = list(nominals.order_by("reference")) if isinstance(nominals, QuerySet) else list(nominals)
    homes = _homes([each.person_id for each in found])
    return [
        Managed(
            key=each.pk,
            reference=each.reference,
            name=each.person.name,
            manager=each.manager_id,
            is_registered=each.is_registered,
            risk=each.risk,
            home=homes.get(each.person_id, ""),
        )
        for each in found
    ]


def _homes(people: Sequence[Any]) -> dict[Any, str]:
    """Person -> the first half of the postcode where they live."""
    rows = Residence.objects.filter(Residence.current_on(today()), person__in=people).select_related("address")
    return {each.person_id: each.address.postcode.partition(" ")[0] for each in rows.order_by("recorded_at", "pk")}
