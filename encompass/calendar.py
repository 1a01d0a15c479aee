"""When a school next opens: its next school day, its bell, its holidays. Plain functions; nothing is read here.

School days are weekdays that are no bank holiday in England and on which neither the school nor its authority says that
the school is closed. What the school says counts before what its authority says. Where neither has said anything of a
school year, every weekday but the bank holidays is a school day: too early a warning is better than one too late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from sla.calendar import is_working_day, local

DAY = timedelta(days=1)
LOOKED_AHEAD = 400
"""Days. A calendar that leaves no school day in so many is not believed."""
LONGEST_HOLIDAY = timedelta(days=60)
AUGUST, SEPTEMBER = 8, 9
SUMMER = (7, AUGUST)


class Kind(StrEnum):
    TERM = "term"
    HOLIDAY = "holiday"
    CLOSED = "closed"


@dataclass(frozen=True)
class Span:
    """Days in a row, both ends included."""

    kind: str
    starts: date
    ends: date

    def has(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def in_year(self, year: int) -> bool:
        """Whether any of it lies in the school year that begins in September of this year."""
        return self.starts < date(year + 1, SEPTEMBER, 1) and self.ends >= date(year, SEPTEMBER, 1)


@dataclass(frozen=True)
class Hours:
    """Bell and end of the school day, from a day on."""

    starts: date
    bell: time
    ends: time


def school_year(day: date) -> int:
    """The year in which the school year of this day began."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


@dataclass(frozen=True)
class Calendar:
    """What is known of one school's days: its own rows, its authority's, and its hours."""

    own: Sequence[Span] = ()
    authority: Sequence[Span] = ()
    bell: time = time(8, 40)
    ends: time = time(15, 30)
    hours: Sequence[Hours] = field(default=())

    def is_known(self, day: date) -> bool:
        """Whether anybody has said when the terms of that school year are."""
        return bool(self._terms(day))

    def is_school_day(self, day: date) -> bool:
        return is_working_day(day) and self._said(day) in (None, Kind.TERM)

    def is_holiday(self, day: date) -> bool:
        """A day between the terms, or in a half-term; weekends and training days by themselves are none."""
        return self._said(day) == Kind.HOLIDAY

    def bell_on(self, day: date) -> datetime:
        return local(day, self._hours(day).bell)

    def end_on(self, day: date) -> datetime:
        return local(day, self._hours(day).ends)

    def next_school_day(self, moment: datetime) -> date:
        """The first school day whose bell has not rung at this moment; one that rings now has."""
        today = timezone.localdate(moment)
        days = (day for day in _days_from(today) if is_working_day(day) and self.bell_on(day) > moment)
        return next(day for day in days if self.is_school_day(day) or day > today + DAY * LOOKED_AHEAD)

    def next_bell(self, moment: datetime) -> datetime:
        """When the next school day begins, in UTC."""
        return self.bell_on(self.next_school_day(moment)).astimezone(UTC)

    def is_in(self, moment: datetime) -> bool:
        """Whether school is in: the bell has rung today and the day has not ended."""
        today = timezone.localdate(moment)
        return self.is_school_day(today) and self.bell_on(today) <= moment < self.end_on(today)

    def is_holidays(self, moment: datetime) -> bool:
        """Whether these are the holidays: some day before the next school day is one, its weekend included."""
        opens, today = self.next_school_day(moment), timezone.localdate(moment)
        return any(self.is_holiday(day) for day in _days_between(today, opens))

    def is_at_once(self, moment: datetime) -> bool:
        """Whether the school is told without waiting for its next bell: the child is there now, or the bell is far."""
        return self.is_in(moment) or self.is_holidays(moment)

    def answer_due(self, delivered: datetime) -> datetime:
        """The end of the first school day that begins after it was delivered, in UTC."""
        return self.end_on(self.next_school_day(delivered)).astimezone(UTC)

    def _said(self, day: date) -> str | None:
        """What is said of a day; None where nobody has said anything of its school year."""
        if closed := self._closed(self.own, day):
            return closed
        if not self._is_term(self.own, day) and (closed := self._closed(self.authority, day)):
            return closed
        terms = self._terms(day)
        if any(span.has(day) for span in terms):
            return Kind.TERM
        return Kind.HOLIDAY if terms and _is_between(terms, day) else None

    def _terms(self, day: date) -> list[Span]:
        """The school's own terms, or else its authority's: whichever says any of that school year."""
        year = school_year(day)
        for spans in (self.own, self.authority):
            terms = [span for span in spans if span.kind == Kind.TERM]
            if any(span.in_year(year) for span in terms):
                return terms
        return []

    @staticmethod
    def _closed(spans: Sequence[Span], day: date) -> str | None:
        said = {span.kind for span in spans if span.kind != Kind.TERM and span.has(day)}
        return next((kind for kind in (Kind.HOLIDAY, Kind.CLOSED) if kind in said), None)

    @staticmethod
    def _is_term(spans: Sequence[Span], day: date) -> bool:
        return any(span.kind == Kind.TERM and span.has(day) for span in spans)

    def _hours(self, day: date) -> Hours:
        known = [each for each in self.hours if each.starts <= day]
        return max(known, key=lambda each: each.starts) if known else Hours(day, self.bell, self.ends)


def _is_between(terms: Sequence[Span], day: date) -> bool:
    """Whether a day outside the terms is a holiday. Terms that nobody has entered yet leave no holiday of months:
    without a term before and after it, only July and August are believed."""
    before = max((span.ends for span in terms if span.ends < day), default=None)
    after = min((span.starts for span in terms if span.starts > day), default=None)
    if before and after:
        return after - before <= LONGEST_HOLIDAY
    return day.month in SUMMER


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY


def _days_between(first: date, end: date) -> Iterator[date]:
    """From the first day up to the day before the end."""
    return (first + DAY * n for n in range((end - first).days))


class Stage(StrEnum):
    """How old a child is for a school."""

    NURSERY = "nursery"
    SCHOOL = "school"
    ADULT = "adult"


FOUR, EIGHTEEN = 4, 18


def stage_of(born_on: date | None, day: date) -> Stage:
    """Reception age to 17 is school age, and so is an age that nobody knows.

    A child comes to reception in the September after the fourth birthday (School Admissions Code 2021, 2.17).
    """
    if born_on is None:
        return Stage.SCHOOL
    if whole_years(born_on, day) >= EIGHTEEN:
        return Stage.ADULT
    began = date(school_year(day), AUGUST, 31)
    return Stage.SCHOOL if whole_years(born_on, began) >= FOUR else Stage.NURSERY


def whole_years(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
