"""How long a report may wait, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

CHECKED = Length(
    "A report or newsletter checked by a second person",
    timedelta(days=10),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
PUBLISHED = Length(
    "A report or newsletter that was checked published",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
