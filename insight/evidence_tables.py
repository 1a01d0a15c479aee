"""What an evidence pack is made of: tables whose columns say what they hold, so that a rule can take out what must not
leave; and the CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db import models
from django.utils.timezone import localtime

RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")
NOT_KNOWN = "Not known"


class Holds(Enum):
    """What stands in a column."""

    PLAIN = "codes, moments, numbers of records"
    PERSON = "the name of a member of the public"
    STAFF = "somebody who works here"
    WORDS = "words that somebody wrote"
    PLACE = "an address"
    CONTACT = "a telephone number or mailbox"


class Journey(models.TextChoices):
    """The way of a child from the first contact to the end, as inspectors follow it; and how a force sees itself."""

    CONTACT = "contact", "First contact"
    ASSESSMENT = "assessment", "Assessment and help"
    DECIDING = "deciding", "Deciding together"
    INVESTIGATION = "investigation", "Investigation"
    RISK = "risk", "Managing those who pose a risk"
    LEADERSHIP = "leadership", "How the force sees it and gets better"


@dataclass(frozen=True)
class Column:
    label: str
    holds: Holds = Holds.PLAIN


@dataclass(frozen=True)
class Table:
    """One table of the pack. `name`: of its file, without ending; `lead`: what it counts, and what it leaves out."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    journey: Journey = Journey.LEADERSHIP
    lead: str = ""
    about: str = field(default="", compare=False)

    def with_rows(self, rows: Sequence[Sequence[Any]]) -> Table:
        return replace(self, rows=rows)

    @property
    def path(self) -> str:
        return f"{self.name}.csv"


def columns(*labels: str, **holding: Holds) -> list[Column]:
    """Columns in order; of those that hold more than codes the keyword says what: `words=Holds.WORDS`."""
    held = {label.replace("_", " ").casefold(): holds for label, holds in holding.items()}
    return [Column(label, held.get(label.casefold(), Holds.PLAIN)) for label in labels]


def as_text(value: Any) -> str:
    """A value as the pack says it: a moment by the local clock with its distance from UTC, a yes or no in words."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return localtime(value).isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.1f}"
    return str(value)


def harmless(text: str) -> str:
    """What a spreadsheet would run as a formula is shown as what it is."""
    return f"'{text}" if text.startswith(RUNS_IN_A_SPREADSHEET) else text


def as_csv(table: Table) -> bytes:
    """UTF-8 with a mark by which spreadsheets know it; one heading row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(column.label) for column in table.columns])
    writer.writerows([harmless(as_text(value)) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read_csv(content: bytes) -> tuple[list[str], list[list[str]]]:
    """Heading and rows of a table of ours, to be shown in the browser."""
    first, *rest = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) or [[]]
    return first, rest
