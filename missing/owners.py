"""Whose a missing child is. At every moment it is exactly one named person's, who is there or whose cover is."""

from __future__ import annotations

from django.db.models import Count

from access.actor import System, acting
from access.roles import Can, Role
from accounts.duty import on_duty
from accounts.models import Team, User
from missing.codes import OPEN
from missing.models import Episode

COUNTS = System("who has the fewest missing children?")


def one_of(role: Role, team: Team | None) -> User:
    """Of those who answer for this post now, whoever has the fewest."""
    there = on_duty(role, team)
    if len(there) == 1:
        return there[0]
    with acting(COUNTS):
        held = Episode.objects.filter(owner__in=there, state__in=OPEN).figures()
        load = dict(held.values("owner").annotate(n=Count("pk")).values_list("owner", "n"))
    return min(there, key=lambda person: (load.get(person.pk, 0), person.pk))


def belongs_to_a_supervisor(episode: Episode, by: User) -> None:
    """Whoever decides holds it from now on, if that is a supervisor's work; else the sergeant on duty does."""
    episode.owner = by if by.can(Can.SUPERVISE_MISSING) else one_of(Role.RESPONSE_SERGEANT, episode.team)
