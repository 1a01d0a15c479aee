"""People on record in tests, in words: a grandfather, a mother, two children, and where they live."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from cases.models import Person
from cases.records import Details, Home, Source
from cases.workflow import people

TOLD = Source(how="said_by_other", says="A neighbour")
HERE = Home("12 Example Street", "ZV1 1AA")
THERE = Home("7 Sample Road", "ZV1 2BB")


def on_record(by: User, name: str, *, born: date | None = None, home: Home | None = None, **known: Any) -> Person:
    """Somebody is put on record."""
    given, _, family = name.rpartition(" ")
    details = Details(given_names=given, family_name=family, born_on=born, **known)
    return people.record_person(Person(), by=by, details=details, home=home, source=TOLD)


def is_the(kind: str, person: Person, of: Person, by: User) -> Person:
    """They are something to somebody."""
    return people.add_relationship(person, by=by, kind=kind, other=of, starts=None, source=TOLD)


def lives_at(person: Person, home: Home, by: User) -> Person:
    return people.add_home(person, by=by, home=home, source=TOLD)


def is_a_sex_offender(person: Person, by: User, since: date | None = None) -> Person:
    """They are on the register."""
    source = Source(how="record", says="ViSOR 0000000")
    return people.mark_risk(person, by=by, kind="rso", starts=since, ends=None, source=source)
