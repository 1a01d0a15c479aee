"""What the search and the matching know of a person: written with the person, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import Q

from access.actor import System, acting
from cases.models import Alias, Case, Known, Person, Phone, Reference, Residence
from cases.models.keys import MatchKeys
from cases.models.person import Sex
from matching.described import Described, Home, Written
from matching.keys import keys
from search.index import Entry, put

PERSON = "cases.person"
INDEX = System("index of people")


def index(people: Iterable[Person]) -> dict[UUID, Described]:
    """Find these people from now on by everything that is known of them now. Gives what that is.

    Whoever writes: by all of it, and not only by what that person may see. But never by what a restricted case taught,
    or finding somebody by their address would say that they live there.
    """
    known = {person.pk: person for person in people}
    with acting(INDEX):
        facts = Facts.about(known, but_not_restricted=True)
    said = {
        key: facts.of(
            key, person.given_names, person.family_name, person.born_from, person.born_to, person.sex, person.nhs_number
        )
        for key, person in known.items()
    }
    put([_entry(person, said[key]) for key, person in known.items()])
    MatchKeys.objects.bulk_create(
        [MatchKeys(person_id=key, keys=numbers(said[key])) for key in known],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["keys"],
    )
    return said


def described(people: Collection[UUID]) -> dict[UUID, Described]:
    """What is written of each of these people that the acting person may see. Five statements, however many people."""
    if not people:
        return {}
    facts = Facts.about(people)
    rows = Person.objects.filter(pk__in=list(people)).figures()
    themselves = ("pk", "given_names", "family_name", "born_from", "born_to", "sex", "nhs_number")
    return {row[0]: facts.of(*row) for row in rows.values_list(*themselves)}


@dataclass(frozen=True)
class Facts:
    """What is written of people beside their own record: other names, homes, telephones, numbers elsewhere."""

    names: Mapping[UUID, list[Written]]
    homes: Mapping[UUID, list[Home]]
    phones: Mapping[UUID, list[str]]
    references: Mapping[UUID, list[str]]

    @classmethod
    def about(cls, people: Collection[UUID], *, but_not_restricted: bool = False) -> Facts:
        which = Q(person__in=list(people), withdrawn_at=None)
        if but_not_restricted:
            which &= Q(case=None) | Q(case__restricted=False)
        return cls(
            _grouped(_rows(Alias, which, "given_names", "family_name"), Written),
            _grouped(_rows(Residence, which, "address__text", "address__postcode"), Home),
            _grouped(_rows(Phone, which, "number"), str),
            _grouped(_rows(Reference, which, "number"), str),
        )

    def of(
        self, key: UUID, given: str, family: str, first: date | None, last: date | None, sex: str, nhs_number: str
    ) -> Described:
        return Described(
            names=(Written(given, family), *self.names.get(key, [])),
            born_on=first if first == last else None,
            born_about=(first, last) if first and last and first != last else None,
            sex="" if sex == Sex.NOT_KNOWN else sex,
            addresses=tuple(self.homes.get(key, [])),
            phones=tuple(self.phones.get(key, [])),
            nhs_number=nhs_number,
            references=tuple(self.references.get(key, [])),
        )


def _grouped(rows: Iterable[tuple[Any, ...]], kind: Callable[..., Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for person, *values in rows:
        found.setdefault(person, []).append(kind(*values))
    return found


def _rows(model: type[Known], which: Q, *fields: str) -> Iterable[tuple[Any, ...]]:
    return model.objects.filter(which).figures().values_list("person", *fields)


def numbers(said: Described) -> list[int]:
    """The match keys as numbers: a third of the room, and nothing to read in a copy of the table."""
    return sorted(
        int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True) for key in keys(said)
    )


def index_again_after_restricting(case: Case) -> None:
    """Nobody is found any more by what this case taught."""
    with acting(INDEX):
        taught: set[UUID] = set()
        for model in (Alias, Residence, Phone, Reference):
            taught |= set(model.objects.filter(case=case).figures().values_list("person", flat=True))
        index(Person.objects.filter(pk__in=taught))


def _entry(person: Person, said: Described) -> Entry:
    return Entry(
        key=person.pk,
        kind=PERSON,
        names=[(name.given, name.family) for name in said.names],
        born_from=person.born_from,
        born_to=person.born_to,
        homes=[(home.address, home.postcode) for home in said.addresses],
        phones=list(said.phones),
        references=[person.reference, *([person.nhs_number] if person.nhs_number else []), *said.references],
    )
