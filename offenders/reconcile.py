"""Comparing a list with what we say, row by row. Nothing is read or written here: what the list says and what we say
come in, and what has to be done about it comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matching.names import fold
from offenders.codes import TaskKind


@dataclass(frozen=True)
class Listed:
    """One row of a list. `on`: released, moves or departs on that day."""

    line: int
    name: str
    born_on: date | None
    ref: str
    on: date
    said: dict[str, str] = field(default_factory=dict)

    @property
    def who(self) -> str:
        born = f", born {self.born_on:%-d %B %Y}" if self.born_on else ""
        return f"{self.name}{born}{f', {self.ref}' if self.ref else ''}"


@dataclass(frozen=True)
class OurSpell:
    """Time in custody, hospital or abroad. `ended_on`: empty = it goes on."""

    where: str
    ends_on: date | None
    ended_on: date | None


@dataclass(frozen=True)
class OurTravel:
    reference: str
    departs_on: date
    countries: str


@dataclass(frozen=True)
class Ours:
    """Somebody we manage, or did."""

    key: Any
    reference: str
    ref: str
    name: str
    born_on: date | None
    is_ours: bool
    state: str
    spells: Sequence[OurSpell] = ()
    travels: Sequence[OurTravel] = ()


@dataclass(frozen=True)
class OurTransfer:
    """A transfer to us that we know of."""

    reference: str
    ref: str
    name: str
    moves_on: date | None
    state: str
    is_refused: bool


@dataclass(frozen=True)
class Difference:
    """What the list and we do not agree on. `key`: of ours, where it is somebody of ours."""

    kind: TaskKind
    what: str
    key: Any = None
    happens_on: date | None = None


class Books:
    """Everybody we manage or did, found by reference, else by name and date of birth."""

    def __init__(self, people: Iterable[Ours]) -> None:
        self.by_ref: dict[str, list[Ours]] = {}
        self.by_name: dict[tuple[str, date], list[Ours]] = {}
        for each in people:
            if each.ref:
                self.by_ref.setdefault(as_ref(each.ref), []).append(each)
            if each.born_on:
                self.by_name.setdefault((fold(each.name), each.born_on), []).append(each)

    def find(self, row: Listed) -> list[Ours]:
        by_ref = self.by_ref.get(as_ref(row.ref), []) if row.ref else []
        return by_ref or (self.by_name.get((fold(row.name), row.born_on), []) if row.born_on else [])


def as_ref(ref: str) -> str:
    """A reference however it is spelt: "VISOR 00123-4" is "visor001234"."""
    return "".join(each for each in ref.casefold() if each.isalnum())


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "no day"


def release(row: Listed, books: Books, today: date) -> Difference | None:
    """A release from custody against the time in custody that we have recorded."""
    says = (
        f"The list says: {row.who} is released on {_day(row.on)} from {row.said.get('prison') or 'a place not said'}."
    )
    ours = _one(row, books, says)
    if isinstance(ours, Difference):
        return ours
    going_on = next((each for each in ours.spells if each.ended_on is None), None)
    if going_on is None:
        if any(each.ended_on == row.on for each in ours.spells):
            return None
        last = max((each.ended_on for each in ours.spells if each.ended_on), default=None)
        our_word = f"out since {_day(last)}" if last else "not in custody"
        return Difference(TaskKind.DIFFERENCE, f"{says} We say: {ours.reference} is {our_word}.", ours.key)
    expected = f"release expected on {_day(going_on.ends_on)}" if going_on.ends_on else "no day of release known"
    said = f"{says} We say: {ours.reference} is in {going_on.where or 'custody'}, {expected}."
    if row.on < today:
        return Difference(TaskKind.RELEASE, f"{said} They may be out already.", ours.key, row.on)
    if going_on.ends_on == row.on:
        return None
    soonest = min(row.on, going_on.ends_on) if going_on.ends_on else row.on
    return Difference(TaskKind.DIFFERENCE, said, ours.key, max(soonest, today))


def transfer_in(row: Listed, books: Books, transfers: Sequence[OurTransfer]) -> Difference | None:
    """Somebody who moves to us against the requests that we have, and whom we manage."""
    force = row.said.get("force") or "another force"
    says = f"The list says: {row.who} moves to us from {force} on {_day(row.on)}."
    same = [each for each in transfers if _same_transfer(each, row)]
    open_or_done = next((each for each in same if not each.is_refused), None)
    people = books.find(row)
    key = people[0].key if len(people) == 1 else None
    if open_or_done is not None:
        if open_or_done.moves_on in (None, row.on):
            return None
        said = f"{says} {open_or_done.reference} says {_day(open_or_done.moves_on)}."
        return Difference(TaskKind.DIFFERENCE, said, key, row.on)
    if any(each.is_ours for each in people):
        return None
    refused = f" {same[0].reference} says: {same[0].state}." if same else " We have no request."
    return Difference(TaskKind.TRANSFER_IN, f"{says}{refused}", key, row.on)


def travel(row: Listed, books: Books, today: date) -> Difference | None:
    """A travel notice against those that we have."""
    countries = row.said.get("countries") or "not known"
    says = f"The list says: {row.who} leaves the country on {_day(row.on)} for {countries}."
    ours = _one(row, books, says)
    if isinstance(ours, Difference):
        return ours
    same_day = [each for each in ours.travels if each.departs_on == row.on]
    if any(_same_places(each.countries, countries) for each in same_day):
        return None
    if same_day:
        said = f"{says} We say: {same_day[0].reference}, to {same_day[0].countries}."
        return Difference(TaskKind.DIFFERENCE, said, ours.key, row.on)
    others = [each for each in ours.travels if each.departs_on >= today]
    our_word = "; ".join(f"{each.reference} on {_day(each.departs_on)} to {each.countries}" for each in others)
    said = f"{says} We say: {our_word or f'{ours.reference} has given no notice of it'}."
    return Difference(TaskKind.TRAVEL_OUT, said, ours.key, row.on)


def _one(row: Listed, books: Books, says: str) -> Ours | Difference:
    """The one person it is about, if there is one, and we manage them, and the name fits."""
    found = books.find(row)
    if not found:
        return Difference(
            TaskKind.DIFFERENCE,
            f"{says} We say: nobody of that reference, or of that name and date of birth, is on our books.",
            happens_on=row.on,
        )
    if len(found) > 1:
        several = " and ".join(each.reference for each in found)
        return Difference(TaskKind.DIFFERENCE, f"{says} We say: it may be {several}.", happens_on=row.on)
    ours = found[0]
    if not ours.is_ours:
        return Difference(TaskKind.DIFFERENCE, f"{says} We say: {ours.reference}, {ours.state}.", ours.key, row.on)
    if fold(ours.name) != fold(row.name):
        said = f"{says} We say: the reference is that of {ours.name}, {ours.reference}."
        return Difference(TaskKind.DIFFERENCE, said, ours.key, row.on)
    return ours


def _same_transfer(ours: OurTransfer, row: Listed) -> bool:
    if ours.ref and row.ref:
        return as_ref(ours.ref) == as_ref(row.ref)
    return fold(ours.name) == fold(row.name)


def _same_places(ours: str, theirs: str) -> bool:
    def places(text: str) -> set[str]:
        return {fold(each) for each in text.replace(";", ",").replace(" and ", ",").split(",") if each.strip()}

    return places(ours) == places(theirs)
