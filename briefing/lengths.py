"""By when a daily management meeting is held, decides and is written up, and how long its agenda may be. Its hour, and
the time in which it decides, are those by which missing children are decided (`missing.lengths`)."""

from __future__ import annotations

from datetime import timedelta

from sla.lengths import Basis, Length, Number

OURS = "No authority found; to be set by the force"


def _ours(name: str, length: timedelta, source: str = OURS) -> Length:
    return Length(name, length, Basis.LOCAL, source, is_our_default=True)


def _number(name: str, number: int, source: str = OURS) -> Number:
    return Number(name, number, Basis.LOCAL, source, is_our_default=True)


EARLY = _ours("Daily management meeting: how long before its hour it may be opened", timedelta(hours=2))
OPENED = _ours("Daily management meeting opened after its hour", timedelta(minutes=15))
SIGNED_OFF = _ours("Minutes of a daily management meeting signed off", timedelta(hours=4))
ACTION = _ours("Longest time for an action of a daily management meeting", timedelta(days=7))
CHECKED = _ours(
    "Action of a daily management meeting looked at, once it is said to be done",
    timedelta(hours=27),
    "By the end of the next meeting, on the longest night of the year too",
)
CARRIED_ON = _ours("Action carried over twice: settled", timedelta(hours=24))
TOO_OFTEN = _number("Meetings over which a late action is carried before a superintendent is told", 2)
ONE_BY_ONE = _number(
    "Daily management meeting: most children of one kind that are items of their own",
    25,
    "As many as can be talked about; the others are one item. Every missing child is an item of its own",
)
RELEASES_AHEAD = _ours("Daily management meeting: how far ahead it looks at releases", timedelta(days=7))
