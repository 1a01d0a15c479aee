"""Children who are likely to go missing: what is kept of them beforehand, and what the agencies do together."""

from cohort.models.before import PhilomenaForm, TriggerPlan
from cohort.models.entry import CohortEntry, ExploitationAssessment
from cohort.models.meeting import CohortMeeting, MeetingAttendee, MeetingDecision
from cohort.models.risk_plan import PlanStep, RiskPlan, RiskPlanVersion

__all__ = [
    "CohortEntry",
    "CohortMeeting",
    "ExploitationAssessment",
    "MeetingAttendee",
    "MeetingDecision",
    "PhilomenaForm",
    "PlanStep",
    "RiskPlan",
    "RiskPlanVersion",
    "TriggerPlan",
]
