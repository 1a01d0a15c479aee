"""Putting what is known on record: a person, a home, a link. Called inside the transition that learned of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from access.actor import System, acting
from access.time import now
from access.time import today as local_day
from accounts.models import User
from cases.models import (
    Address,
    Alias,
    Case,
    Flag,
    Involvement,
    Person,
    Phone,
    ProtectedAddress,
    Reference,
    Relationship,
    Residence,
    Sighting,
    next_references,
)
from cases.models.person import Ethnicity, Sex, age
from cases.places import address_of, key_of, known_address, names_a_place, read
from govuk.fields import YesNoNotKnown as Answer
from matching.names import fold
from matching.numbers import phone
from places.models import School
from workflow.transitions import NotNow

MUTUAL = {
    Relationship.Kind.SIBLING.value,
    Relationship.Kind.PARTNER.value,
    Relationship.Kind.FORMER_PARTNER.value,
    Relationship.Kind.FRIEND.value,
    Relationship.Kind.OTHER_FAMILY.value,
}
RECORDS = System("what is on record already")
NOT_RESTRICTED = Q(case=None) | Q(case__restricted=False)
"""What only the people of a restricted case know is written again for everybody else who learns it."""


@dataclass(frozen=True)
class Source:
    """How we know, who or what says so, and in whose case it was learned."""

    how: str
    says: str
    by: User | None = None
    case: Case | None = None

    def told_to(self, by: User) -> Source:
        """The same, recorded by this person."""
        return replace(self, by=by)

    def facts(self) -> dict[str, Any]:
        return {
            "how": self.how,
            "source": self.says,
            "case": self.case,
            "recorded_by": self.by,
            "recorded_at": now(),
        }


@dataclass(frozen=True)
class Details:
    """What is known of a person themselves. `age` in whole years where no date of birth is known."""

    given_names: str = ""
    family_name: str = ""
    born_on: date | None = None
    age: int | None = None
    said_to_be_child: str = Answer.NOT_KNOWN.value
    sex: str = Sex.NOT_KNOWN.value
    ethnicity: str = Ethnicity.NOT_STATED.value
    language: str = ""
    needs_interpreter: str = Answer.NOT_KNOWN.value
    nhs_number: str = ""
    consistent_identifier: str = ""
    school: School | None = None
    gp_practice: str = ""

    def born_between(self, today: date) -> tuple[date | None, date | None]:
        """The earliest and the latest date of birth this leaves open."""
        if self.born_on:
            return self.born_on, self.born_on
        if self.age is None:
            return None, None
        return years_before(today, self.age + 1) + timedelta(days=1), years_before(today, self.age)


@dataclass(frozen=True)
class Home:
    """Where somebody lives, as it was written, and since when."""

    address: str
    postcode: str = ""
    starts: date | None = None
    ends: date | None = None
    uprn: str = ""


def years_before(day: date, years: int) -> date:
    """The same day, so many years earlier."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def split_name(name: str) -> tuple[str, str]:
    """Given names and family name of a name written on one line: the last word is the family's."""
    *given, family = name.split() or [""]
    return (" ".join(given), family) if given else (family, "")


def fill_in(person: Person, details: Details) -> None:
    """Everything a record says of the person themselves."""
    for name in ("given_names", "family_name", "said_to_be_child", "sex", "ethnicity", "language"):
        setattr(person, name, getattr(details, name))
    for name in ("needs_interpreter", "nhs_number", "consistent_identifier", "school", "gp_practice"):
        setattr(person, name, getattr(details, name))
    today = local_day()
    same_age = person.born_to is not None and not person.born_on and details.age == age(person.born_to, today)
    if not same_age or details.born_on:
        person.born_from, person.born_to = details.born_between(today)


def must_be_somebody(details: Details) -> None:
    """Who is put on record has a name, and has been born."""
    if not (details.given_names.strip() or details.family_name.strip()):
        raise NotNow("Give a name. Where nobody knows it, write “not known”.")
    if details.born_on and details.born_on > local_day():
        raise NotNow("The date of birth is still to come: check the year.")


def must_begin_before_it_ends(starts: date | None, ends: date | None) -> None:
    if starts and ends and ends < starts:
        raise NotNow("It cannot have ended before it began.")


def new_people(found: Sequence[Details], *, learned_in: Case | None = None) -> list[Person]:
    """New records for people whom nobody has met, and the case in which we learned of them."""
    people = []
    for details, reference in zip(found, next_references("PER", len(found)), strict=True):
        person = Person(reference=reference, state=Person.State.ON_RECORD, recorded_at=now(), learned_in=learned_in)
        person.same_as = person
        fill_in(person, details)
        people.append(person)
    return Person.objects.bulk_create(people)


def involve(parts: Iterable[tuple[Person, str]], record: Any, source: Source) -> None:
    """These people are part of a record: a notice, an incident."""
    with acting(RECORDS):
        there = Involvement.objects.filter(record=record.pk, withdrawn_at=None).figures()
        known = set(there.values_list("person__same_as", "part"))
    Involvement.objects.bulk_create(
        [
            Involvement(
                person=person,
                part=part,
                kind=record._meta.label_lower,
                record=record.pk,
                reference=record.reference,
                **source.facts(),
            )
            for person, part in parts
            if (person.same_as_id, part) not in known
        ]
    )


def lives_at(person: Person, home: Home, source: Source) -> Residence | None:
    """The person lives there; None where nothing was written."""
    return live_at([(person, home)], source)[0]


