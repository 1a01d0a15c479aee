"""How Part 2 of the Sexual Offences Act 2003 counts time. Dates in, dates out: no database, no clock.

A new law is a new row with the day from which it holds; a row that ends keeps the day on which it ended. Days are local
calendar days, never working days. A period "beginning with" a day counts that day as the first: three days beginning
with a Monday are over when Wednesday is.

Disregarded time (s.83(6), s.84(5), s.85(3): in custody on the order of a court or serving a sentence, detained in
hospital, outside the United Kingdom) is counted in whole days: the day on which it begins is disregarded, the day on
which it ends is not: whoever is released on a Friday has until the end of Sunday. The Act speaks of time and not of
days; this reading is our default, to be confirmed by a force's legal department.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
PART_2_BEGAN = date(2004, 5, 1)
REGULATIONS_OF_2012 = date(2012, 8, 13)
"""The Sexual Offences Act 2003 (Notification Requirements) (England and Wales) Regulations 2012 (SI 2012/1876)."""


class NoSuchRule(ValueError):
    """No rule of that name held on that day. Plain English, for the person."""


class Counts(StrEnum):
    BEGINNING_WITH = "beginning with"  # so many days, of which the day itself is the first
    YEARLY = "a year after"  # s.85: the same date of the next year
    DAYS_AFTER = "days after"  # s.85 for a prescribed period: that many days later


@dataclass(frozen=True)
class Rule:
    """One thing an offender must tell police, and by when. `starts`, `ends`: days between which an event must fall."""

    code: str
    label: str
    section: str
    days: int
    counts: Counts = Counts.BEGINNING_WITH
    resets_annual: bool = False
    starts: date = PART_2_BEGAN
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


RULES: tuple[Rule, ...] = (
    Rule("initial", "Initial notification", "s.83(1)", 3, resets_annual=True),
    Rule("change", "Change of name, home or release", "s.84(1)", 3, resets_annual=True),
    Rule("other_premises", "Stay at other premises", "s.84(1)(c), (6)", 3, resets_annual=True),
    Rule("advance_failed", "What was notified in advance did not happen", "s.84(4)(b)", 6),
    Rule("annual", "Annual notification", "s.85(1)", 365, Counts.YEARLY, resets_annual=True),
    Rule(
        "weekly",
        "Weekly notification, no fixed abode",
        "s.85(5)(a); 2012 Regulations",
        7,
        Counts.DAYS_AFTER,
        resets_annual=True,
        starts=REGULATIONS_OF_2012,
    ),
    Rule(
        "child_at_home", "Stay in a household with a child", "s.84(1); 2012 Regulations", 3, starts=REGULATIONS_OF_2012
    ),
    Rule("travel_return", "Return from travel", "s.86(3); 2004 Regulations", 3),
)
"""Of the 2012 Regulations a change does not move the annual date (Home Office, questions and answers of 2012)."""


@dataclass(frozen=True)
class Away:
    """Time the Act disregards. `ended`: the day of release or return; None = it goes on, as far as anybody knows."""

    began: date
    ended: date | None = None

    def takes(self, day: date) -> bool:
        return self.began <= day and (self.ended is None or day < self.ended)


@dataclass(frozen=True)
class Disposal:
    """What a court or police did, and how long that makes somebody notify (s.82(1)).

    `years`: None with `indefinite` False = as long as the court said (conditional discharge).
    """

    code: str
    label: str
    years: int | None
    indefinite: bool = False
    halves: bool = True
    starts: date = date.min  # s.81: also of whoever was dealt with before the Act began
    ends: date | None = None


DISPOSALS: tuple[Disposal, ...] = (
    Disposal("life", "Imprisonment for life, or for public protection", None, indefinite=True),
    Disposal("months_30", "Imprisonment of 30 months or more", None, indefinite=True),
    Disposal("hospital_restricted", "Hospital with a restriction order", None, indefinite=True),
    Disposal("months_6_30", "Imprisonment of more than 6 and less than 30 months", 10),
    Disposal("months_6", "Imprisonment of 6 months or less", 7),
    Disposal("hospital", "Hospital without a restriction order", 7),
    Disposal("caution", "Caution", 2),
    Disposal("discharge", "Conditional discharge", None, halves=False),
    Disposal("other", "Community order, fine or another disposal", 5),
)


@dataclass(frozen=True)
class Period:
    """How long somebody notifies. `ends_on`: the last day; None = indefinitely."""

    ends_on: date | None
    section: str


def rules_on(day: date) -> list[Rule]:
    """What has to be notified of an event of this day."""
    return [each for each in RULES if each.holds_on(day)]


def rule(code: str, day: date) -> Rule:
    """The rule of that name for an event of this day. Raises NoSuchRule."""
    found = next((each for each in rules_on(day) if each.code == code), None)
    if found is None:
        raise NoSuchRule(f"No law asked for a notification of this kind ({code}) on {day:%-d %B %Y}.")
    return found


def label_of(code: str) -> str:
    """What a kind of notification is called; one that no rule knows any more keeps its code."""
    return next((each.label for each in RULES if each.code == code), code)


def disposal(code: str, day: date) -> Disposal:
    """The disposal of that name on this day. Raises NoSuchRule."""
    for each in DISPOSALS:
        if each.code == code and each.starts <= day and (each.ends is None or day <= each.ends):
            return each
    raise NoSuchRule(f"No disposal called {code} made somebody notify on {day:%-d %B %Y}.")


def period(code: str, relevant_on: date, *, under_18: bool, discharged_until: date | None = None) -> Period:
    """The notification period (s.82): it begins with the relevant date. Under 18 on that date: half (s.82(2)), but for
    a conditional discharge. Raises NoSuchRule.

    `discharged_until`: last day of a conditional discharge.
    """
    what = disposal(code, relevant_on)
    if what.indefinite:
        return Period(None, "s.82(1): an indefinite period beginning with the relevant date")
    if what.years is None:
        if discharged_until is None or discharged_until < relevant_on:
            raise NoSuchRule("Say until when the conditional discharge lasts: the period is as long.")
        return Period(discharged_until, "s.82(1): the period of conditional discharge")
    months = what.years * 12
    if under_18 and what.halves:
        return Period(months_later(relevant_on, months // 2) - DAY, f"s.82(1), (2): half of {what.years} years")
    return Period(months_later(relevant_on, months) - DAY, f"s.82(1): {what.years} years beginning with that date")


def longest(periods: Iterable[Period]) -> Period:
    """Of several requirements the one that lasts longest is in force to the end."""
    return max(periods, key=lambda each: (each.ends_on is None, each.ends_on or date.max))


def last_day(what: Rule, arose_on: date, away: Sequence[Away] = ()) -> date | None:
    """The last day on which a notification is in time; None = its time does not run, because they are away with no end
    known (ss.83(6), 84(5), 85(3)).

    `arose_on`: the relevant date, the day of the event, or the last notification of one that is due again and again.
    """
    if what.counts is Counts.BEGINNING_WITH:
        return _of_days(arose_on, what.days, away)
    yearly = what.counts is Counts.YEARLY
    ends = months_later(arose_on, 12) if yearly else arose_on + what.days * DAY
    return _after_being_away(ends, away)


def _of_days(first: date, days: int, away: Sequence[Away]) -> date | None:
    """The day on which so many days are over that count, the first of them the first that is not disregarded."""
    day, left = _first_that_counts(first, away), days - 1
    while day is not None and left:
        day, left = _first_that_counts(day + DAY, away), left - 1
    return day


def _first_that_counts(day: date, away: Sequence[Away]) -> date | None:
    """This day, or the first after it that is not disregarded; None = none is known."""
    while inside := [each for each in away if each.takes(day)]:
        if any(each.ended is None for each in inside):
            return None
        day = max(each.ended for each in inside if each.ended)
    return day


def _after_being_away(ends: date, away: Sequence[Away]) -> date | None:
    """s.85(3): a period that would end while they are away goes on until three days from when they first are not."""
    if not any(each.takes(ends) for each in away):
        return ends
    back = _first_that_counts(ends, away)
    return _of_days(back, 3, away) if back else None


def resets_annual(code: str) -> bool:
    """Whether a notification of this kind moves the date of the next annual one (s.85(1), (2))."""
    return any(each.code == code and each.resets_annual for each in RULES)


ADVANCE_AT_MOST = 2
"""Days. s.84(4)(a): what happens more than two days before the day that was given has not been notified."""


def advance_holds(given_for: date, happened_on: date) -> bool:
    """Whether a notification in advance (s.84(3)) stands for what then happened."""
    early = (given_for - happened_on).days
    return early <= ADVANCE_AT_MOST and happened_on <= given_for + 2 * DAY


QUALIFYING_STAY = 7
"""Days. s.84(6): at one place, or in periods which together make as many within twelve months."""


def qualifying_stay(days: Iterable[date]) -> date | None:
    """The day on which stays at one other place became a qualifying period; None = not yet."""
    stayed = sorted(set(days))
    for number in range(QUALIFYING_STAY - 1, len(stayed)):
        if stayed[number] < months_later(stayed[number - QUALIFYING_STAY + 1], 12):
            return stayed[number]
    return None


NOTICE_OF_TRAVEL, AT_THE_LATEST = 7, timedelta(hours=12)
"""Days before departure, and how much before it at the latest with a reasonable excuse (2004 Regulations, reg. 5, as
amended in 2012; the hours are those of Northern Ireland's reg. 7: ask your legal department)."""


@dataclass(frozen=True)
class TravelNotice:
    """Whether a notice of travel came when the law asks for it. `days`: between the notice and the departure."""

    in_time: bool
    days: int


def travel_notice(notified_on: date, departs_on: date) -> TravelNotice:
    """At least seven days before departure (s.86; any travel, however short, since 13 August 2012)."""
    days = (departs_on - notified_on).days
    return TravelNotice(days >= NOTICE_OF_TRAVEL, days)


REVIEW_AFTER_YEARS, REVIEW_AFTER_YEARS_UNDER_18 = 15, 8


def may_apply_from(first_notified_on: date, *, under_18: bool) -> date:
    """The first day on which somebody who notifies indefinitely may ask for a review (s.91B(2)): counted from their
    first notification after release. Whoever is under a sexual harm prevention order may not (s.91A(2)(b))."""
    years = REVIEW_AFTER_YEARS_UNDER_18 if under_18 else REVIEW_AFTER_YEARS
    return months_later(first_notified_on, years * 12)


def months_later(day: date, months: int) -> date:
    """The corresponding date; where that month has none, its last day (the corresponding date rule)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
