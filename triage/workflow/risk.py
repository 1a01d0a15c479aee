"""Writing an assessment down, and what follows for the rank. Called inside the verb that assessed."""

from __future__ import annotations

from dataclasses import asdict

from access.actor import System
from access.time import now
from accounts.models import User
from triage.models import AbuseQuestions, Incident, Thrive
from triage.ranking import band
from triage.workflow.facts import Abuse, Assessment
from workflow.transitions import must_say


def assessed(incident: Incident, assessment: Assessment, trigger: str, by: User | System) -> None:
    """One more THRIVE. The last one's level counts for the rank."""
    must_say(assessment.before_we_arrive, "what could happen before we arrive")
    Thrive.objects.create(
        incident=incident, trigger=Thrive.Trigger(trigger).value, at=now(), by=a_person(by), **asdict(assessment)
    )
    incident.risk = assessment.overall
    ranked(incident)


def asked_about_abuse(incident: Incident, abuse: Abuse | None, by: User | System) -> None:
    if abuse:
        AbuseQuestions.objects.create(incident=incident, at=now(), by=a_person(by), **asdict(abuse))


def ranked(incident: Incident) -> None:
    """The rank follows from what is known now."""
    incident.rank = band(incident.facts()).value


def is_the_software(by: User | System) -> bool:
    """Ourselves, loading what a log says happened. Neither a person nor another system that acts: nobody to ask."""
    return type(by) is System


def a_person(by: User | System) -> User | None:
    return by if isinstance(by, User) else None
