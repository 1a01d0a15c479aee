"""How long each thing the missing team keeps may stand, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

DECIDED = Length(
    "Child proposed for the missing team's cohort decided on",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
FIRST_PLAN = Length(
    "First risk management plan of a child in the cohort",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found: until it is written nobody knows what to do for the child",
    is_our_default=True,
    working_days=True,
)
RISK_PLAN = Length(
    "Risk management plan updated",
    timedelta(days=31),
    Basis.LOCAL,
    "Monthly, as inspectors found it; a month is counted as 31 days",
    is_our_default=True,
)
AFTER_EPISODE = Length(
    "Plan looked at again after the child went missing",
    timedelta(days=2),
    Basis.LOCAL,
    "No authority found: what happened may change where to look first",
    is_our_default=True,
    working_days=True,
)
REVIEW = Length(
    "Trigger plan or Philomena form looked at again",
    timedelta(days=90),
    Basis.LOCAL,
    "No authority found: places, people and telephone numbers of a child go out of date",
    is_our_default=True,
)
MEETING = Length(
    "Monthly multi-agency meeting about the children of one authority",
    timedelta(days=31),
    Basis.LOCAL,
    "Monthly, as inspectors found it; a month is counted as 31 days",
    is_our_default=True,
)
LONGEST = Length(
    "Longest wait for a step of a risk management plan",
    timedelta(days=90),
    Basis.LOCAL,
    "No authority found: what takes longer is looked at in the monthly meeting",
    is_our_default=True,
)
