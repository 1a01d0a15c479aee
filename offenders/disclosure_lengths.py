"""By when somebody decides whether an agency is told of an offender."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

DECIDED = Length(
    "Proposal to tell an agency of an offender decided",
    timedelta(days=1),
    Basis.LOCAL,
    "No authority found: until it is decided whoever looks after the child does not know",
    is_our_default=True,
    working_days=True,
)
