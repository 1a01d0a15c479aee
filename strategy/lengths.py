"""How long each step of a strategy meeting may take, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

EDITION = "Working Together 2026 has replaced 2023; not yet checked against its text"

AT_ONCE = Length(
    "Strategy meeting held, immediate risk",
    timedelta(hours=8),
    Basis.LOCAL,
    f"Same day, as one tour of duty. No national figure found. {EDITION}",
    is_our_default=True,
)
HELD_WITHIN = Length(
    "Strategy meeting held",
    timedelta(days=1),
    Basis.LOCAL,
    "No national figure found; Northumberland local procedure: usually 1, at most 3 working days. "
    f"Inspectors found the next day good in an online case. {EDITION}",
    is_our_default=True,
    working_days=True,
)
ANSWERED = Length(
    "Authority's answer to a request for a strategy meeting",
    timedelta(hours=4),
    Basis.LOCAL,
    "Half a working day, counted day and night; no authority found",
    is_our_default=True,
)
REFUSAL = Length(
    "Decision on a refused strategy meeting",
    timedelta(hours=8),
    Basis.LOCAL,
    "First stage of a disagreement, same day; no national figure found",
    is_our_default=True,
)
DECISIONS = Length(
    "Decisions of a strategy meeting recorded",
    timedelta(hours=8),
    Basis.LOCAL,
    "Same day. Minutes on the police system are good practice to inspectors; the length is ours",
    is_our_default=True,
)
MINUTES = Length(
    "Minutes of a strategy meeting recorded",
    timedelta(days=1),
    Basis.LOCAL,
    "Minutes on the police system are good practice to inspectors; the length is ours",
    is_our_default=True,
    working_days=True,
)
TAKE_OVER = Length(
    "Minutes that an agency sent, taken over or left out",
    timedelta(days=1),
    Basis.LOCAL,
    "As long as the minutes themselves; no authority found",
    is_our_default=True,
    working_days=True,
)
CONFERENCE = Length(
    "Initial child protection conference",
    timedelta(days=15),
    Basis.GUIDANCE,
    "Working Together: 15 working days from the strategy discussion that started section 47, not on a weekend. "
    f"{EDITION}",
    working_days=True,
)
LONGEST = Length(
    "Longest wait for what a strategy meeting gave somebody to do",
    timedelta(days=90),
    Basis.LOCAL,
    "No authority found: what takes longer is looked at in the next discussion",
    is_our_default=True,
)
CLOSING = Length(
    "Strategy meeting closed after its minutes",
    timedelta(days=28),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
