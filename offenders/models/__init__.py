"""Managed offenders and everything that is kept of managing them."""

from offenders.models.disclosing import OffenderDisclosure
from offenders.models.hub import (
    HubQuery,
    HubTask,
    ImportedList,
    ScrutinyItem,
    ScrutinyRound,
    Transfer,
    UnreadableRow,
)
from offenders.models.managing import (
    AssessedFactor,
    Assessment,
    ManagementPlan,
    OffenderVisit,
    Pillar,
    PlanTask,
    VisitAttempt,
    Written,
)
from offenders.models.nominal import GONE, OURS, VISITED, CivilOrder, LegacyFolder, Nominal, Requirement
from offenders.models.notifying import IndefiniteReview, NotificationDuty, Spell, Travel
from offenders.models.watching import Approval, ApprovalRead, ChildContact, Intelligence, ReactiveProposal

__all__ = [
    "GONE",
    "OURS",
    "VISITED",
    "Approval",
    "ApprovalRead",
    "AssessedFactor",
    "Assessment",
    "ChildContact",
    "CivilOrder",
    "HubQuery",
    "HubTask",
    "ImportedList",
    "IndefiniteReview",
    "Intelligence",
    "LegacyFolder",
    "ManagementPlan",
    "Nominal",
    "NotificationDuty",
    "OffenderDisclosure",
    "OffenderVisit",
    "Pillar",
    "PlanTask",
    "ReactiveProposal",
    "Requirement",
    "ScrutinyItem",
    "ScrutinyRound",
    "Spell",
    "Transfer",
    "Travel",
    "UnreadableRow",
    "VisitAttempt",
    "Written",
]
