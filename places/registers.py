"""A list of schools, read into what can be loaded and what somebody has to look at. Nothing here guesses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from places.files import BadRow, BadValue, PlacesFileError, rows, shown, storable
from places.layouts import Layout, layout_of
from places.lookup import normalise_postcode
from places.models import School

Status = School.Status

STATUSES = {
    "open": Status.OPEN,
    "open, but proposed to close": Status.CLOSING,
    "proposed to open": Status.PLANNED,
    "closed": Status.CLOSED,
}
DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
LINK = re.compile(r"\s*\d{5,7} [A-Za-z][A-Za-z -]*")
OLDEST = 120
URN, NUMBER, AUTHORITY = re.compile(r"[0-9]{5,8}"), re.compile(r"[0-9]{3}/[0-9]{4}"), re.compile(r"[0-9]{3}")
MOST = {field.name: getattr(field, "max_length", None) for field in School._meta.fields}


@dataclass(frozen=True, slots=True)
class Entry:
    """One school as a list has it: what the list says of it, by the name of our field."""

    line: int
    urn: str
    authority_code: str
    facts: dict[str, Any]
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Register:
    """All that a list held: each row is one school or one bad row."""

    layout: Layout
    entries: list[Entry]
    bad_rows: list[BadRow]


def read_schools(path: Path) -> Register:
    """Every school in a list. The whole list is read first: one that breaks off raises, and gives no school at all."""
    (_, heading), *found = list(rows(path)) or [(0, [])]
    if not heading:
        raise PlacesFileError(f"{path.name} is empty")
    heading = [each.strip() for each in heading]
    layout = layout_of(path.name, heading)
    judged = [_judge(layout, heading, line, fields) for line, fields in found]
    entries, again = _tell_apart([each for each in judged if isinstance(each, Entry)])
    return Register(layout, entries, [each for each in judged if isinstance(each, BadRow)] + again)


def _tell_apart(entries: Sequence[Entry]) -> tuple[list[Entry], list[BadRow]]:
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.urn, entry)
    again = [
        BadRow(entry.line, f"URN {entry.urn} is on line {first[entry.urn].line} too, which was loaded", entry.values)
        for entry in entries
        if first[entry.urn] is not entry
    ]
    return list(first.values()), again


def _judge(layout: Layout, heading: list[str], line: int, fields: list[str]) -> Entry | BadRow:
    by_heading = dict(zip(heading, fields, strict=False))
    # Only what is wanted is kept, also of a row that is not loaded: the others hold the names of head teachers.
    values = {column: storable(by_heading.get(column, "")) for column in layout.columns.values()}
    try:
        _refuse_shifted(layout, heading, fields)
    except BadValue as why:
        # Where columns have shifted, a name may stand under any heading behind the first.
        first = [layout.columns["urn"], layout.columns["name"]]
        return BadRow(line, str(why), {column: values[column] for column in first})
    try:
        return _entry(line, {ours: by_heading[column] for ours, column in layout.columns.items()}, values)
    except BadValue as why:
        return BadRow(line, str(why), values)


def _refuse_shifted(layout: Layout, heading: list[str], fields: list[str]) -> None:
    """The register writes a school's second and third link to another school behind the last heading."""
    wanted, found = len(heading), len(fields)
    if found < wanted:
        raise BadValue(f"{found} fields under {wanted} headings: the row breaks off")
    only_links = layout.links == heading[-1] and all(LINK.fullmatch(each) for each in fields[wanted - 1 :])
    if found > wanted and not only_links:
        raise BadValue(f"{found} fields under {wanted} headings: nobody can say which belongs where")


def _entry(line: int, said: Mapping[str, str], values: dict[str, str]) -> Entry:
    for field, text in said.items():
        if "\0" in text:
            raise BadValue(f"{shown(text)} ({field}) holds a null byte")
    facts = {field: READ[field](said[field]) for field in READ if field in said}
    number = _number(said)
    for field, fact in facts.items():
        if isinstance(fact, str) and len(fact) > (MOST[field] or len(fact)):
            raise BadValue(f"{shown(fact)} ({field}) is longer than {MOST[field]} letters")
    return Entry(line, _urn(said["urn"]), number[:3], {**facts, "number": number[4:] and number}, values)


def _number(said: Mapping[str, str]) -> str:
    """Authority and establishment: 850/2000. A school may have no number of its own yet, which leaves 850/."""
    if "number" in said:
        number = said["number"].strip()
        if number and not NUMBER.fullmatch(number):
            raise BadValue(f"{shown(number)} is not a number like 850/2000")
        return number
    code, establishment = said["authority_code"].strip(), said["establishment"].strip()
    if not AUTHORITY.fullmatch(code):
        raise BadValue(f"{shown(code)} is not the number of a local authority")
    if establishment and not NUMBER.fullmatch(f"{code}/{establishment}"):
        raise BadValue(f"{shown(establishment)} is not the number of a school")
    return f"{code}/{establishment}"


def _urn(text: str) -> str:
    if not URN.fullmatch(text.strip()):
        raise BadValue(f"{shown(text)} is not a URN")
    return text.strip()


def _name(text: str) -> str:
    """A name is kept exactly as it is written."""
    if not text.strip():
        raise BadValue("The school has no name")
    return text


def _status(text: str) -> str:
    status = STATUSES.get(text.strip().lower())
    if status is None:
        raise BadValue(f"{shown(text)} does not say whether the school is open")
    return str(status.value)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise BadValue(f"{shown(text)} is not a date")


def _age(text: str) -> int | None:
    if not text.strip():
        return None
    if not re.fullmatch(r"[0-9]{1,3}", text.strip()) or int(text) > OLDEST:
        raise BadValue(f"{shown(text)} is not an age")
    return int(text)


def _telephone(text: str) -> str:
    """A spreadsheet takes a telephone number for a sum and drops its first 0; no number in this country is without."""
    number = text.strip()
    return f"0{number}" if re.fullmatch(r"[1-9][0-9]{8,9}", number) else number


READ: dict[str, Callable[[str], Any]] = {
    "name": _name,
    "kind": str.strip,
    "status": _status,
    "opened_on": _day,
    "closed_on": _day,
    "phase": str.strip,
    "low_age": _age,
    "high_age": _age,
    "street": str.strip,
    "locality": str.strip,
    "address3": str.strip,
    "town": str.strip,
    "postcode": lambda text: normalise_postcode(text) or text.strip(),
    "telephone": _telephone,
    "says_district": str.strip,
    "says_authority": str.strip,
    "says_area": str.strip,
}
"""How each fact is read. A value that cannot be read puts the row on the list; an empty one is empty."""
