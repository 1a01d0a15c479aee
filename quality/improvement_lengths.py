"""By when a recommendation is answered, met and shown, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

ACTION_PLAN = Length(
    "Action plan for a recommendation sent to the inspectorate",
    timedelta(weeks=6),
    Basis.GUIDANCE,
    "HMICFRS asks for it within six weeks of publication",
)
IMMEDIATELY = Length(
    "Recommendation that is to be met immediately",
    timedelta(days=28),
    Basis.LOCAL,
    "Inspectors say “immediately” and name no day",
    is_our_default=True,
)
OWNED = Length(
    "Recommendation given to a senior responsible owner",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
EVIDENCED = Length(
    "First evidence for a recommendation since it was taken down",
    timedelta(days=30),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
MONTHLY = Length(
    "Measures of a recommendation kept as they stand, each month",
    timedelta(days=31),
    Basis.LOCAL,
    "Monthly, as inspectors found it in 2022",
)
RED_COMMENTED = Length(
    "Red month of a recommendation explained",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
RED_IDLE = Length(
    "Red recommendation for which nothing is being done",
    timedelta(days=61),
    Basis.LOCAL,
    "No authority found: two months running",
    is_our_default=True,
)
ACTION = Length(
    "Action of an audit, the scrutiny group or a recommendation, if no other day is agreed",
    timedelta(days=28),
    Basis.LOCAL,
    "The force's own plan after the inspection of 2022 ran 28 days",
    is_our_default=True,
)
ACTION_CHECKED = Length(
    "Action that is said to be done, checked by somebody else",
    timedelta(days=10),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
CONFIRMED = Length(
    "Recommendation that is ready for sign-off, decided on by a chief officer",
    timedelta(days=10),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
