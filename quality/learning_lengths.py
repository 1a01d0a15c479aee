"""How long learning may take, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

THEME_TAKEN_UP = Length(
    "A theme found again and again taken up by an action",
    timedelta(days=14),
    Basis.LOCAL,
    "No authority found: inspectors in 2022 found that nobody joined what was found",
    is_our_default=True,
)
ACTION_DONE = Length(
    "A learning action done",
    timedelta(days=28),
    Basis.LOCAL,
    "The plan that inspectors saw in 2022 for offender management ran 28 days",
    is_our_default=True,
)
TESTED_AGAIN = Length(
    "A learning action tested again, at the latest",
    timedelta(days=185),
    Basis.LOCAL,
    "No authority found: by the last day of the next quarter, which is at most 185 days from when it was done",
    is_our_default=True,
)

FOUND_TWICE_WITHIN = Number(
    "Quarters within which a theme found twice asks for an action",
    2,
    Basis.LOCAL,
    "No authority found; the quarter that goes on is counted",
    is_our_default=True,
)
RETEST_SIZE = Number(
    "Records drawn to test a learning action again",
    10,
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
