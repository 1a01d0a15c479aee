"""Investigations into online abuse of children, and children whose images were shared."""

from online.models.after import Bail, BailChange, Device, LadoReferral, SafetyPlan, Suspect
from online.models.case import (
    BEFORE,
    NOT_CARRIED_OUT,
    OPEN,
    CaseTransfer,
    Identifier,
    KeptApart,
    OnlineCase,
    ReferralFile,
    ReferralRow,
)
from online.models.gate import (
    CHILD_OPEN,
    ChildrenCheck,
    Enforcement,
    GateOverride,
    LinkedChild,
    NotConcerned,
    SocialWorkerContact,
)
from online.models.images import WIDER_RISK, SharedImage
from online.models.research import (
    CandidateAddress,
    KiratAssessment,
    NewInformation,
    Occupant,
    OccupantCheck,
    ResearchAction,
)

__all__ = [
    "BEFORE",
    "CHILD_OPEN",
    "NOT_CARRIED_OUT",
    "OPEN",
    "WIDER_RISK",
    "Bail",
    "BailChange",
    "CandidateAddress",
    "CaseTransfer",
    "ChildrenCheck",
    "Device",
    "Enforcement",
    "GateOverride",
    "Identifier",
    "KeptApart",
    "KiratAssessment",
    "LadoReferral",
    "LinkedChild",
    "NewInformation",
    "NotConcerned",
    "Occupant",
    "OccupantCheck",
    "OnlineCase",
    "ReferralFile",
    "ReferralRow",
    "ResearchAction",
    "SafetyPlan",
    "SharedImage",
    "SocialWorkerContact",
    "Suspect",
]
