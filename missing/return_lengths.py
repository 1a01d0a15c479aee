"""How long what follows the return of a child may take: the return interview, and who is told of the child."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length

DFE = (
    "Department for Education, statutory guidance on children who run away or go missing from home or care (2014): an "
    "independent return interview within 72 hours of the return. Calendar hours: no weekend is left out"
)
NEVER_FED_BACK = "The inspection of June 2022 found that results did not come back to police; no length given"

HELD_WITHIN = Length("Return interview held, after the return", timedelta(hours=72), Basis.GUIDANCE, DFE)
RECEIVED_WITHIN = Length(
    "Result of a return interview back with police, after it was held",
    timedelta(days=5),
    Basis.LOCAL,
    NEVER_FED_BACK,
    is_our_default=True,
    working_days=True,
)
READ_WITHIN = Length(
    "Result of a return interview read into the record, after it came",
    timedelta(days=1),
    Basis.LOCAL,
    NEVER_FED_BACK,
    is_our_default=True,
    working_days=True,
)
CHASED_AGAIN = Length(
    "Authority reminded of a return interview again",
    timedelta(days=7),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
ASKED_FIRST = Length(
    "Authority asked for a return interview only after its 72 hours: time before it is reminded",
    timedelta(hours=24),
    Basis.LOCAL,
    "No authority found. Nobody is reminded of what they were asked a moment ago",
    is_our_default=True,
)
AUTHORITY_TOLD = Length(
    "Local authority told that a child is missing or found",
    timedelta(hours=2),
    Basis.LOCAL,
    "Guidance says without delay and leaves the hours open; host and responsible authority are both told",
    is_our_default=True,
)
