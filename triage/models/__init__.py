"""Incidents, and what was asked, said and decided about them."""

from govuk.fields import YesNoNotKnown as Answer
from triage.codes import (
    ENDED,
    NOT_ATTENDED,
    OPEN,
    Category,
    Channel,
    Destination,
    Grade,
    ResourceDecision,
    Result,
    Risk,
    State,
    ToldCaller,
    WhyNotByPhone,
)
from triage.models.assessments import AbuseQuestions, ChildVoice, Thrive
from triage.models.call_log import CallLogImport, RowToCheck
from triage.models.contact import ContactAttempt, ResourcingDecision, Unit
from triage.models.hub import Allocation
from triage.models.incident import Incident

__all__ = [
    "ENDED",
    "NOT_ATTENDED",
    "OPEN",
    "AbuseQuestions",
    "Allocation",
    "Answer",
    "CallLogImport",
    "Category",
    "Channel",
    "ChildVoice",
    "ContactAttempt",
    "Destination",
    "Grade",
    "Incident",
    "ResourceDecision",
    "ResourcingDecision",
    "Result",
    "Risk",
    "RowToCheck",
    "State",
    "Thrive",
    "ToldCaller",
    "Unit",
    "WhyNotByPhone",
]
