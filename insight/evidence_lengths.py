"""How long an evidence pack may wait and be read, how many cases and rows it holds, and on whose authority."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

PREPARED = Length(
    "An evidence pack ready, where the inspector names no day",
    timedelta(days=20),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
CHECKED = Length(
    "An evidence pack checked by a second person",
    timedelta(days=2),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
RELEASED = Length(
    "An evidence pack that was checked released, or sent back",
    timedelta(days=2),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
READ = Length(
    "A released evidence pack open to its readers",
    timedelta(days=28),
    Basis.LOCAL,
    "Long enough for an inspection; no authority found",
    is_our_default=True,
)
CLOSED = Length(
    "An evidence pack whose time has run out closed",
    timedelta(days=1),
    Basis.LOCAL,
    "Longstop closes it by itself within minutes; no authority found",
    is_our_default=True,
)
HANDED_BACK = Length(
    "Copies of a closed evidence pack handed back or destroyed",
    timedelta(days=10),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
    working_days=True,
)
CASES = Number(
    "Cases drawn for an evidence pack, unless another number is asked for",
    30,
    Basis.LOCAL,
    "Inspectors read 30 cases of this force in 2022",
    is_our_default=True,
)
OF_A_QUEUE = Number(
    "Records of each queue listed in an evidence pack",
    20,
    Basis.LOCAL,
    "Inspectors read 10 of 696, 20 of 400 and 11 of 694 in 2022",
    is_our_default=True,
)
