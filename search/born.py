"""When somebody was born, as people write it: a date in any British way, a month, a year, an age."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

OLDEST = 120
A_YEAR_OFF = "Date of birth a year off"
SWAPPED = "Date of birth with day and month swapped"


@dataclass(frozen=True)
class Span:
    """Born on a day, or between two days, both included."""

    first: date
    last: date
    said: str

    @property
    def is_a_day(self) -> bool:
        return self.first == self.last


def aged(age: int, today: date) -> Span:
    """Everybody who is this old today. Somebody born on 29 February is a year older on 1 March."""
    birthday_today = _same_day(today, today.year - age)
    day_after_next = _same_day(today, today.year - age - 1) + timedelta(days=1)
    return Span(day_after_next, birthday_today, f"Age {age}")


def months_old(months: int, today: date) -> Span:
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = _last_possible(years, month + 1, today.day)
    years, month = divmod(today.year * 12 + today.month - 2 - months, 12)
    first = _last_possible(years, month + 1, today.day) + timedelta(days=1)
    return Span(first, last, f"{months} months old")


def _same_day(day: date, year: int) -> date:
    return _last_possible(year, day.month, day.day)


def _last_possible(year: int, month: int, day: int) -> date:
    """That day, or the last one of its month."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def on(day: date) -> Span:
    return Span(day, day, "Date of birth")


def easily_mistaken(day: date) -> dict[date, str]:
    """Days that are often written for this one, and how that happens."""
    found: dict[date, str] = {}
    for year in {max(day.year - 1, MINYEAR), min(day.year + 1, MAXYEAR)}:
        found[_same_day(day, year)] = A_YEAR_OFF
        if (day.month, day.day) == (2, 28):
            found[_last_possible(year, 2, 29)] = A_YEAR_OFF
    with suppress(ValueError):
        found[date(day.year, day.day, day.month)] = SWAPPED
    found.pop(day, None)
    return found


def two_of_three_agree(one: date, other: date) -> bool:
    """Day, month and year, of which one is wrong."""
    return [one.day == other.day, one.month == other.month, one.year == other.year].count(True) == 2


# Reading


_MONTHS = {
    name: at
    for at, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_BORN = r"(?:\b(?:d\.?\s?o\.?\s?b\b\.?|date\s+of\s+birth|born(?:\s+on)?)[\s:]*)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"{_BORN}(?<![\w/.-]){text}(?![\w/-])", re.IGNORECASE | re.ASCII)


DAYS = [
    _pattern(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"),
    _pattern(rf"{_DAY}\s?([-/.])\s?(?P<month>\d{{1,2}})\s?\2\s?{_YEAR}"),
    _pattern(rf"{_DAY}\s(?P<month>\d{{1,2}})\s(?P<year>\d{{4}})"),
    _pattern(rf"{_DAY}[\s-]*(?:of\s+)?{_MONTH}[\s,-]*{_YEAR}"),
    _pattern(rf"{_MONTH}\s*{_DAY}[\s,]+(?P<year>\d{{4}})"),
    _pattern(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})"),
]
MONTHS = [_pattern(rf"{_MONTH}\s*(?P<year>\d{{4}})")]
YEAR = _pattern(r"(?P<year>(?:19|20)\d{2})")
_YEARS = r"(?:yrs?|years?|y/?o|y\.o\.?)"
AGES = [
    re.compile(rf"\bage(?:d|s)?\b[\s:]*(?P<age>\d{{1,3}})\b(?!\s*m)(?:\s*{_YEARS})?(?:\s*old\b)?", re.IGNORECASE),
    re.compile(rf"(?<![\w/.-])(?P<age>\d{{1,3}})[\s-]*{_YEARS}(?:[\s-]*old)?(?!\w)", re.IGNORECASE),
    re.compile(r"(?<![\w/.-])(?P<age>\d{1,3})y(?!\w)", re.IGNORECASE),
]
MONTHS_OLD = [
    re.compile(
        r"(?:\bage(?:d|s)?\b[\s:]*)?(?<![\w/.-])(?P<age>\d{1,2})[\s-]*(?:months?|mths?|m/?o)(?:[\s-]*old)?(?!\w)",
        re.IGNORECASE,
    )
]


def day(found: re.Match[str], today: date) -> Span | None:
    """A day that there was. The day comes before the month; where that cannot be, the other way about."""
    month, first = _MONTHS.get(found["month"][:3].lower()) or int(found["month"]), date(today.year - OLDEST, 1, 1)
    for year in _years(found["year"]):
        read = _date(year, month, int(found["day"])) or _date(year, int(found["day"]), month)
        if read and first <= read <= today:
            return on(read)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def _years(said: str) -> list[int]:
    """Two figures mean the last such year in which somebody can have been born by now."""
    short = int(said.removeprefix("'"))
    return [short] if len(said) == 4 else [2000 + short, 1900 + short]


def month_and_year(found: re.Match[str], today: date) -> Span | None:
    year, month = int(found["year"]), _MONTHS[found["month"][:3].lower()]
    if not today.year - OLDEST <= year <= today.year:
        return None
    return Span(date(year, month, 1), _last_possible(year, month, 31), f"Born in {date(year, month, 1):%B %Y}")


def year(found: re.Match[str], today: date) -> Span | None:
    said = int(found["year"])
    return Span(date(said, 1, 1), date(said, 12, 31), f"Born in {said}") if said <= today.year else None


def age(found: re.Match[str], today: date) -> Span | None:
    return aged(int(found["age"]), today) if int(found["age"]) <= OLDEST else None


def age_in_months(found: re.Match[str], today: date) -> Span | None:
    return months_old(int(found["age"]), today) if int(found["age"]) <= 36 else None
