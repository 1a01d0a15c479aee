"""What is known of a school's days, read from the database; and files of term dates, read into it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError

from access.time import now
from encompass.calendar import Calendar, Hours, Span
from encompass.models import SchoolCalendar, SchoolHours
from govuk.typed import read_time
from places.models import LocalAuthority, School
from sla.lengths import Basis, Length, Number

BELL = Length(
    "The bell of a school whose hours nobody knows, after midnight",
    timedelta(hours=8, minutes=40),
    Basis.LOCAL,
    "No authority found. Most schools register pupils between 8:30 and 9:00",
    is_our_default=True,
)
AIM = Length(
    "When a school should have been told, after midnight",
    timedelta(hours=8),
    Basis.LOCAL,
    "No authority found. Staff need the time before the bell to read it",
    is_our_default=True,
)
SCHOOL_ENDS = Length(
    "The end of the day of a school whose hours nobody knows, after midnight",
    timedelta(hours=15, minutes=30),
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
NURSERY_FROM = Number(
    "Age in years from which a nursery is told (5 = no nursery is told)",
    5,
    Basis.LOCAL,
    "Nurseries are told only where that is agreed locally; this is that agreement",
    is_our_default=True,
)


def time_of(length: Length, at: datetime) -> time:
    """A time of day that is set as a length after midnight."""
    after, _ = length.in_force(at)
    minutes = int(after.total_seconds()) // 60
    return time(minutes // 60 % 24, minutes % 60)


def calendar_of(school: School | None, authority: LocalAuthority | None = None) -> Calendar:
    """What is known of the days of this school; of a school nobody knows, those of the authority the child lives in."""
    at = now()
    council = (school.maintained_by or school.authority) if school else authority
    own = SchoolCalendar.objects.filter(school=school, withdrawn_at=None) if school else ()
    theirs = SchoolCalendar.objects.filter(authority=council, withdrawn_at=None) if council else ()
    return Calendar(
        own=_spans(own),
        authority=_spans(theirs),
        bell=time_of(BELL, at),
        ends=time_of(SCHOOL_ENDS, at),
        hours=_hours(school, council),
    )


def _spans(rows: Iterable[SchoolCalendar]) -> Sequence[Span]:
    return tuple(Span(row.kind, row.starts, row.ends) for row in rows)


def _hours(school: School | None, authority: LocalAuthority | None) -> Sequence[Hours]:
    """The school's own hours, or else those of its authority. What was said last of a day counts."""
    for row_of in ({"school": school} if school else {}, {"authority": authority} if authority else {}):
        rows = SchoolHours.objects.filter(**row_of).order_by("starts", "pk") if row_of else ()
        if found := tuple({row.starts: Hours(row.starts, row.bell, row.ends) for row in rows}.values()):
            return found
    return ()


HEADINGS = ["urn", "authority", "what", "from", "to", "bell", "end", "note"]
"""Of a file of term dates. `urn` for one school, or the authority's number (850) for all of its schools."""
LONGEST = timedelta(days=200)
"""No term and no holiday is longer; a row that is has a wrong year."""


@dataclass(frozen=True)
class Row:
    """One line of the file, as far as it could be read."""

    school: School | None
    authority: LocalAuthority | None
    kind: str
    starts: date
    ends: date
    note: str
    hours: tuple[time, time] | None = None


class Unreadable(ValueError):
    """What is wrong with a line, in words."""


def read_rows(text: str) -> tuple[list[Row], list[tuple[int, str]], int]:
    """The rows of a file, the lines that could not be read and why, and how many lines there were."""
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = set(HEADINGS[:5]) - {(name or "").strip().lower() for name in lines.fieldnames or ()}
    if missing:
        raise Unreadable(f"The first line must name the columns. Not there: {', '.join(sorted(missing))}")
    rows, refused, count = [], [], 0
    for line in lines:
        count += 1
        plain = {(key or "").strip().lower(): (value or "").strip() for key, value in line.items() if key is not None}
        try:
            rows.append(_row(plain))
        except Unreadable as wrong:
            refused.append((lines.line_num, str(wrong)))
    return rows, refused, count


def _row(line: dict[str, str]) -> Row:
    school, authority = _whose(line.get("urn", ""), line.get("authority", ""))
    kind = line.get("what", "").lower()
    starts = _day(line.get("from", ""))
    if kind == "hours":
        bell, end = _time(line.get("bell", "")), _time(line.get("end", ""))
        if bell >= end:
            raise Unreadable("The bell rings after the day ends")
        return Row(school, authority, kind, starts, starts, line.get("note", ""), (bell, end))
    if kind not in SchoolCalendar.Kind.values:
        raise Unreadable(f"“{kind}” is none of term, holiday, closed, hours")
    ends = _day(line.get("to", "")) if line.get("to") else starts
    if wrong := wrong_span(starts, ends):
        raise Unreadable(wrong)
    return Row(school, authority, kind, starts, ends, line.get("note", ""))


def wrong_span(starts: date, ends: date) -> str:
    """What is wrong with these days, if anything."""
    if ends < starts:
        return "It ends before it begins"
    return "It is longer than any term: check the years" if ends - starts > LONGEST else ""


def _whose(urn: str, number: str) -> tuple[School | None, LocalAuthority | None]:
    if bool(urn) == bool(number):
        raise Unreadable("Name a school by its URN or an authority by its number, and not both")
    if urn:
        school = School.objects.filter(urn=urn).first()
        if school is None:
            raise Unreadable(f"No school on record has the URN {urn}")
        return school, None
    authority = LocalAuthority.objects.filter(code=number).first()
    if authority is None:
        raise Unreadable(f"No authority on record has the number {number}")
    return None, authority


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise Unreadable(f"“{text}” is no date: write 2026-09-01 or 01/09/2026")


def _time(text: str) -> time:
    try:
        return read_time(text).time
    except ValidationError as wrong:
        raise Unreadable(f"“{text}” is no time of day") from wrong
