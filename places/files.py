"""Reading a published file: packed or not, in the letters its publisher used. One that breaks off is refused whole."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

GZIP = b"\x1f\x8b"
DAY = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?:-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?)(?!\d)")
SHOWN = 60


class PlacesFileError(Exception):
    """A file that cannot be used. One plain line that says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not loaded, so somebody must look at it: why, and what it said."""

    line: int
    reason: str
    values: dict[str, str]


class BadValue(ValueError):
    """Something in a row that cannot be read. Plain English."""


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line of the file on which it starts. Empty lines are no rows.

    Strict: after a stray quote nobody can say where a row ends, and schools would be swallowed unseen.
    """
    reader, line = csv.reader(io.StringIO(_text(path), newline=""), strict=True), 1
    try:
        for fields in reader:
            if fields:
                yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        raise PlacesFileError(f"{path.name}: the row that starts on line {line} cannot be read: {error}") from error


def read_bytes(path: Path) -> bytes:
    """What is in the file, unpacked if its first bytes say that it is packed."""
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if raw.startswith(GZIP) else raw
    except (OSError, EOFError, zlib.error) as error:
        raise PlacesFileError(f"{path.name} cannot be opened: {error}") from error


def _text(path: Path) -> str:
    """UTF-8, or else the Windows letters in which the Department for Education's register is downloaded."""
    raw = read_bytes(path)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlacesFileError(f"{path.name} is written in neither UTF-8 nor Windows-1252")


def day_in(name: str) -> date | None:
    """The day a file's own name gives: schools_2022-04-25.csv, edubasealldata20220425.csv.

    A month without a day is its first day, so that nothing counts as newer than it is. Two different days are none.
    """
    found = {_day(*each.groups()) for each in DAY.finditer(name)}
    return found.pop() if len(found) == 1 else None


def _day(year: str, month: str, day: str | None) -> date | None:
    try:
        return date(int(year), int(month), int(day or 1))
    except ValueError:
        return None


def storable(text: str) -> str:
    """PostgreSQL stores no null byte in text; the sign for one (U+2400) can be stored and seen."""
    return text.replace("\0", "␀")


def shown(text: str) -> str:
    """A value inside a sentence."""
    short = storable(text[:SHOWN]) + ("…" if len(text) > SHOWN else "")
    return f"“{short}”" if text.strip() else "(nothing)"
