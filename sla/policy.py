"""Deadlines, written beneath the verbs they time.

A deadline attaches itself to the transitions it names. Nothing pauses one, nothing resets one, and a due time only
ever moves nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from access.guarded import Guarded
from access.roles import Role
from accounts.models import Team
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

    def percent(self, level: int) -> int | None:
        return self.levels[level].percent

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

    def percent(self, level: int) -> int | None:
        return None

    def first_share(self) -> float:
        return 1

    def roles(self) -> set[Role]:
        return set(self.tell)


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
    until        a moment that somebody named on the record; it is due then, and never later than the length allows
    after        begins when one of these deadlines is missed, and falls due again each Length
    late_by      with `after`: how late the other must be first (1.0 = missed, 1.5 = late by half as long again)
    first        with `after`: how long after that it first falls due (None = at once)
    stops        transitions that fulfil it
    restarts     transitions that fulfil it for now: it falls due again after its own `every`
    pulled_in_by transitions that may bring it nearer
    """

    code: str
    promise: str
    model: type[Guarded]
    stops: Sequence[Verb]
    ladder: Ladder | EachTime
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
        if isinstance(self.ladder, EachTime):
            return 0
        return next((n for n, level in enumerate(self.ladder.levels) if level.at >= share), None)


DEADLINES: dict[str, Deadline] = {}
"""Every deadline of the system by code."""
