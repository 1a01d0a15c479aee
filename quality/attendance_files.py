"""Reading a list of who attended a course (CSV): each row says who and when, or is unreadable for a reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from accounts.models import User
from online import moments

LARGEST = 1_000_000
MOST_ROWS = 2_000
LIMIT = "at most 2000 rows and 1 MB"
COLUMNS = {
    "who": "needed: the user name, or the first and last name",
    "taken_on": "needed: the day, as 27/03/2026 or 2026-03-27",
    "certificate": "number of the certificate; empty = there is none",
}
"""Column -> what stands in it. A heading that is none of these refuses the file: what nobody reads would be lost."""


class NoList(ValueError):
    """The file as a whole cannot be read. Plain English, for the person."""


@dataclass(frozen=True)
class Attended:
    person: User
    taken_on: date
    certificate: str


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file: who attended when, or why it cannot be read."""

    line: int
    text: str
    attended: Attended | None = None
    because: str = ""


def read(content: bytes) -> list[Row]:
    """Raises NoList where it is no such file; one bad row never costs the others."""
    if not content.strip():
        raise NoList("The file is empty.")
    if len(content) > LARGEST:
        raise NoList(f"The file is too large: {LIMIT}. Send it in parts.")
    text = _decoded(content)
    if "\x00" in text:
        raise NoList("This is not a CSV file: save it as CSV first.")
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        columns = _columns(next(reader, []))
        rows = list(_rows(reader, columns))
    except csv.Error as error:
        raise NoList(f"Line {reader.line_num} cannot be read as CSV: {error}. Nothing was taken in.") from error
    if not rows:
        raise NoList("The file has headings and no rows.")
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else what Windows writes in western Europe."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _columns(headings: list[str]) -> dict[str, int]:
    names = ["_".join(each.replace("_", " ").casefold().split()) for each in headings]
    if sorted(set(names)) != sorted(names) or not {"who", "taken_on"} <= set(names) <= set(COLUMNS):
        raise NoList(
            f"The first line must name the columns who, taken_on and, if there is one, certificate, each once. It is: "
            f"{', '.join(headings)[:200]}. Nothing was taken in."
        )
    return {name: place for place, name in enumerate(names)}


def _rows(reader: Iterator[list[str]], columns: dict[str, int]) -> Iterator[Row]:
    staff = _staff()
    line, count = 2, 0
    for cells in reader:
        here, line = line, reader.line_num + 1  # type: ignore[attr-defined] # a csv reader knows its line
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise NoList(f"The file has too many rows: {LIMIT}. Send it in parts. Nothing was taken in.")
        text = " | ".join(cells)
        try:
            yield Row(here, text, _attended(columns, cells, staff))
        except ValueError as refusal:
            yield Row(here, text, because=f"{str(refusal).rstrip('.')}.")


def _staff() -> dict[str, list[User]]:
    """By user name and by name. Those too who have left: they attended before."""
    found: dict[str, list[User]] = {}
    for person in User.objects.filter(is_outside=False):
        for name in {person.username, person.get_full_name(), f"{person.last_name}, {person.first_name}"}:
            found.setdefault(_plain(name), []).append(person)
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _attended(columns: dict[str, int], cells: list[str], staff: dict[str, list[User]]) -> Attended:
    if len(cells) > len(columns):
        raise ValueError("It has more cells than there are columns: a comma inside a text needs quotation marks")
    said = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
    people = staff.get(_plain(said["who"]), [])
    if len(people) != 1:
        raise ValueError(f"{'Several people are' if people else 'Nobody here is'} called “{said['who'][:60]}”")
    certificate = said.get("certificate", "")
    if len(certificate) > 80:
        raise ValueError("The number of the certificate is longer than 80 letters")
    return Attended(people[0], localdate(moments.read(said["taken_on"], needs_time=False)), certificate)
