"""Lengths of time and other numbers: named, with the authority they rest on, and dated where a force may choose its
own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from access.actor import Actor, NotYours, signed
from access.roles import Can
from govuk.times import hours
from sla.calendar import working_days_after
from sla.models import Setting


class Basis(StrEnum):
    LAW = "law"  # the length is fixed
    GUIDANCE = "guidance"
    LOCAL = "local"  # a force sets it, and every change of it is kept


class FixedByLaw(ValueError):
    """A length that an Act fixes cannot be changed by a force."""


class NotALength(ValueError):
    """No length has that name, or the value is not a length of time."""


class NotANumber(ValueError):
    """No number has that name, or the value is none that it can have."""


@dataclass(frozen=True)
class Length:
    """One length of time. `source` is shown beside it; a default nobody has prescribed says that it is one.

    `working_days`: its days are working days (whole days only).
    """

    name: str
    default: timedelta
    basis: Basis
    source: str
    is_our_default: bool = False
    working_days: bool = False

    def __post_init__(self) -> None:
        if LENGTHS.setdefault(self.name, self) is not self:
            raise ValueError(f"two lengths are called {self.name}")

    def in_force(self, at: datetime) -> tuple[timedelta, Setting | None]:
        """The length that applies at a moment, and the force's own setting it comes from, if any."""
        setting = None if self.basis is Basis.LAW else Setting.in_force(self.name, at)
        return (setting.length, setting) if setting and setting.length else (self.default, None)

    def due(self, began: datetime, at: datetime) -> tuple[datetime, Setting | None]:
        """When something that began then is due, by the length in force at a moment. In UTC: adding hours to a local
        time gives a different hour over the nights the clocks change."""
        length, setting = self.in_force(at)
        if self.working_days:
            return working_days_after(began, length.days).astimezone(UTC), setting
        return began.astimezone(UTC) + length, setting

    def in_words(self, length: timedelta) -> str:
        if not self.working_days:
            return hours(length)
        return f"{length.days} working day{'' if length.days == 1 else 's'}"


LENGTHS: dict[str, Length] = {}


@dataclass(frozen=True)
class Number:
    """A number that decides something, such as how many notices in three months ask for a meeting."""

    name: str
    default: int
    basis: Basis
    source: str
    is_our_default: bool = False

    def __post_init__(self) -> None:
        if NUMBERS.setdefault(self.name, self) is not self:
            raise ValueError(f"two numbers are called {self.name}")

    def in_force(self, at: datetime) -> tuple[int, Setting | None]:
        """The number that applies at a moment, and the force's own setting it comes from, if any."""
        setting = None if self.basis is Basis.LAW else Setting.in_force(self.name, at)
        return (setting.number, setting) if setting and setting.number is not None else (self.default, None)


NUMBERS: dict[str, Number] = {}


def set_length(name: str, *, by: Actor, length: timedelta, starts: datetime, because: str) -> Setting:
    """A force chooses its own length, from a moment on. Running clocks keep theirs.

    Raises NotYours, NotALength, FixedByLaw.
    """
    if not by.can(Can.SET_LENGTHS):
        raise NotYours(f"You may not {Can.SET_LENGTHS.label}.")
    if name not in LENGTHS:
        raise NotALength(f"There is no length called {name}.")
    if LENGTHS[name].basis is Basis.LAW:
        raise FixedByLaw(f"{name} is fixed by law.")
    if length <= timedelta(0) or not because.strip():
        raise NotALength("Give a length of time above zero and the reason for it.")
    if LENGTHS[name].working_days and length % timedelta(days=1):
        raise NotALength(f"{name} is in whole working days.")
    with signed(by):
        return Setting.objects.create(name=name, length=length, starts=starts, because=because, by_id=by.pk)


def set_number(name: str, *, by: Actor, number: int, starts: datetime, because: str) -> Setting:
    """A force chooses its own number, from a moment on.

    Raises NotYours, NotANumber, FixedByLaw.
    """
    if not by.can(Can.SET_LENGTHS):
        raise NotYours(f"You may not {Can.SET_LENGTHS.label}.")
    if name not in NUMBERS:
        raise NotANumber(f"There is no number called {name}.")
    if NUMBERS[name].basis is Basis.LAW:
        raise FixedByLaw(f"{name} is fixed by law.")
    if number < 1 or not because.strip():
        raise NotANumber("Give a number from one upwards and the reason for it.")
    with signed(by):
        return Setting.objects.create(name=name, number=number, starts=starts, because=because, by_id=by.pk)
