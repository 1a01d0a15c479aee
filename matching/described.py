"""What is written of one person, wherever it was written: on a notice, on a record, in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from matching.homes import Place, place
from matching.names import FullName, readings
from matching.numbers import email, nhs_number, phone, reference


@dataclass(frozen=True)
class Written:
    """One name of somebody as it was written: the main one, or another they go by."""

    given: str
    family: str


@dataclass(frozen=True)
class Home:
    """An address of somebody as it was written."""

    address: str
    postcode: str


@dataclass(frozen=True)
class Described:
    """Everything that helps to tell who somebody is. All of it may be empty: not known is no evidence."""

    names: Sequence[Written] = ()
    born_on: date | None = None
    born_about: tuple[date, date] | None = None
    """The earliest and latest date of birth, where the age is an estimate."""
    sex: str = ""
    addresses: Sequence[Home] = ()
    phones: Sequence[str] = ()
    emails: Sequence[str] = ()
    nhs_number: str = ""
    references: Sequence[str] = ()
    """Numbers of other systems that stand for one person, such as a social care or a pupil number."""

    # The same as it is compared, worked out once for each person and not once for each comparison.

    @cached_property
    def full_names(self) -> tuple[FullName, ...]:
        return tuple(dict.fromkeys(read for name in self.names for read in readings(name.given, name.family)))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        read = (place(home.address, home.postcode) for home in self.addresses)
        return tuple(dict.fromkeys(each for each in read if each.letters or each.postcode))

    @cached_property
    def telephone_numbers(self) -> frozenset[str]:
        return frozenset(filter(None, map(phone, self.phones)))

    @cached_property
    def email_addresses(self) -> frozenset[str]:
        return frozenset(filter(None, map(email, self.emails)))

    @cached_property
    def other_numbers(self) -> frozenset[str]:
        return frozenset(filter(None, map(reference, self.references)))

    @cached_property
    def valid_nhs_number(self) -> str:
        return nhs_number(self.nhs_number)
