"""How much is drawn for a second look, how long that may take, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

INSPECTION = "What the force told inspectors it wants to do, June 2022"

CALLS_A_MONTH = Number("Calls of each call taker reviewed for a month", 2, Basis.LOCAL, INSPECTION)
NOTICES_A_MONTH = Number(
    "Notices of each co-ordinator looked at a second time for a month",
    5,
    Basis.LOCAL,
    "No authority found: inspectors were told that sampling was done less often than wanted",
    is_our_default=True,
)
THEMATIC_SIZE = Number("Records in a thematic sample", 10, Basis.LOCAL, "No authority found", is_our_default=True)
HIGH_QUEUE = Number(
    "Notices waiting above which half as many are sampled",
    300,
    Basis.LOCAL,
    "No authority found. Inspectors counted 696 in June 2022",
    is_our_default=True,
)

CALLS_REVIEWED = Length(
    "Calls of a month reviewed after its end",
    timedelta(days=28),
    Basis.LOCAL,
    f"{INSPECTION}: two calls of each call taker a month. Four weeks after it are a default",
    is_our_default=True,
)
NOTICES_REVIEWED = Length(
    "Notices of a month looked at a second time after its end",
    timedelta(days=28),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
THEMATIC_REVIEWED = Length(
    "A thematic sample reviewed", timedelta(days=28), Basis.LOCAL, "No authority found", is_our_default=True
)
DRAWN_EACH_MONTH = Length(
    "A sample of somebody's work drawn",
    timedelta(days=35),
    Basis.LOCAL,
    f"{INSPECTION}: each month. The days beyond it let the first of a month pass",
    is_our_default=True,
)
THEMATIC_DRAWN = Length("A thematic sample drawn", timedelta(days=61), Basis.LOCAL, f"{INSPECTION}: every two months")
REVIEWED_AT_ALL = Length(
    "Any of somebody's work reviewed",
    timedelta(days=62),
    Basis.LOCAL,
    "No authority found: two months running without a review must not be overlooked",
    is_our_default=True,
)
FEEDBACK_SENT = Length(
    "Feedback sent after a review",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
ACKNOWLEDGED = Length(
    "Feedback acknowledged",
    timedelta(days=10),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
