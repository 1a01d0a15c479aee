"""Who decides on everything that waits for a supervisor, now: worked out from posts and absences that are read once, so
that a list of a thousand costs what a list of ten costs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from access.roles import Role
from access.time import now
from accounts.duty import Duty
from accounts.models import Absence, Posting, User
from cases.models.person import Conflict
from govuk.times import exactly
from offenders.models import Approval
from offenders.workflow.approvals import must_not_decide

State = Approval.State
POSTS = [Role.OFFENDER_SERGEANT, Role.OFFENDER_INSPECTOR, Role.SUPERINTENDENT]
"""Who decides on an offender manager's work, or is asked when everybody below is away."""
WEEK = timedelta(days=7)
MOST_TURNS = 40
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Group:
    """What waits at one post of one team, written by one person: it goes to the same people.

    `about`: the one offender it is about, where somebody is never shown that offender; None = anybody else.
    """

    role: Role
    team: int
    author: int
    about: UUID | None
    waiting: int

    @property
    def condition(self) -> Q:
        about = {"nominal__person__same_as": self.about} if self.about else {}
        return Q(state=State.WAITING, role=self.role.value, at_team=self.team, submitted_by=self.author, **about)


@dataclass
class Desk:
    """Everything that waits, and who decides on it now."""

    at: datetime = field(default_factory=now)

    @cached_property
    def duty(self) -> Duty:
        return Duty(self.at)

    @cached_property
    def conflicts(self) -> dict[UUID, set[int]]:
        """Offender about whom something waits -> keys of those who are never shown them. There are few."""
        waiting = Approval.objects.filter(state=State.WAITING).figures().values("nominal__person__same_as")
        found: dict[UUID, set[int]] = defaultdict(set)
        rows = Conflict.objects.filter(person__same_as__in=waiting).values_list("person__same_as", "user")
        for person, user in rows:
            found[person].add(user)
        return found

    @cached_property
    def groups(self) -> list[Group]:
        """As whoever acts sees it."""
        names = ("role", "at_team", "submitted_by")
        waiting = Approval.objects.filter(state=State.WAITING)
        apart = Q(nominal__person__same_as__in=list(self.conflicts))
        usual = waiting.exclude(apart).figures().values(*names).annotate(n=Count("pk")).order_by()
        few = waiting.filter(apart).figures().values(*names, "nominal__person__same_as").annotate(n=Count("pk"))
        return [
            Group(
                Role(each["role"]),
                each["at_team"],
                each["submitted_by"],
                each.get("nominal__person__same_as"),
                each["n"],
            )
            for each in [*usual, *few.order_by()]
        ]

    def deciding(self, group: Group) -> list[int]:
        """Keys of those who decide on it now: never its author, never somebody who is not shown the offender."""
        never = {group.author} | (self.conflicts.get(group.about, set()) if group.about else set())
        return self.duty.answering(group.role, group.team, never=never)

    def mine(self, user: User) -> Q:
        """What this person decides on now, what they cover for included."""
        authors: dict[tuple[Role, int], list[int]] = defaultdict(list)
        found = NOBODY
        for group in (each for each in self.groups if user.pk in self.deciding(each)):
            if group.about:
                found |= group.condition
            else:
                authors[group.role, group.team].append(group.author)
        apart = Q(nominal__person__same_as__in=list(self.conflicts))
        for (role, team), keys in authors.items():
            at_post = Q(state=State.WAITING, role=role.value, at_team=team, submitted_by__in=keys)
            found |= at_post & ~apart if self.conflicts else at_post
        return found

    @cached_property
    def people(self) -> dict[int, User]:
        """Everybody who decides, holds a post that does, or stands in for one."""
        posted = {person for role in POSTS for person in self.duty.anywhere(role)}
        covers = {self.duty.standing_in_for(each) for each in posted} - {None}
        deciding = {key for each in self.groups for key in self.deciding(each)}
        return User.objects.in_bulk(posted | covers | deciding)

    def named(self, approval: Approval) -> str:
        """Who decides on it now, and for whom they stand in."""
        role, team, author = Role(approval.role), approval.at_team_id, approval.submitted_by_id
        about = approval.nominal.person.same_as_id
        keys = self.deciding(Group(role, team, author, about if about in self.conflicts else None, 1))
        names = ", ".join(str(self.people[key]) for key in keys)
        absent = [each for each in self.duty.posted(role, team) if each not in keys]
        for_whom = ", ".join(str(self.people[each]) for each in absent if each != author)
        return f"{names} (for {for_whom})" if for_whom and not set(keys) & set(self.duty.posted(role, team)) else names

    @cached_property
    def until(self) -> dict[int, Absence]:
        """The absence that counts of everybody who holds a post here and is away."""
        away = Absence.objects.filter(starts__lte=self.at, ends__gt=self.at, person__in=list(self.people))
        return {each.person_id: each for each in away.order_by("pk")}


@dataclass(frozen=True)
class AwayNow:
    """A supervisor who is away, how much waits at their post, and who has it."""

    person: User
    until: datetime
    waiting: int
    covered_by: str


