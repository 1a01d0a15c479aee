"""Lengths of time: named, with the authority they rest on, and dated where a force may choose its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from access.actor import Actor, NotYours, signed
from access.roles import Can
from sla.models import Setting


class Basis(StrEnum):
    LAW = "law"  # the length is fixed
    GUIDANCE = "guidance"
    LOCAL = "local"  # a force sets it, and every change of it is kept


class FixedByLaw(ValueError):
    """A length that an Act fixes cannot be changed by a force."""


class NotALength(ValueError):
    """No length has that name, or the value is not a length of time."""


@dataclass(frozen=True)
class Length:
    """One length of time. `source` is shown beside it; a default nobody has prescribed says that it is one."""

    name: str
    default: timedelta
    basis: Basis
    source: str
    is_our_default: bool = False

    def __post_init__(self) -> None:
        if LENGTHS.setdefault(self.name, self) is not self:
            raise ValueError(f"two lengths are called {self.name}")

    def in_force(self, at: datetime) -> tuple[timedelta, Setting | None]:
        """The length that applies at a moment, and the force's own setting it comes from, if any."""
        setting = None if self.basis is Basis.LAW else Setting.in_force(self.name, at)
        return (setting.length, setting) if setting else (self.default, None)


LENGTHS: dict[str, Length] = {}


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
    with signed(by):
        return Setting.objects.create(name=name, length=length, starts=starts, because=because, by_id=by.pk)