def live_at(homes: Sequence[tuple[Person, Home]], source: Source) -> list[Residence | None]:
    """These people live there. What is known already is not written twice. Where nobody may find them is not written at
    all, whichever record names it."""
    protected = _protected([person for person, _ in homes])
    homes = [
        (person, Home("") if _key(home) in protected.get(person.same_as_id, ()) else home) for person, home in homes
    ]
    written = {home: address_of(home.address, home.postcode, uprn=home.uprn) for _, home in homes}
    known = _known_homes([person for person, _ in homes], [each for each in written.values() if each], source)
    facts = source.facts()
    lived: list[Residence | None] = []
    new: list[Residence] = []
    for person, home in homes:
        address = written[home]
        there = known.get((person.same_as_id, address.pk)) if address else None
        if there and home.ends is None and home.starts in (None, there.starts):
            lived.append(there)
        elif address:
            new.append(Residence(person=person, address=address, starts=home.starts, ends=home.ends, **facts))
            lived.append(new[-1])
        else:
            lived.append(None)
    Residence.objects.bulk_create(new)
    return lived


def is_a_home_of(person: Person, address: str) -> bool:
    """Whether everybody may know that they live there."""
    with acting(RECORDS):
        place = known_address(address)
        homes = Residence.objects.filter(person__same_as=person.same_as_id, address=place, ends=None, withdrawn_at=None)
        return place is not None and homes.figures().exists()


def is_protected_for(person: Person, home: Home) -> bool:
    """Whether it is where nobody may find them."""
    return _key(home) in _protected([person]).get(person.same_as_id, ())


def _protected(people: Sequence[Person]) -> dict[UUID, set[str]]:
    """Keys of the protected addresses of each of these people (by `same_as`)."""
    found: dict[UUID, set[str]] = {}
    with acting(RECORDS):
        places = ProtectedAddress.objects.filter(ended_at=None).select_related("person")
        for place in places.filter(person__same_as__in=[person.same_as_id for person in people]):
            found.setdefault(place.person.same_as_id, set()).add(_key(Home(place.address)))
    return found


def must_place_nobody(said: str, address: Address | None = None) -> None:
    """What is written for everybody to read names no protected address; and where it is written about one, not who
    lives there."""
    with acting(RECORDS):
        places = ProtectedAddress.objects.filter(ended_at=None).figures()
        known = list(places.values_list("address", "person__given_names", "person__family_name"))
    words = set(fold(said).split())
    for place, *names in known:
        here = address is not None and _key(Home(place)) == address.key
        if names_a_place(said, place) or (here and words & set(fold(" ".join(names)).split())):
            raise NotNow("This says where somebody lives whom nobody may find. Leave it out, or ask the MASH.")


def _key(home: Home) -> str:
    return key_of(*read(home.address, home.postcode))


def _known_homes(
    people: Sequence[Person], addresses: Sequence[Address], source: Source
) -> dict[tuple[UUID, UUID], Residence]:
    """By person and address, where they live now by the same source, as far as everybody may know."""
    with acting(RECORDS):
        now_at = Residence.objects.filter(NOT_RESTRICTED, address__in=addresses, ends=None, withdrawn_at=None)
        now_at = now_at.filter(source=source.says)
        known = now_at.filter(person__same_as__in=[person.same_as_id for person in people]).select_related("person")
        return {(home.person.same_as_id, home.address_id): home for home in known}


def related(person: Person, kind: str, other: Person, source: Source, *, starts: date | None = None) -> None:
    """One person is something to another."""
    relate([(person, kind, other)], source, starts=starts)


def relate(links: Sequence[tuple[Person, str, Person]], source: Source, *, starts: date | None = None) -> None:
    """These people are something to each other. What is known already by this source is not written twice, from
    whichever side it is said."""
    people = {each.same_as_id for person, _, other in links for each in (person, other)}
    with acting(RECORDS):
        between = Relationship.objects.filter(NOT_RESTRICTED, ends=None, withdrawn_at=None, source=source.says)
        between = between.filter(starts=starts) if starts else between
        keys = between.filter(person__same_as__in=people).figures()
        known = set(keys.values_list("person__same_as", "kind", "other__same_as")) if links else set()
    known |= {(other, kind, person) for person, kind, other in known if kind in MUTUAL}
    Relationship.objects.bulk_create(
        [
            Relationship(person=person, kind=kind, other=other, starts=starts, **source.facts())
            for person, kind, other in links
            if (person.same_as_id, kind, other.same_as_id) not in known
        ]
    )


def seen(
    person: Person, at: datetime, source: Source, *, company: Person | None, place: Home | None, note: str
) -> Sighting:
    """The person was seen: with somebody, at an address, or both."""
    address = address_of(place.address, place.postcode) if place else None
    return Sighting.objects.create(
        person=person, company=company, address=address, seen_at=at, note=note, **source.facts()
    )


def known_as(person: Person, kind: str, given_names: str, family_name: str, source: Source) -> Alias:
    return Alias.objects.create(
        person=person, kind=kind, given_names=given_names, family_name=family_name, **source.facts()
    )


def reached_on(person: Person, number: str, safe: str, source: Source) -> Phone:
    return Phone.objects.create(person=person, number=number, plain=phone(number), safe=safe, **source.facts())


def called_elsewhere(person: Person, system: str, number: str, source: Source) -> Reference:
    return Reference.objects.create(person=person, system=system, number=number, **source.facts())


def flagged(person: Person, kind: str, source: Source, *, starts: date | None, ends: date | None) -> Flag:
    return Flag.objects.create(person=person, kind=kind, starts=starts, ends=ends, **source.facts())