def for_somebody_away(desk: Desk) -> list[AwayNow]:
    """Each supervisor who is away while something waits at their post, most first."""
    counts: Counter[int] = Counter()
    whom: dict[int, set[int]] = defaultdict(set)
    for group in desk.groups:
        for holder in desk.duty.posted(group.role, group.team):
            if holder in desk.duty.away:
                counts[holder] += group.waiting
                whom[holder] |= set(desk.deciding(group))
    return [
        AwayNow(
            desk.people[key],
            desk.until[key].ends,
            waiting,
            ", ".join(sorted(str(desk.people[each]) for each in whom[key])),
        )
        for key, waiting in counts.most_common()
    ]


def backlog(at: datetime) -> dict[str, Any]:
    """How many wait, since when the oldest does, and whether the pile grew in the last seven days."""
    week, left = at - WEEK, ~Q(state=State.WAITING)
    figures: dict[str, Any] = Approval.objects.figures().aggregate(
        open=Count("pk", filter=~left),
        oldest=Min("submitted_at", filter=~left),
        came=Count("pk", filter=Q(submitted_at__gt=week)),
        went=Count("pk", filter=left & Q(decided_at__gt=week)),
    )
    growth = figures["came"] - figures["went"]
    return {**figures, "growth": growth, "fewer": max(0, -growth)}


@dataclass(frozen=True)
class Post:
    """One post of one team: who holds it, whether they are there, who covers, and what waits."""

    role: str
    team: str
    person: User
    absence: Absence | None
    cover: User | None
    decides: int


def board(desk: Desk) -> list[Post]:
    """Every supervisor's post, by team. `decides` counts what comes to whoever sits there now."""
    here = Posting.objects.filter(Q(ends=None) | Q(ends__gt=desk.at), starts__lte=desk.at, role__in=POSTS)
    rows = here.filter(person__is_active=True).select_related("team", "person").order_by("team__name", "role", "pk")
    load = _load(desk)
    return [_post(desk, each, load) for each in rows]


def _load(desk: Desk) -> Counter[int]:
    """Person -> how much they decide on now."""
    load: Counter[int] = Counter()
    for group in desk.groups:
        for key in desk.deciding(group):
            load[key] += group.waiting
    return load


def _post(desk: Desk, posting: Posting, load: Counter[int]) -> Post:
    key = posting.person_id
    stand_in = desk.duty.standing_in_for(key) if key in desk.duty.away else key
    cover = desk.people.get(stand_in) if stand_in not in (None, key) else None
    return Post(
        role=str(Role(posting.role).label),
        team=str(posting.team),
        person=posting.person,
        absence=desk.until.get(key) if key in desk.duty.away else None,
        cover=cover,
        decides=load[stand_in] if stand_in is not None else 0,
    )


@dataclass(frozen=True)
class Turn:
    """From a moment on, these people decided on it."""

    at: datetime
    people: str
    why: str


def turns(approval: Approval) -> list[Turn]:
    """Who decided on it when, since it was submitted: worked out from absences and posts, and so never out of date."""
    role, team, never = Role(approval.role), approval.at_team_id, must_not_decide(approval)
    ends = approval.decided_at or now()
    found: list[tuple[datetime, list[int]]] = []
    for moment in _moments(approval, ends):
        people = Duty(moment).answering(role, team, never=never)
        if not found or found[-1][1] != people:
            found.append((moment, people))
    names = User.objects.in_bulk({key for _, people in found for key in people})
    return [Turn(at, ", ".join(str(names[key]) for key in people), _why(approval, at)) for at, people in found]


def _moments(approval: Approval, ends: datetime) -> list[datetime]:
    """When who decides on it may have changed: the submission, and each beginning and end of an absence since."""
    began = approval.submitted_at
    away = _absences(began, ends)
    changes = {moment for each in away for moment in (each.starts, each.ends) if began < moment <= ends}
    return [began, *sorted(changes)[-MOST_TURNS:]]


def _absences(began: datetime, ends: datetime) -> Iterable[Absence]:
    """Of those who hold a post that decides, while it waited."""
    posted = Posting.objects.filter(role__in=POSTS).values("person")
    return Absence.objects.filter(person__in=posted, starts__lte=ends, ends__gt=began).select_related("person", "cover")


def _why(approval: Approval, at: datetime) -> str:
    return "; ".join(_reasons(approval, at)) or "on duty"


def _reasons(approval: Approval, at: datetime) -> Iterator[str]:
    """Who of the post was away then, and that nobody decides on their own work."""
    duty = Duty(at)
    holders = duty.posted(Role(approval.role), approval.at_team_id)
    away = Absence.objects.filter(person__in=holders, starts__lte=at, ends__gt=at).select_related("person")
    for each in away.order_by("pk"):
        yield f"{each.person}: {each.get_kind_display().lower()} until {exactly(each.ends)}"
    own = approval.submitted_by_id
    if own in {duty.standing_in_for(holder) for holder in holders}:
        yield f"{approval.submitted_by} wrote it and does not decide on it"
