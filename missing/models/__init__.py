"""Every record of a missing child."""

from missing.models.episode import Episode
from missing.models.interview import InterviewRequest, Learned
from missing.models.notices import MissingNotice, SchoolScheme
from missing.models.plan import PlanAction
from missing.models.written import (
    DailyDecision,
    Enquiry,
    PreventionInterview,
    Reassessment,
    Review,
    RiskAnswer,
    RiskDecision,
    SystemCheck,
)

__all__ = [
    "DailyDecision",
    "Enquiry",
    "Episode",
    "InterviewRequest",
    "Learned",
    "MissingNotice",
    "PlanAction",
    "PreventionInterview",
    "Reassessment",
    "Review",
    "RiskAnswer",
    "RiskDecision",
    "SchoolScheme",
    "SystemCheck",
]
