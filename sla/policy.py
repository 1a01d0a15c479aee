"""Deadlines, written beneath the verbs they time.

A deadline attaches itself to the transitions it names. Nothing pauses one, nothing resets one, and a due time only
ever moves nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from access.guarded import Guarded
from access.roles import Role
from accounts.models import Team, User
from sla.calendar import local, working_days_after
from sla.lengths import Length
from sla.models import Clock
from workflow.transitions import Transition


@dataclass(frozen=True)
class Level:
    """When this share of the time has gone (1.0 = the deadline), tell this role.

    `if_no_child`: the role told instead where it is known that no child is concerned.
    """

    at: float
    tell: Role
    if_no_child: Role | None = None

    @property
    def percent(self) -> int:
        return round(self.at * 100)

    def told(self, clock: Clock) -> Role:
        return self.if_no_child if self.if_no_child and clock.no_child else self.tell


@dataclass(frozen=True)
class Ladder:
    """Levels by share of the time gone."""

    levels: Sequence[Level]

    def moment(self, clock: Clock, level: int) -> datetime | None:
        """When level number `level` (from 0) is reached; None past the top."""
        if level >= len(self.levels):
            return None
        return clock.started_at + (clock.due_at - clock.started_at) * self.levels[level].at

    def role(self, clock: Clock, level: int) -> Role:
        return self.levels[level].told(clock)

    def percent(self, clock: Clock, level: int) -> int | None:
        return self.levels[level].percent

    def said(self, level: int) -> str:
        percent = self.levels[level].percent
        return GONE.get(percent, f"{percent}% of the time has gone")

    def described(self) -> list[tuple[str, Role, Role | None]]:
        return [(f"{level.percent}%", level.tell, level.if_no_child) for level in self.levels]

    def level_at(self, share: float) -> int | None:
        return next((n for n, level in enumerate(self.levels) if level.at >= share), None)

    def first_share(self) -> float:
        return self.levels[0].at

    def roles(self) -> set[Role]:
        return {role for level in self.levels for role in (level.tell, level.if_no_child) if role}


@dataclass(frozen=True)
class EachTime:
    """A repeating duty: due, and then due again after each `every` of the clock. The nth time left undone tells the
    nth role; the last role goes on being told."""

    tell: Sequence[Role]

    def moment(self, clock: Clock, level: int) -> datetime | None:
        return clock.due_at + (clock.every or timedelta(0)) * level if clock.every or not level else None

    def role(self, clock: Clock, level: int) -> Role:
        return self.tell[min(level, len(self.tell) - 1)]

    def percent(self, clock: Clock, level: int) -> int | None:
        return None

    def said(self, level: int) -> str:
        return f"not done, {ordinal(level + 1)} time"

    def said_of(self, first: int, last: int) -> str:
        """Of all the times from the first to the last, together."""
        return self.said(last) if first == last else f"not done, {ordinal(first + 1)} to {ordinal(last + 1)} time"

    def described(self) -> list[tuple[str, Role, Role | None]]:
        return [(f"not done {n} time{'' if n == 1 else 's'}", role, None) for n, role in enumerate(self.tell, 1)]

    def level_at(self, share: float) -> int | None:
        return 0

    def first_share(self) -> float:
        return 1

    def roles(self) -> set[Role]:
        return set(self.tell)


@dataclass(frozen=True)
class At:
    """At this moment of a clock, tell this role. `says` names the moment: "the evening before".

    `is_due`: this is the level at which the deadline itself has passed.
    """

    when: Callable[[Clock], datetime]
    says: str
    tell: Role
    if_no_child: Role | None = None
    is_due: bool = False


@dataclass(frozen=True)
class Moments:
    """Levels at moments of their own, in order: half past six on the morning it is due, the third working day."""

    levels: Sequence[At]

    def moment(self, clock: Clock, level: int) -> datetime | None:
        """When level number `level` is reached: never before the clock began, never before the level below it."""
        if level >= len(self.levels):
            return None
        return max([clock.started_at, *(each.when(clock) for each in self.levels[: level + 1])])

    def role(self, clock: Clock, level: int) -> Role:
        each = self.levels[level]
        return each.if_no_child if each.if_no_child and clock.no_child else each.tell

    def percent(self, clock: Clock, level: int) -> int | None:
        """How much of the time had gone, rounded down, so that 100 is never said before the time."""
        whole, moment = clock.due_at - clock.started_at, self.moment(clock, level)
        if moment is None or not whole:
            return 100
        return min(int((moment - clock.started_at) / whole * 100), 30_000)

    def said(self, level: int) -> str:
        return self.levels[level].says

    def described(self) -> list[tuple[str, Role, Role | None]]:
        return [(each.says, each.tell, each.if_no_child) for each in self.levels]

    def level_at(self, share: float) -> int | None:
        """Nothing may follow one of these at another share than when it is due."""
        return next((n for n, each in enumerate(self.levels) if each.is_due), None) if share == 1 else None

    def first_share(self) -> float:
        return 1

    def roles(self) -> set[Role]:
        return {role for each in self.levels for role in (each.tell, each.if_no_child) if role}


def when_due(clock: Clock) -> datetime:
    return clock.due_at


def working_day(number: int) -> Callable[[Clock], datetime]:
    """So many working days after the clock began."""
    return lambda clock: working_days_after(clock.started_at, number)


def by_the_clock(at: time, *, days_before: int = 0) -> Callable[[Clock], datetime]:
    """This local time on the day it is due, or so many days before it."""
    return lambda clock: local(timezone.localdate(clock.due_at) - timedelta(days=days_before), at)


GONE = {
    0: "told at once",
    50: "half the time has gone",
    75: "three quarters of the time have gone",
    100: "the time has gone",
    150: "late by half as long again",
    200: "late by as long again",
}


def ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}" + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _itself(record: Any) -> Any:
    return record


@dataclass(frozen=True)
class On:
    """A transition of another app, and how to find our own record from the one it was about (None = not ours)."""

    transition: Transition[Any, Any]
    of: Callable[[Any], Guarded | None] = _itself


Verb = Transition[Any, Any] | On


@dataclass(eq=False)
class Deadline:
    """A promise with a length and a ladder of people who are told as it runs out.

    code         how people name it (P2, K4)
    promise      what is to be done by then, in words
    starts       transitions that start it; starting again while it runs changes nothing
    applies      whether it applies to this record
    counts_from  the first moment the organisation knew, never import, allocation or first opening
    length       the length for this record
    besides      lengths that decide whether it runs at all, such as within how long a second call is one about the same
    until        a moment that the record names; it is due then, and never later than the length, if any, allows
    after        begins when one of these deadlines is missed, and falls due again each Length
    late_by      with `after`: how late the other must be first (1.0 = missed, 1.5 = late by half as long again)
    first        with `after`: how long after that it first falls due (None = at once)
    stops        transitions that fulfil it
    restarts     transitions that fulfil it for now: it falls due again after its own `every`
    pulled_in_by transitions that may bring it nearer
    owner        whose work it is, where it is one person's: a level that tells their post tells them alone
    never_tells  keys of people who must not decide on it, such as its author: whoever else answers is told.
                 One that begins `after` another has nobody whom it never tells
    """

    code: str
    promise: str
    model: type[Guarded]
    stops: Sequence[Verb]
    ladder: Ladder | EachTime | Moments
    starts: Sequence[Verb] = ()
    counts_from: Callable[[Any], datetime] | None = None
    length: Callable[[Any], Length] | None = None
    lengths: Sequence[Length] = ()
    besides: Sequence[Length] = ()
    until: Callable[[Any], datetime] | None = None
    after: Mapping[Deadline, Length] = field(default_factory=dict)
    late_by: float = 1.0
    first: Length | None = None
    applies: Callable[[Any], bool] = lambda record: True
    restarts: Sequence[Verb] = ()
    pulled_in_by: Sequence[Verb] = ()
    team: Callable[[Any], Team | None] = lambda record: record.team
    owner: Callable[[Any], User | None] = lambda record: None
    never_tells: Callable[[Any], Collection[int]] = lambda record: ()
    no_child: Callable[[Any], bool] = lambda record: False
    publishes: str = ""

    def __post_init__(self) -> None:
        if DEADLINES.setdefault(self.code, self) is not self:
            raise ValueError(f"two deadlines are called {self.code}")
        if self.after and self.ladder.first_share() not in (0, 1):
            raise ValueError(f"{self.code} follows another deadline: its first level is at once or at its due time")
        from sla import attach  # it reads this module

        attach.attach(self)

    def __repr__(self) -> str:
        return f"<deadline {self.code}>"

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower

    def all_lengths(self) -> list[Length]:
        return [*self.lengths, *self.besides, *([self.first] if self.first else []), *self.after.values()]

    def followers(self, level: int) -> list[tuple[Deadline, Length]]:
        """Deadlines that begin when this level (from 0) of this one is reached."""
        others = [other for other in DEADLINES.values() if self in other.after]
        return [(other, other.after[self]) for other in others if self.level_at(other.late_by) == level]

    def missed_level(self) -> int | None:
        """The number of the level that says the deadline itself has passed."""
        return self.level_at(1.0)

    def level_at(self, share: float) -> int | None:
        """The number of the first level at this share of the time or later; None = there is none."""
        return self.ladder.level_at(share)


DEADLINES: dict[str, Deadline] = {}
"""Every deadline of the system by code."""
