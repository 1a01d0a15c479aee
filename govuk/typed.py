"""What people type as a date or a time of day, read generously and refused helpfully.

Each refusal names the parts that are wrong, so that only those are marked on the page.
"""

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import NamedTuple

from django.core.exceptions import ValidationError

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A month may be typed in full or short; nothing else that merely begins like one.
MONTH_NAME = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?", re.IGNORECASE)
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:. ]?(?P<minute>\d{2}))?\s*(?P<half>am|pm)?\s*(?P<zone>bst|gmt)?",
    re.IGNORECASE,
)
EARLIEST, LATEST = 1900, 2199


class DateParts(NamedTuple):
    """A date as typed."""

    day: str = ""
    month: str = ""
    year: str = ""


class MomentParts(NamedTuple):
    """A date and a time of day as typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""

    @property
    def date(self) -> DateParts:
        return DateParts(self.day, self.month, self.year)


class TimeOfDay(NamedTuple):
    """A time of day, and the zone's short name when somebody gave it."""

    time: time
    zone: str = ""


def wrong(message: str, *parts: str) -> ValidationError:
    """A refusal that remembers which boxes it is about."""
    return ValidationError(message, code="invalid", params={"parts": parts})


def read_date(typed: DateParts) -> date:
    """Read a date, or say exactly what is missing or wrong."""
    missing = [part for part, text in typed._asdict().items() if not text]
    if missing:
        raise wrong(f"The date must include a {' and a '.join(missing)}", *missing)
    year, month, day = _year(typed.year), _month(typed.month), _number(typed.day, "day")
    try:
        return date(year, month, day)
    except ValueError:
        raise wrong("Enter a real date, for example 27 3 2026", "day", "month", "year") from None


def read_time(text: str) -> TimeOfDay:
    """Read 09:14, 9.14, 0914 or 9:14pm. A bare 9 is refused: it may be the morning or the evening."""
    found = CLOCK.fullmatch(text.strip())
    if not found or not (found["minute"] or found["half"]):
        raise wrong("Enter a time, for example 09:14 or 21:30", "time")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    try:
        return TimeOfDay(time(_hour(hour, found["half"]), minute), (found["zone"] or "").upper())
    except ValueError:
        raise wrong("Enter a real time, for example 09:14 or 21:30", "time") from None


def read_moment(typed: MomentParts, zone: tzinfo) -> datetime:
    """Read a date and a time of day on the wall clock of a zone, as a moment in UTC.

    UTC, because Python subtracts two moments of one zone by their wall clocks, which is an hour out
    over a change of the clocks.
    """
    day, clock = _both(typed)
    return on_the_wall(datetime.combine(day, clock.time), clock.zone, zone).astimezone(UTC)


def typed_date(value: date) -> DateParts:
    """A date as somebody would have typed it."""
    return DateParts(str(value.day), str(value.month), str(value.year))


def typed_moment(value: datetime, zone: tzinfo) -> MomentParts:
    """A moment as somebody would have typed it, with BST or GMT only in the hour that happens twice."""
    local = value.astimezone(zone)
    clock = f"{local:%H:%M} {local.tzname()}" if happens_twice(local) else f"{local:%H:%M}"
    return MomentParts(*typed_date(local.date()), clock)


def happens_twice(local: datetime) -> bool:
    """Is this one of the wall-clock times that come round twice, when the clocks go back?"""
    first, second = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second


def _both(typed: MomentParts) -> tuple[date, TimeOfDay]:
    """Read both halves before refusing either, so that one visit tells everything that is wrong."""
    refusals: list[ValidationError] = []
    day, clock = date.min, TimeOfDay(time.min)
    try:
        day = read_date(typed.date)
    except ValidationError as refusal:
        refusals.append(refusal)
    try:
        clock = _time_given(typed.time)
    except ValidationError as refusal:
        refusals.append(refusal)
    if refusals:
        raise ValidationError(refusals)
    return day, clock


def _time_given(text: str) -> TimeOfDay:
    if not text:
        raise wrong("Enter the time as well as the date", "time")
    return read_time(text)


def on_the_wall(naive: datetime, named: str, zone: tzinfo) -> datetime:
    """The moment at which the clock on the wall says so. `named`: the short name of its zone, if given."""
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = first.utcoffset(), second.utcoffset()
    if before is not None and after is not None and before < after:
        raise wrong(f"There was no {naive:%H:%M} that day: the clocks went forward", "time")
    for reading in (first, second):
        if named == (reading.tzname() or "") or not (named or happens_twice(reading)):
            return reading
    if named:
        raise wrong(f"The clocks were on {first.tzname()} that day, not {named}", "time")
    raise wrong(
        f"{naive:%H:%M} came round twice, because the clocks went back. "
        f"Write {naive:%H:%M} {first.tzname()} for the first or {naive:%H:%M} {second.tzname()} for the second",
        "time",
    )


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def _number(text: str, part: str) -> int:
    # isdecimal alone would let in figures of other scripts; the stored date would be right, the page not.
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise wrong(f"The {part} must be a number", part)
    return int(text)


def _month(text: str) -> int:
    if MONTH_NAME.fullmatch(text):
        return MONTHS.index(text[:3].lower()) + 1
    return _number(text, "month")


def _year(text: str) -> int:
    year = _number(text, "year")
    if len(text) != 4:
        raise wrong("The year must have 4 numbers, for example 2026", "year")
    if not EARLIEST <= year <= LATEST:
        raise wrong(f"The year must be between {EARLIEST} and {LATEST}", "year")
    return year
