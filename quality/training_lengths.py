"""How long training may wait, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

FIRST_TAKEN = Length(
    "A course that a post requires taken for the first time",
    timedelta(days=91),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
TAKEN_AGAIN = Length(
    "A course taken again, at the latest",
    timedelta(days=3 * 366),
    Basis.LOCAL,
    "Each course says after how many months. MASH training was refreshed yearly, as inspectors found in 2022",
    is_our_default=True,
)
PROPOSAL_ANSWERED = Length(
    "Training that was proposed booked, or declined with a reason",
    timedelta(days=28),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
BOOKED_TAKEN = Length(
    "Training that was booked taken, at the latest",
    timedelta(days=183),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
RECORDED_WITHIN = Length(
    "Training on record after the day it was booked for",
    timedelta(days=7),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
ROW_TYPED = Length(
    "A row of an attendance list that could not be read, typed in",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
