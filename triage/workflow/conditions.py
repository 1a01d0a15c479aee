"""A verb counts for a clock only where this holds once it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from accounts.models import Team
from triage.codes import IN_HUB, Grade, State
from triage.models import ContactAttempt, Incident, Result
from triage.workflow.delay import TRIES


def only_if(holds: Callable[[Incident], bool]) -> Callable[[Incident], Incident | None]:
    return lambda incident: incident if holds(incident) else None


REACHED = only_if(lambda incident: incident.failed_attempts == 0 and incident.last_contact_at is not None)
ANSWERED = only_if(lambda incident: incident.failed_attempts == 0 and not _nobody_to_call(incident))
NOBODY_TO_CALL = only_if(lambda incident: _nobody_to_call(incident))
NOT_REACHABLE = only_if(lambda incident: incident.not_reached_at is not None)
LEFT_THE_HUB = only_if(lambda incident: incident.state not in IN_HUB)
LEFT_THE_TEAM = only_if(lambda incident: incident.state != State.ALLOCATED)
NOT_BY_PHONE = only_if(
    lambda incident: incident.state not in (State.ALLOCATED, State.ACCEPTED) and incident.grade != Grade.G4
)
IS_SEEN = only_if(lambda incident: not incident.child_to_be_seen)
NO_LONGER_POSSIBLE = only_if(lambda incident: not incident.possible_child)
NOT_OFFERED = only_if(lambda incident: incident.offered_to_id is None)
ENDED_IN_THE_HUB = only_if(lambda incident: incident.state == State.NO_DEPLOYMENT)
NO_CHILD = only_if(lambda incident: incident.child == "no")
THREE_FAILED = only_if(lambda incident: incident.failed_attempts >= TRIES)


def _nobody_to_call(incident: Incident) -> bool:
    last = ContactAttempt.objects.filter(incident=incident).order_by("-at", "-pk").first()
    return bool(last and last.result == Result.NOBODY)


def no_child_is_concerned(incident: Incident) -> bool:
    return not incident.concerns_a_child


def since_the_call(incident: Incident) -> datetime:
    """The first contact, or since it was opened again."""
    return incident.reopened_at or incident.reported_at


def in_its_area(incident: Incident) -> Team:
    """The response team whose area it is in; where nobody knows, the control room."""
    return incident.area or incident.team
