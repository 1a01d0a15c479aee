"""Notices: the people in them, what happened, what the MASH made of it."""

from govuk.fields import YesNoNotKnown as Answer
from ppn.codes import (
    ANY,
    OPEN,
    WAITING_FOR_REVIEW,
    AbuseCategory,
    Decision,
    DomesticAbuseRisk,
    Grade,
    PoliceDid,
    State,
    StrategyDecision,
    Tool,
    Type,
)
from ppn.models.concern import Concern, DomesticAbuse
from ppn.models.drafts import Draft
from ppn.models.notice import Ppn
from ppn.models.review import ChildConsidered, DetailRequest, Trigger
from ppn.models.subjects import Particulars, Subject, Voice

__all__ = [
    "ANY",
    "OPEN",
    "WAITING_FOR_REVIEW",
    "AbuseCategory",
    "Answer",
    "ChildConsidered",
    "Concern",
    "Decision",
    "DetailRequest",
    "DomesticAbuse",
    "DomesticAbuseRisk",
    "Draft",
    "Grade",
    "Particulars",
    "PoliceDid",
    "Ppn",
    "State",
    "StrategyDecision",
    "Subject",
    "Tool",
    "Trigger",
    "Type",
    "Voice",
]
