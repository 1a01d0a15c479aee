"""By when a red figure is explained and something is done about it, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

OURS = "No authority found"
MONTHLY = "Monthly, as inspectors found it in 2022"
EXPLAINED = Length(
    "Red figure of a month explained by whoever answers for it",
    timedelta(days=5),
    Basis.LOCAL,
    OURS,
    is_our_default=True,
    working_days=True,
)
ACTED_ON = Length(
    "Something done about a figure that is red month after month",
    timedelta(days=10),
    Basis.LOCAL,
    OURS,
    is_our_default=True,
    working_days=True,
)
NEXT_MONTH = Length(
    "Figures of a month kept, after it ended",
    timedelta(days=1),
    Basis.LOCAL,
    f"{MONTHLY}; the day is ours",
    is_our_default=True,
)
RED_MONTHS = Number(
    "Months running that a figure is red before somebody has to act", 2, Basis.LOCAL, OURS, is_our_default=True
)
