"""The caseload of before, read from a file: each row is one person with the days the old record holds. A row that
cannot be taken over is listed with the reason, and the others are not held up by it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.db import transaction

from access.actor import NotYours, acting
from access.roles import Can
from accounts.models import User
from cases.meet import have_we_met
from cases.models import HowKnown, Person
from cases.records import Details, Source
from cases.workflow.people import record_person
from matching.described import Described, Written
from offenders.codes import Category, LeadAgency, Level, ManagedAs, Risk
from offenders.models import Nominal
from offenders.workflow.registrations import Held, NominalFacts, RequirementFacts, take_over
from workflow.transitions import NotNow

NEEDED = ["external_system", "external_ref", "family_name", "manager", "managed_as"]
DAYS = ["last_notified_on", "first_visited_on", "last_visited_on", "assessed_on", "reviewed_on"]
OPTIONAL = [
    *("person", "given_names", "born_on", "category", "level", "lead_agency", "warnings", "risk", "interval_days"),
    *("offence", "disposal", "relevant_on", "under_18", "discharged_until"),
    *DAYS,
]
WRITTEN = ("%Y-%m-%d", "%d/%m/%Y")
YES_OR_NO = {"yes": True, "no": False}


class NotAList(ValueError):
    """The file as a whole cannot be used. One line, for whoever loads it."""


class NotARow(ValueError):
    """This row cannot be taken over, and why."""


@dataclass
class Loaded:
    """What became of a file."""

    taken_over: int = 0
    here_already: int = 0
    not_loaded: list[tuple[int, str, str]] = field(default_factory=list)  # line, whose, why


def load(text: str, *, by: User) -> Loaded:
    """Take over everybody in the file. Running it twice makes nobody twice. Raises NotAList, NotYours."""
    if not by.can(Can.KEEP_REGISTER):
        raise NotYours(f"You may not {Can.KEEP_REGISTER.label}.")
    loaded = Loaded()
    for line, row in _rows(text):
        with acting(by):
            _load(loaded, line, row, by)
    return loaded


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    headings = [each.strip().lower() for each in reader.fieldnames or []]
    if missing := [each for each in NEEDED if each not in headings]:
        raise NotAList(f"The file has no column {', '.join(missing)}. It needs {', '.join(NEEDED)}.")
    if unknown := [each for each in headings if each not in (*NEEDED, *OPTIONAL)]:
        raise NotAList(f"Nobody knows what to do with the column {', '.join(unknown)}: take it out, or correct it.")
    reader.fieldnames = headings
    for row in reader:
        if any(row.values()):
            yield reader.line_num, {name: (value or "").strip() for name, value in row.items() if name}


def _load(loaded: Loaded, line: int, row: dict[str, str], by: User) -> None:
    if not (row["external_system"] and row["external_ref"]):
        loaded.not_loaded.append((line, row["family_name"], "It has no reference: nobody could load it twice safely."))
    elif _is_here(row):
        loaded.here_already += 1
    else:
        try:
            with transaction.atomic():
                about: dict[str, Any] = {"facts": _facts(row), "held": _held(row), "person": _person(row, by)}
                take_over(Nominal(), by=by, **about)
        except (NotARow, NotNow) as refusal:
            loaded.not_loaded.append((line, row["external_ref"], str(refusal)))
        else:
            loaded.taken_over += 1


def _is_here(row: dict[str, str]) -> bool:
    same = Nominal.objects.filter(external_system=row["external_system"], external_ref=row["external_ref"])
    return bool(same.figures().exists())


def _person(row: dict[str, str], by: User) -> Person:
    """Whoever the row names by reference; else somebody new, unless they may be on record already."""
    if reference := row.get("person"):
        known = Person.objects.filter(reference__iexact=reference).first()
        if known is None:
            raise NotARow(f"Nobody on record has the reference {reference}.")
        return known
    given, family, born = row.get("given_names", ""), row["family_name"], _day(row, "born_on")
    met = have_we_met(Described(names=(Written(given, family),), born_on=born))
    if met:
        others = ", ".join(each.person.reference for each in met)
        raise NotARow(f"They may be on record already ({others}): put the reference into the column person.")
    details = Details(given_names=given, family_name=family, born_on=born)
    source = Source(HowKnown.RECORD.value, f"{row['external_system']} {row['external_ref']}")
    return record_person(Person(), by=by, details=details, home=None, source=source)


def _facts(row: dict[str, str]) -> NominalFacts:
    manager = User.objects.filter(username=row["manager"], is_active=True).first()
    if manager is None:
        raise NotARow(f"Nobody here is called {row['manager'] or '(empty)'}: who manages them?")
    managed_as = _one_of(row, "managed_as", ManagedAs.values, "")
    is_registered = managed_as == ManagedAs.RSO
    return NominalFacts(
        managed_as=managed_as,
        manager=manager,
        external_system=row["external_system"],
        external_ref=row["external_ref"],
        category=_one_of(row, "category", Category.values, Category.ONE if is_registered else Category.NONE),
        level=_one_of(row, "level", Level.values, Level.ONE),
        lead_agency=_one_of(row, "lead_agency", LeadAgency.values, LeadAgency.POLICE),
        warnings=row.get("warnings", ""),
        requirements=(_requirement(row),) if is_registered else (),
    )


def _requirement(row: dict[str, str]) -> RequirementFacts:
    relevant_on, under_18 = _day(row, "relevant_on"), YES_OR_NO.get(row.get("under_18", "").lower())
    if relevant_on is None:
        raise NotARow("A registered sex offender has a relevant date.")
    if under_18 is None:
        raise NotARow("under_18 has to be yes or no: the period depends on it.")
    until = _day(row, "discharged_until")
    return RequirementFacts(row.get("offence", ""), row.get("disposal", ""), relevant_on, under_18, until)


def _held(row: dict[str, str]) -> Held:
    days = {name: _day(row, name) for name in DAYS}
    risk = _one_of(row, "risk", Risk.values, Risk.NOT_ASSESSED)
    interval = row.get("interval_days", "")
    if interval and not (interval.isdecimal() and 0 < int(interval) <= 730):
        raise NotARow(f"interval_days is {interval}: give a number of days from 1 to 730.")
    return Held(risk=risk, interval_days=int(interval) if interval else None, **days)


def _one_of(row: dict[str, str], name: str, values: Iterable[str], usual: str) -> str:
    said = row.get(name, "") or str(usual)
    if said not in values:
        raise NotARow(f"{name} is {said or 'empty'}: it has to be one of {', '.join(values)}.")
    return said


def _day(row: dict[str, str], name: str) -> date | None:
    said = row.get(name, "")
    if not said:
        return None
    for written in WRITTEN:
        try:
            return datetime.strptime(said, written).date()
        except ValueError:
            continue
    raise NotARow(f"{name} is {said}: write a day as 2026-03-27 or 27/03/2026.")
