"""Loading schools and postcodes. A file is loaded whole or not at all, and each row of it is loaded or listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from access.actor import NotYours, System, signed
from access.roles import Can
from access.time import now
from accounts.models import User
from places.authorities import authorities_of, join_areas
from places.code_point import CodePoint, read_postcodes
from places.files import PlacesFileError, day_in
from places.models import District, LocalAuthority, PlacesImport, Postcode, School
from places.placing import Moved, list_rows, place, unsettle_moved
from places.registers import Entry, Register, read_schools

BATCH = 5000
FACTS = [
    *("number", "name", "kind", "phase", "status", "opened_on", "closed_on"),
    *("street", "locality", "address3", "town", "postcode", "telephone", "low_age", "high_age"),
    *("says_district", "says_authority", "says_area"),
]


def load_schools(path: Path, *, by: User | System, as_at: date | None = None) -> PlacesImport:
    """Add the schools of a list and bring those we have up to date, unless we know something newer of them.

    The day of a list decides what is newer: `as_at`, or the day in the file's name. A list without a day is refused,
    because an old one loaded last would open schools again that have closed.
    """
    _may(by)
    register = read_schools(path)
    day = _day_of(path, as_at)
    with signed(by):
        came_with = _begin(PlacesImport.Kind.SCHOOLS, path, by, day)
        moved = Moved()
        counts = _take_all(register, day, moved)
        list_rows(came_with, register.bad_rows)
        join_areas()
        place(came_with, {entry.urn: entry.line for entry in register.entries}, moved)
        came_with.summary = {
            "rows": len(register.entries) + len(register.bad_rows),
            **{word: counts[word] for word in ("added", "updated", "unchanged", "older")},
            "not_loaded": len(register.bad_rows),
            **_where([entry.urn for entry in register.entries]),
        }
        came_with.save(update_fields=["summary"])
    return came_with


def load_postcodes(
    paths: Sequence[Path],
    *,
    by: User | System,
    districts: Mapping[str, str] | None = None,
    counties: Mapping[str, str] | None = None,
) -> list[PlacesImport]:
    """Add and correct postcodes, then try again to place the schools that nobody could. All the files, or none."""
    _may(by)
    moved = Moved()
    with signed(by):
        loaded = [_load_postcodes(path, by, districts or {}, counties or {}, moved) for path in paths]
        join_areas()
        loaded[-1].summary["schools_placed"] = place(loaded[-1], {}, moved)
        loaded[-1].save(update_fields=["summary"])
    return loaded


def _load_postcodes(
    path: Path, by: User | System, districts: Mapping[str, str], counties: Mapping[str, str], moved: Moved
) -> PlacesImport:
    found = read_postcodes(path)
    came_with = _begin(PlacesImport.Kind.POSTCODES, path, by, day_in(path.name))
    list_rows(came_with, found.bad_rows)
    _keep_districts(found, districts, counties)
    added, changed = _keep_postcodes(found)
    came_with.summary = {
        "rows": found.rows,
        "added": len(added),
        "changed": len(changed),
        "unchanged": found.rows - len(found.bad_rows) - len(added) - len(changed),
        "not_loaded": len(found.bad_rows),
        "schools_unsettled": unsettle_moved({**added, **changed}, moved),
        "schools_placed": 0,
    }
    came_with.save(update_fields=["summary"])
    return came_with


def _may(by: User | System) -> None:
    if not by.can(Can.IMPORT_PLACES):
        raise NotYours(f"You may not {Can.IMPORT_PLACES.label}.")


def _day_of(path: Path, as_at: date | None) -> date:
    day = as_at or day_in(path.name)
    if day is None:
        raise PlacesFileError(f"{path.name} has no day in its name: say of which day it is")
    if day > now().date():
        raise PlacesFileError(f"{path.name} would be of {day}, which has not come yet")
    return day


def _begin(kind: PlacesImport.Kind, path: Path, by: User | System, day: date | None) -> PlacesImport:
    person = by if isinstance(by, User) else None
    return PlacesImport.objects.create(kind=kind.value, file_name=path.name[:255], as_at=day, at=now(), by=person)


def _take_all(register: Register, day: date, moved: Moved) -> Counter[str]:
    authorities = authorities_of(register.entries)
    urns = [entry.urn for entry in register.entries]
    known = {school.urn: school for school in School.objects.select_for_update().filter(urn__in=urns)}
    heard, counts = [], Counter[str]()
    for entry in register.entries:
        school = known.get(entry.urn)
        if school is None:
            heard.append(_new(entry, day, authorities))
            counts["added"] += 1
        elif school.as_at > day:
            counts["older"] += 1
        else:
            counts["updated" if _update(school, entry, day, authorities, moved) else "unchanged"] += 1
            heard.append(school)
    School.objects.bulk_create(
        heard,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["urn"],
        update_fields=[*FACTS, "maintained_by", "as_at"],
    )
    return counts


def _new(entry: Entry, day: date, authorities: Mapping[str, LocalAuthority]) -> School:
    return School(urn=entry.urn, as_at=day, maintained_by=authorities.get(entry.authority_code), **entry.facts)


def _update(school: School, entry: Entry, day: date, authorities: Mapping[str, LocalAuthority], moved: Moved) -> bool:
    """What the list says stands; what its layout has no column for stays. A school that moves is placed anew."""
    said: dict[str, Any] = {**entry.facts, "maintained_by": authorities.get(entry.authority_code)}
    differs = {name: fact for name, fact in said.items() if getattr(school, name) != fact}
    if "postcode" in differs and school.placed_how:
        moved.unsettle(school, f"It has moved from {school.postcode or 'no postcode'}.")
    for name, fact in differs.items():
        setattr(school, name, fact)
    school.as_at = day
    return bool(differs)


def _where(urns: list[str]) -> dict[str, int]:
    """How many of a list's schools are placed now, and how many wait for a person."""
    to_place = School.objects.not_placed().filter(urn__in=urns).count()
    return {"placed": School.objects.filter(urn__in=urns).exclude(district=None).count(), "to_place": to_place}


def _keep_districts(found: CodePoint, districts: Mapping[str, str], counties: Mapping[str, str]) -> None:
    """A name that a list of names does not have stays as it was: old codes drop out of new lists."""
    known = {district.gss: district for district in District.objects.all()}
    for gss, county in found.districts.items():
        known.setdefault(gss, District(gss=gss)).county = county
    for district in known.values():
        district.name = districts.get(district.gss, district.name)[:100]
        district.county_name = counties.get(district.county, district.county_name if district.county else "")[:100]
    District.objects.bulk_create(
        known.values(), update_conflicts=True, unique_fields=["gss"], update_fields=["name", "county", "county_name"]
    )


def _keep_postcodes(found: CodePoint) -> tuple[dict[str, str], dict[str, str]]:
    """Postcodes that were new, and those that lie in another district than before."""
    added: dict[str, str] = {}
    changed: dict[str, str] = {}
    for batch in _batches(found.postcodes):
        known = dict(Postcode.objects.filter(code__in=batch).values_list("code", "district"))
        added.update({code: batch[code] for code in batch if code not in known})
        changed.update({code: batch[code] for code, district in known.items() if district != batch[code]})
        fresh = [Postcode(code=code, district_id=batch[code]) for code in batch if known.get(code) != batch[code]]
        Postcode.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["code"], update_fields=["district"])
    return added, changed


def _batches(postcodes: Mapping[str, str]) -> Iterator[dict[str, str]]:
    left = iter(postcodes.items())
    while batch := dict(islice(left, BATCH)):
        yield batch
