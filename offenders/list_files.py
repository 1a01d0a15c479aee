"""Reading a list that another agency sent as CSV: whatever separates its columns and however it is encoded."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime

from offenders.models import ImportedList
from offenders.reconcile import Listed

Kind = ImportedList.Kind
LARGEST = 2_000_000
MOST_ROWS = 5_000
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d/%m/%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y")
REF, NAME, BORN = "visor_ref", "name", "date_of_birth"
WHO = {
    REF: {"visor_ref", "visor_reference", "visor", "visor_id", "reference", "ref"},
    NAME: {"name", "full_name", "offender", "subject", "offender_name"},
    BORN: {"date_of_birth", "dob", "born", "born_on", "birth_date"},
}
COLUMNS: dict[str, dict[str, set[str]]] = {
    Kind.RELEASES.value: {
        **WHO,
        "release_date": {"release_date", "released", "released_on", "release", "date_of_release"},
        "prison": {"prison", "from", "establishment", "hospital", "where"},
    },
    Kind.TRANSFERS.value: {
        **WHO,
        "moves_on": {"moves_on", "move_date", "moving_on", "transfer_date", "date"},
        "force": {"force", "from_force", "from", "sending_force"},
    },
    Kind.TRAVEL.value: {
        **WHO,
        "departs": {"departs", "departure", "departs_on", "departure_date", "leaves"},
        "countries": {"countries", "country", "destination", "to"},
    },
}
"""Kind -> column -> what it may be headed. All of them are needed; in a row the reference, or the name and the date of
birth, are enough to know somebody."""
ON = {Kind.RELEASES.value: "release_date", Kind.TRANSFERS.value: "moves_on", Kind.TRAVEL.value: "departs"}


class NotAList(ValueError):
    """The file as a whole cannot be read. Plain English, for the person."""


@dataclass(frozen=True)
class Unread:
    """A row that could not be read, as it was, and why."""

    line: int
    text: str
    because: str


@dataclass
class Contents:
    rows: list[Listed] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read(kind: str, content: bytes) -> Contents:
    """Raises NotAList when it is no list of this kind; one bad row never costs the others."""
    if not content.strip():
        raise NotAList("The file is empty.")
    if len(content) > LARGEST:
        raise NotAList("The file is larger than 2 MB: send it in parts.")
    text = decoded(content)
    if "\x00" in text:
        raise NotAList("This is not a CSV file: save it as CSV first.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    found = Contents()
    try:
        columns = _columns(kind, next(reader, []))
        for cells in reader:
            if len(found.rows) + len(found.unread) >= MOST_ROWS:
                raise NotAList(f"The list has more than {MOST_ROWS:,} rows: send it in parts.")
            if any(cell.strip() for cell in cells):
                _read_row(kind, columns, reader.line_num, cells, found)
    except csv.Error as error:
        raise NotAList(f"Line {reader.line_num} cannot be read as CSV: {error}.") from error
    return found


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else what Windows writes in western Europe."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """Whichever is most often in the line of the headings."""
    first = text.lstrip().partition("\n")[0]
    return max(",;\t|", key=first.count)


def _columns(kind: str, headings: list[str]) -> dict[str, int]:
    given = {_heading(each): place for place, each in reversed(list(enumerate(headings)))}
    found = {
        name: min(place for heading, place in given.items() if heading in spelt)
        for name, spelt in COLUMNS[kind].items()
        if spelt & given.keys()
    }
    missing = [name for name in COLUMNS[kind] if name not in found]
    if missing:
        raise NotAList(
            f"The file has no column headed {', '.join(missing)}. "
            f"A list of {Kind(kind).label.lower()} needs: {', '.join(COLUMNS[kind])}. Nothing was read."
        )
    return found


def _heading(text: str) -> str:
    return "_".join(text.replace("-", " ").replace("_", " ").casefold().split())


def _read_row(kind: str, columns: dict[str, int], line: int, cells: list[str], found: Contents) -> None:
    try:
        said = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
        born = _day(said[BORN], "date of birth") if said[BORN] else None
        on = _day(said[ON[kind]], ON[kind].replace("_", " "))
        if not said[NAME]:
            raise ValueError("It names nobody")
        if not said[REF] and born is None:
            raise ValueError("It has neither a reference nor a date of birth: nobody can be told by a name alone")
        rest = {name: value[:300] for name, value in said.items() if name not in WHO and name != ON[kind]}
        found.rows.append(Listed(line, said[NAME][:200], born, said[REF][:40], on, rest))
    except ValueError as error:
        found.unread.append(Unread(line, " | ".join(cells)[:2000], f"{error}."))


def _day(text: str, what: str) -> date:
    """A day as people write it; a time of day after it is left out."""
    text = " ".join(text.replace("T", " ").split())
    for words in (text, text.rpartition(" ")[0]):
        for form in DAYS:
            try:
                found = datetime.strptime(words, form).date()
            except ValueError:
                continue
            if 1900 <= found.year <= 2100:
                return found
    raise ValueError(f"The {what} “{text[:40]}” is no date" if text else f"It has no {what}")
