"""Moments and lengths of time in words. Everything that depends on the present takes it as `now`."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from govuk.typed import happens_twice

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NOT_RECORDED = "not recorded"
# Spelled out here: Django's own formatting took more than half of the time of a queue page.
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Urgency(StrEnum):
    """How near a due time is."""

    ON_TIME = "on-time"
    CLOSE = "close"
    OVER = "over"


def exactly(moment: datetime | date | None) -> str:
    """Mon 2 March 2026, 09:14 on the local clock; BST or GMT is added in the hour that comes twice."""
    if moment is None:
        return NOT_RECORDED
    if not isinstance(moment, datetime):
        return _day(moment)
    local = timezone.localtime(moment)
    shown = f"{_day(local)}, {local:%H:%M}"
    return f"{shown} {local.tzname()}" if happens_twice(local) else shown


def length(span: timedelta) -> str:
    """The two largest parts: 2 days 4 hours, 3 hours 12 minutes, 12 minutes. Rounded down."""
    span = abs(span)
    days, rest = divmod(span, DAY)
    hours, rest = divmod(rest, HOUR)
    parts = [(days, "day"), (hours, "hour"), (rest // MINUTE, "minute")]
    first = next((place for place, (count, _) in enumerate(parts) if count), None)
    if first is None:
        return "less than a minute"
    return " ".join(_count(count, unit) for count, unit in parts[first : first + 2] if count)


def hours(span: timedelta) -> str:
    """A promised length as people name it: 15 minutes, 24 hours, 72 hours; above a week in days."""
    if span % HOUR or span > 7 * DAY:
        return length(span)
    return _count(span // HOUR, "hour")


def between(earlier: datetime, later: datetime) -> timedelta:
    """Time that really passed: two local times of one zone would subtract by their wall clocks."""
    return later.astimezone(UTC) - earlier.astimezone(UTC)


def urgency(due: datetime, now: datetime, started: datetime | None = None) -> Urgency:
    """Over; or close: the last quarter of its time, and always the last hour; or on time."""
    left = between(now, due)
    if left <= timedelta(0):
        return Urgency.OVER
    last_quarter = between(started, due) / 4 if started else timedelta(0)
    return Urgency.CLOSE if left < HOUR or left <= last_quarter else Urgency.ON_TIME


def left_or_over(due: datetime, now: datetime, started: datetime | None = None) -> str:
    """3 hours 12 minutes left; 42 minutes left, due soon; 2 days 4 hours over."""
    said = length(between(now, due))
    match urgency(due, now, started):
        case Urgency.OVER:
            return f"{said} over"
        case Urgency.CLOSE:
            return f"{said} left, due soon"
    return f"{said} left"


def ago(moment: datetime, now: datetime) -> str:
    """3 hours 12 minutes ago; or, ahead of now, in 3 hours 12 minutes."""
    passed = between(moment, now)
    return f"in {length(passed)}" if passed < timedelta(0) else f"{length(passed)} ago"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
