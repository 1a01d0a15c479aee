"""Working days: not Saturdays, Sundays or bank holidays in England. Clocks that keep a child safe do not use them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.utils import timezone

SATURDAY = 5
DAY = timedelta(days=1)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after this day."""
    day += DAY
    while not is_working_day(day):
        day += DAY
    return day


def local(day: date, at: time = time.min) -> datetime:
    """That time on that day by the local clock."""
    return timezone.make_aware(datetime.combine(day, at))


def working_days_after(moment: datetime, days: int) -> datetime:
    """The same local time so many working days (one or more) later.

    What comes in on a day when nobody works counts from the next working day's first moment, so one working day from
    Saturday afternoon is over when Monday is.
    """
    here = timezone.localtime(moment)
    if is_working_day(here.date()):
        day = here.date()
        for _ in range(days):
            day = next_working_day(day)
        return local(day, here.time())
    day = here.date()
    for _ in range(days):
        day = next_working_day(day)
    return local(day + DAY)
