"""While an incident waits: the caller is told, the force incident manager decides, and it is always somebody's."""

from __future__ import annotations

from datetime import datetime

from access.actor import NotYours, System
from access.roles import Can
from access.time import now
from accounts.duty import people_answered_for
from accounts.models import User
from triage.codes import FAILED, NOT_ATTENDED, OPEN, ResourceDecision, Result
from triage.models import Answer, ContactAttempt, Incident, ResourcingDecision
from triage.owners import belongs_to
from triage.workflow.risk import a_person
from workflow.transitions import NotNow, must_say, transition

TRIES = 3
"""So many attempts that fail are a risk factor of their own: the risk is looked at again. No authority found."""


@transition(source=OPEN, may=Can.CONTACT_CALLER)
def contact_caller(incident: Incident, *, by: User | System, route: str, result: str, said: str) -> None:
    """Contact with the caller, by a safe way: has anything changed, and how long it will take."""
    outcome = Result(result)
    if outcome is Result.MESSAGE_LEFT and incident.may_leave_message != Answer.YES:
        raise NotNow("Nobody has said that a message may be left. If one was left, say so under “what was said”.")
    if outcome in (Result.REACHED, Result.NOT_SAFE, Result.NOBODY):
        must_say(said, "what they said, or why they cannot be reached")
    ContactAttempt.objects.create(incident=incident, at=now(), by=a_person(by), route=route, result=result, said=said)
    if outcome is Result.REACHED:
        incident.last_contact_at = now()
        incident.first_contact_at = incident.first_contact_at or now()
        incident.failed_attempts, incident.not_reached_at = 0, None
    elif result in FAILED:
        incident.failed_attempts += 1
    elif outcome is Result.NOT_SAFE:
        incident.failed_attempts = 0
    if incident.failed_attempts >= TRIES or outcome is Result.NOT_SAFE:
        incident.not_reached_at = incident.not_reached_at or now()


@transition(source=NOT_ATTENDED, may=Can.ASK_FIM)
def ask_fim(incident: Incident, *, by: User, because: str) -> None:
    """A supervisor sends it to the force incident manager, who decides on resources or is gone past."""
    must_say(because, "what you ask of the force incident manager")
    incident.fim_asked_at = now()


@transition(source=NOT_ATTENDED, may=Can.DECIDE_RESOURCES)
def decide_resources(incident: Incident, *, by: User, decision: str, because: str, until: datetime) -> None:
    """The force incident manager decides who goes, or that it waits, and until when that stands."""
    must_say(because, "why")
    if until <= now():
        raise NotNow("The decision has to stand until some time from now: say until when.")
    incident.resources_decided_at, incident.resources_until = now(), until
    ResourcingDecision.objects.create(
        incident=incident, at=now(), by=by, decision=ResourceDecision(decision).value, because=because, until=until
    )


@transition(source=OPEN, may=Can.HAND_OVER)
def hand_over(incident: Incident, *, by: User, to: User, note: str) -> None:
    """At the end of a tour: offered to a named person. It stays with whoever had it until that person says yes."""
    if incident.owner_id not in people_answered_for(by):
        raise NotYours(f"{incident} is not yours to hand over.")
    if to.pk == incident.owner_id or not to.is_active or not to.can(Can.HAND_OVER):
        raise NotNow(f"{to} cannot take it. Choose somebody who deals with incidents.")
    incident.offered_to, incident.offered_at = to, now()


@transition(source=OPEN, may=Can.HAND_OVER)
def accept_handover(incident: Incident, *, by: User) -> None:
    """Yes: it is mine from now on. Being told of it is not taking it."""
    if incident.offered_to_id not in people_answered_for(by):
        raise NotYours(f"{incident} was not offered to you.")
    belongs_to(incident, by)


@transition(source=OPEN, may=Can.HAND_OVER)
def decline_handover(incident: Incident, *, by: User, because: str) -> None:
    """No, or not any more: it stays with whoever has it."""
    must_say(because, "why")
    if not {incident.offered_to_id, incident.owner_id} & people_answered_for(by) or incident.offered_to_id is None:
        raise NotYours(f"{incident} was not offered to you.")
    incident.offered_to = incident.offered_at = None


@transition(source=OPEN, may=Can.GIVE_WORK)
def give(incident: Incident, *, by: User | System, to: User) -> None:
    """A supervisor gives it to a named person."""
    if not to.is_active or not to.can(Can.SEE_INCIDENTS):
        raise NotNow(f"{to} cannot take it. Choose somebody who deals with incidents.")
    belongs_to(incident, to)
