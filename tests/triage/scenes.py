"""The triage hub and the phone in tests, in words: allocated, accepted, the caller reached or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from access.actor import System, acting
from access.time import now
from accounts.models import User
from sla.models import Clock
from tests.stories import CALM, called_in
from triage import workflow
from triage.models import Incident
from triage.suitability import Suitability
from triage.workflow import Voice

NOTHING_AGAINST = Suitability(
    child_concerned="no",
    child_to_be_seen="no",
    abuse_or_images="no",
    images_shared="no",
    suspect_at_home="no",
    repeat="no",
    evidence_lost="no",
    safe_to_talk="yes",
    interpreter="no",
)
A_CHILD = replace(NOTHING_AGAINST, child_concerned="yes")
HIGH, MEDIUM, LOW, UNKNOWN = (replace(CALM, overall=level) for level in ("high", "medium", "low", "not_known"))


def allocated(
    incident: Incident, by: User, destination: str = "resolution", said: Suitability = NOTHING_AGAINST
) -> Incident:
    """The hub says who deals with it."""
    facts = {"destination": destination, "because": "So", "suitability": said}
    return workflow.allocate(incident, by=by, **facts)


def with_the_phone(
    callie: User, tara: User, tess: User, *, grade: str = "G4", child: str = "no", **said: Any
) -> Incident:
    """Allocated to the resolution centre; with a child after the second look of a supervisor."""
    incident = allocated(called_in(callie, grade=grade, child=child, **said), tara)
    return workflow.agree(incident, by=tess, because="Right") if incident.state == "second_look" else incident


def contacted(incident: Incident, by: User, result: str = "reached", said: str = "As before") -> Incident:
    return workflow.contact_caller(incident, by=by, route="07700 900123", result=result, said=said)


def not_reached(incident: Incident, by: User, times: int = 3) -> Incident:
    for _ in range(times):
        incident = contacted(incident, by, "no_answer")
    return incident


def resolved(incident: Incident, by: User, **said: str) -> Incident:
    usual = {"outcome": "Crime recorded", "closing_category": "crime", "child_safe_because": "", "no_ppn_because": ""}
    return workflow.resolve_by_phone(incident, by=by, **{**usual, **said})


def heard(child: str = "Anya", **said: Any) -> Voice:
    usual = {"seen": "yes", "spoken_to": "yes", "own_words": "“I hid.”", "demeanour": "Quiet"}
    return Voice(**{"child": child, **usual, **said})


def not_seen(child: str = "Anya", hours: float = 2) -> Voice:
    why = {"why_not": "Out with friends", "who_will": "Rosa", "see_by": now() + timedelta(hours=hours)}
    return Voice(child=child, seen="no", spoken_to="no", **why)


def fresh(record: Any) -> Any:
    """The record as it is now."""
    with acting(System("test")):
        return type(record).objects.get(pk=record.pk)


def running(incident: Incident) -> set[str]:
    """Codes of the clocks that run on it."""
    return set(Clock.running().filter(record=incident.pk).values_list("deadline", flat=True))
