"""A date, and a time of day to the second, in one piece of text: as a provider's log or a spreadsheet writes it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from django.core.exceptions import ValidationError
from django.utils.timezone import get_current_timezone

from govuk.typed import on_the_wall

WRITTEN = re.compile(
    r"(?:(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})|(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2}))"
    r"(?:[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<part>\d{1,6})\d*)?)?"
    r"\s*(?P<zone>z|utc|gmt|bst|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
EXAMPLE = "for example 27/03/2026 14:05:30 or 2026-03-27T14:05:30Z"
EARLIEST, LATEST = 1990, 2100


class NoMoment(ValueError):
    """It cannot be read as a moment. Plain English, for the person."""


def read(text: str, *, needs_time: bool = True) -> datetime:
    """In UTC. Without a zone it is what our clocks said. A date alone is its first moment, where that is enough."""
    found = WRITTEN.fullmatch(" ".join(text.split()))
    if found is None:
        raise NoMoment(f"“{text[:40]}” is no date and time: {EXAMPLE}")
    day = _day(found, text)
    if found["hour"] is None and needs_time:
        raise NoMoment(f"“{text[:40]}” has no time of day: an address may be somebody else's an hour later")
    return _moment(day, found, text)


def _day(found: re.Match[str], text: str) -> date:
    numbers = [int(found[name] or found[other]) for name, other in (("year", "y"), ("month", "m"), ("day", "d"))]
    try:
        day = date(*numbers)
    except ValueError:
        raise NoMoment(f"“{text[:40]}” is no day of the calendar") from None
    if not EARLIEST <= day.year <= LATEST:
        raise NoMoment(f"“{text[:40]}”: check the year")
    return day


def _moment(day: date, found: re.Match[str], text: str) -> datetime:
    try:
        part = int((found["part"] or "0").ljust(6, "0"))
        clock = time(int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0), part)
    except ValueError:
        raise NoMoment(f"“{text[:40]}” is no time of day") from None
    naive, zone = datetime.combine(day, clock), (found["zone"] or "").upper()
    if zone in ("Z", "UTC"):
        return naive.replace(tzinfo=UTC)
    if zone[:1] in ("+", "-"):
        return _offset(naive, zone, text)
    try:
        return on_the_wall(naive, zone, get_current_timezone()).astimezone(UTC)
    except ValidationError as refusal:
        raise NoMoment(str(refusal.messages[0])) from None


def _offset(naive: datetime, zone: str, text: str) -> datetime:
    figures = zone[1:].replace(":", "")
    away = timedelta(hours=int(figures[:2]), minutes=int(figures[2:]))
    if away > timedelta(hours=14):
        raise NoMoment(f"“{text[:40]}”: there is no such zone")
    return naive.replace(tzinfo=timezone(away if zone[0] == "+" else -away)).astimezone(UTC)
