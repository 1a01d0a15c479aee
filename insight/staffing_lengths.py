"""How long somebody may be unseen, and how much one person holds, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

EARLY = Length(
    "How long before a shift a sign-in counts for it",
    timedelta(hours=1),
    Basis.LOCAL,
    "No authority found: people come early to hear the handover",
    is_our_default=True,
)
SEEN_WITHIN = Length(
    "Somebody who was planned is seen after their shift began",
    timedelta(hours=1),
    Basis.LOCAL,
    "No authority found. Inspectors in 2022 found work that waited for people who were away",
    is_our_default=True,
)
SAID_WITHIN = Length(
    "A supervisor says why somebody who was planned is not here",
    timedelta(hours=1),
    Basis.LOCAL,
    "No authority found: what they hold has to go to somebody within the same shift",
    is_our_default=True,
)
MOST_NOTICES = Number(
    "Most notices that one co-ordinator holds", 15, Basis.LOCAL, "No authority found", is_our_default=True
)
