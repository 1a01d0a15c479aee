"""Whose an incident is. At every moment it is exactly one named person's, who is there or whose cover is."""

from __future__ import annotations

from django.db.models import Count

from access.actor import System, acting
from access.roles import Role
from accounts.duty import on_duty
from accounts.models import Team, User
from triage.codes import OPEN, State
from triage.models import Incident

OWNS = {
    State.AWAITING_RESOURCE.value: Role.DISPATCHER,
    State.IN_TRIAGE.value: Role.TRIAGE_OFFICER,
    State.SECOND_LOOK.value: Role.TRIAGE_SUPERVISOR,
    State.ATTENDED.value: Role.RESPONSE_SERGEANT,
    State.OUTCOME_RECORDED.value: Role.RESPONSE_SERGEANT,
}
"""Whose post holds an incident in this state, until somebody named takes it on."""


def one_of(role: Role, team: Team | None) -> User:
    """Of those who answer for this post now, whoever has the fewest incidents open."""
    there = on_duty(role, team)
    if len(there) == 1:
        return there[0]
    with acting(System("who has the fewest incidents open?")):
        held = Incident.objects.filter(owner__in=there, state__in=OPEN).figures()
        load = dict(held.values("owner").annotate(n=Count("pk")).values_list("owner", "n"))
    return min(there, key=lambda person: (load.get(person.pk, 0), person.pk))


def passes_to(incident: Incident, role: Role, team: Team | None = None) -> None:
    """It is now somebody's in that post. An offer to somebody else is over."""
    belongs_to(incident, one_of(role, team or incident.team))


def belongs_to(incident: Incident, person: User) -> None:
    """It is now this person's. An offer to somebody else is over."""
    incident.owner, incident.offered_to, incident.offered_at = person, None, None
