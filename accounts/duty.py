"""Who answers for a piece of work right now. The answer is never nobody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from access.actor import current
from access.roles import ABOVE, AT_THE_PORTAL, Can, Role, acts_of, does
from access.time import now
from accounts.models import Posting, Team, User


class NobodyToTell(RuntimeError):
    """No active person holds the last post of the ladder. The force must name a superintendent."""


class Duty:
    """Who is posted where and who is away, at one moment: read once, asked many times."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._posted: dict[Role, list[tuple[int, int]]] = {}

    @cached_property
    def away(self) -> dict[int, int]:
        """Absent person -> who covers. Of overlapping absences the one entered last counts."""
        return dict(
            _rows(
                "SELECT person_id, cover_id FROM accounts_absence WHERE starts <= %(at)s AND ends > %(at)s ORDER BY id",
                at=self.at,
            )
        )

    @cached_property
    def left(self) -> set[int]:
        """People who no longer work here and cannot cover."""
        return set(User.objects.filter(is_active=False).values_list("pk", flat=True))

    def posted(self, role: Role, team: int | None) -> list[int]:
        """Holders of the role in the team; where the team has none, its holders anywhere in the force."""
        holders = self._holders(role)
        here = [person for person, where in holders if where == team]
        return here or list(dict.fromkeys(person for person, _ in holders))

    def anywhere(self, role: Role) -> set[int]:
        """Everybody who holds the role, in whichever team."""
        return {person for person, _ in self._holders(role)}

    def _holders(self, role: Role) -> list[tuple[int, int]]:
        if role not in self._posted:
            self._posted[role] = _rows(HOLDERS, role=role.value, at=self.at)
        return self._posted[role]

    def standing_in_for(self, person: int) -> int | None:
        """Follow cover until somebody is present; None when the chain ends with nobody (a circle, or a leaver)."""
        if person not in self.away:
            return person
        seen: set[int] = set()
        while person in self.away:
            if person in seen:
                return None
            seen.add(person)
            person = self.away[person]
        return None if person in self.left else person

    def answering(
        self, role: Role, team: int | None, *, whose: int | None = None, never: Collection[int] = ()
    ) -> list[int]:
        """The people who answer for this role in this team now, each once. Climbs until somebody does.

        `whose`: the holder of that post whose work it is: they or their cover alone, while one of them is there.
        `never`: who must not answer for it, even as cover: it is their own work, or about somebody they may not see.
        """
        if whose is not None and whose in self.anywhere(role) and (stand_in := self.standing_in_for(whose)) is not None:
            return [stand_in]
        posts = [role]
        while posts[-1] in ABOVE:
            posts.append(ABOVE[posts[-1]])
        for post in posts:
            stand_ins = (self.standing_in_for(holder) for holder in self.posted(post, team))
            if present := [each for each in stand_ins if each is not None and each not in never]:
                return list(dict.fromkeys(present))
        return self._told_all_the_same(posts, team, never)

    def _told_all_the_same(self, posts: list[Role], team: int | None, never: Collection[int]) -> list[int]:
        """Everybody is away in a circle: the last post is told. Where that is who must not be, the next below."""
        last = self.posted(posts[-1], team)
        if not last:
            raise NobodyToTell(f"nobody is posted as {Role(posts[-1]).label}")
        others = ([each for each in self.posted(post, team) if each not in never] for post in reversed(posts))
        return next(filter(None, others), last)

    def stands_for(self, person: int) -> set[int]:
        """This person and everybody they are covering for, down the chains of cover."""
        return {person} | {absent for absent in self.away if self.standing_in_for(absent) == person}


HOLDERS = """
    SELECT posting.person_id, posting.team_id
    FROM accounts_posting posting JOIN accounts_user person ON person.id = posting.person_id
    WHERE posting.role = %(role)s AND posting.starts <= %(at)s AND (posting.ends IS NULL OR posting.ends > %(at)s)
      AND person.is_active
    ORDER BY posting.person_id
"""


def _rows(query: str, **values: Any) -> list[Any]:
    """Plain rows: the sweep asks this for each batch, and needs no objects."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def on_duty(role: Role, team: Team | None = None, *, never: Collection[int] = ()) -> list[User]:
    """The people who answer for a role now. `never`: keys of people who must not, such as whoever wrote it."""
    keys = Duty(now()).answering(role, team.pk if team else None, never=never)
    people = User.objects.in_bulk(keys)
    return [people[key] for key in keys]


def team_of(role: Role) -> Team:
    """The team that does a role's work; of several the one that has done so longest, until areas are told apart."""
    team = Team.objects.filter(postings__role=role).order_by("postings__starts", "pk").first()
    if team is None:
        raise NobodyToTell(f"no team has a {Role(role).label}")
    return team


def posts_of(person: User) -> list[Posting]:
    """The posts a person answers for now: their own, and those of people they cover for. Asked once a request."""
    stretch = current()
    if stretch is None or stretch.who != person:
        return _posts_of(person)
    if "posts" not in stretch.kept:
        stretch.kept["posts"] = _posts_of(person)
    kept: list[Posting] = stretch.kept["posts"]
    return kept


def _posts_of(person: User) -> list[Posting]:
    duty = Duty(now())
    current_posts = Posting.objects.filter(
        Q(ends=None) | Q(ends__gt=duty.at), starts__lte=duty.at, person__is_active=True
    )
    return list(current_posts.filter(person__in=duty.stands_for(person.pk)).select_related("team", "person"))


def people_answered_for(person: User) -> set[int]:
    """Keys of everybody whose work comes to this person now, their own included."""
    return {person.pk} | {post.person_id for post in posts_of(person)}


def acts_of_person(person: User) -> set[Can]:
    if not person.is_active:
        return set()
    if person.is_outside:
        return set(AT_THE_PORTAL)
    return acts_of({Role(post.role) for post in posts_of(person)})


def who_may_do(act: Can) -> QuerySet[User]:
    """Everybody whose own post lets them do this, to choose from. Whether they are here is another question."""
    roles = [role.value for role in Role if does(role, act)]
    posted = Posting.objects.filter(Q(ends=None) | Q(ends__gt=now()), role__in=roles, starts__lte=now())
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=posted.values("person"))
    return people.order_by("last_name", "first_name")
