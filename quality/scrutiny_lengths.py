"""How often the scrutiny group meets, and for how long its papers are seen, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

QUARTERLY = Length(
    "From one meeting of the scrutiny group to the next",
    timedelta(days=92),
    Basis.LOCAL,
    "Quarterly, as inspectors found it in 2022",
)
PAPERS_BEFORE = Length(
    "Papers of the scrutiny group sent before it meets",
    timedelta(days=5),
    Basis.LOCAL,
    "No authority found: members need a week to read",
    is_our_default=True,
    working_days=True,
)
RECORDED = Length(
    "Meeting of the scrutiny group recorded after its day",
    timedelta(days=1),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
REPORTED = Length(
    "Report of the scrutiny group sent",
    timedelta(days=20),
    Basis.LOCAL,
    "No authority found: what was learned is of use before the next quarter",
    is_our_default=True,
    working_days=True,
)
MEMBERS_SEE = Length(
    "Time for which members of the scrutiny group see its papers after it met",
    timedelta(days=10),
    Basis.LOCAL,
    "No authority found: long enough to agree the findings",
    is_our_default=True,
)
SCRUTINY_CASES = Number(
    "Cases drawn for a meeting of the scrutiny group",
    4,
    Basis.LOCAL,
    "No authority found: as many as can be talked about at one meeting",
    is_our_default=True,
)
