"""What the daily management meeting is about, built from the records themselves. Apps' lists are read with the same
conditions as their own boards, so that the agenda and the board cannot disagree.

`PARTS` holds the parts in the order of the meeting. A part whose children are at risk one by one makes an item of each
(`singly`); every other one is a single item with counts, ages, and the oldest ten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from access.time import now
from govuk.fields import YesNoNotKnown as Answer
from govuk.times import between, length
from sla.lengths import Number

FIRST = 10
"""How many of a queue are named on the agenda."""
AGES = (
    ("under 1 day", timedelta(0)),
    ("1 to 3 days", timedelta(days=1)),
    ("3 to 7 days", timedelta(days=3)),
    ("7 days and more", timedelta(days=7)),
)


@dataclass(frozen=True)
class Found:
    """One record that belongs on the agenda. `path`: how to its case and its person, where it has one."""

    record: Any
    title: str
    why: str
    child: str
    since: datetime | None
    children: int = 1
    case: Any = None
    person: Any = None
    reference: str = ""

    @property
    def key(self) -> UUID:
        key: UUID = self.record.pk
        return key

    @property
    def named(self) -> str:
        return self.reference or str(self.record)


@dataclass(frozen=True)
class Part:
    """One part of the agenda. `rule`: what is on it, in words. `decides`: who has to decide on what it shows.

    singly  each is an item of its own
    most    how many, at most; the longest waiting first, and the others are one item together
    """

    code: str
    name: str
    rule: str
    decides: str
    find: Callable[[datetime], Iterable[Found]]
    page: str = ""
    show: str = ""
    singly: bool = False
    most: Number | None = None


@dataclass(frozen=True)
class Entry:
    """One item as the agenda has it: one record, or a whole queue (`found` is None)."""

    part: Part
    found: Found | None
    title: str
    why: str
    child: str
    total: int
    children: int
    since: datetime | None
    ages: list[list[Any]] = field(default_factory=list)
    first: list[list[str]] = field(default_factory=list)

    @property
    def key(self) -> UUID | str:
        """Of the record, or the code of the part."""
        return self.found.key if self.found else self.part.code


PARTS: list[Part] = []


def part_of(code: str) -> Part | None:
    return next((part for part in PARTS if part.code == code), None)


def entries(at: datetime, keep: Collection[UUID] = (), parts: Sequence[Part] = PARTS) -> list[Entry]:
    """The agenda as it is at that moment. A record is an item once, in the first part that finds it. `keep`: records
    that are items already, and stay items however many others there are."""
    made: list[Entry] = []
    singles: dict[UUID, int] = {}
    for part in parts:
        found = list(part.find(at))
        if not part.singly:
            made += _queue(part, [each for each in found if each.key not in singles], at)
            continue
        others: list[Found] = []
        room = part.most.in_force(at)[0] if part.most else len(found)
        for each in found:
            if each.key in singles:
                place = singles[each.key]
                made[place] = _also(made[place], part, each)
            elif room > 0 or each.key in keep:
                singles[each.key] = len(made)
                made.append(_single(part, each))
                room -= 1
            else:
                others.append(each)
        made += _queue(part, others, at)
    return made


def _single(part: Part, found: Found) -> Entry:
    children = found.children if found.child != Answer.NO else 0
    return Entry(part, found, found.title, found.why, found.child, 1, children, found.since)


def _also(entry: Entry, part: Part, found: Found) -> Entry:
    """The same record is in a later part too: its item says so."""
    words = f"{entry.why}. {part.name}: {found.why[:1].lower()}{found.why[1:]}"
    return Entry(entry.part, entry.found, entry.title, words, entry.child, 1, entry.children, entry.since)


def _queue(part: Part, found: Sequence[Found], at: datetime) -> list[Entry]:
    """All of them as one item; nothing where there are none."""
    if not found:
        return []
    concern = [each for each in found if each.child != Answer.NO]
    known = [each for each in found if each.child == Answer.YES]
    since = min((each.since for each in found if each.since), default=None)
    child = Answer.YES if known else Answer.NOT_KNOWN if concern else Answer.NO
    more = "more: " if part.singly else ""
    return [
        Entry(
            part,
            None,
            f"{more}{part.name}"[:1].upper() + f"{more}{part.name}"[1:],
            _counted(len(found), len(concern), sum(each.children for each in known), since, at),
            child.value,
            len(found),
            len(concern),
            since,
            [[label, number] for label, number in _ages(found, at)],
            [_named(each) for each in found[:FIRST]],
        )
    ]


def _counted(total: int, concern: int, children: int, since: datetime | None, at: datetime) -> str:
    said = [f"{total} of them", f"{concern} with a child, or where nobody knows"]
    if children:
        said.append(f"{children} {'child' if children == 1 else 'children'} known by now")
    if since and since <= at:
        said.append(f"the oldest waits for {length(between(since, at))}")
    return "; ".join(said)


def _ages(found: Sequence[Found], at: datetime) -> list[tuple[str, int]]:
    """How many of each age. What is still to come counts as the youngest."""
    waited = [max(at - each.since, timedelta(0)) for each in found if each.since]
    ends = [least for _, least in AGES[1:]]
    counted = [
        (label, sum(least <= age and (number == len(ends) or age < ends[number]) for age in waited))
        for number, (label, least) in enumerate(AGES)
    ]
    not_known = len(found) - len(waited)
    return [*counted, ("not known", not_known)] if not_known else counted


def _named(each: Found) -> list[str]:
    since = each.since.isoformat() if each.since else ""
    return [each.record._meta.label_lower, str(each.key), each.named, since]


def agenda_now() -> list[Entry]:
    return entries(now())
