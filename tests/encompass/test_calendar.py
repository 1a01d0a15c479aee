"""When a school next opens: terms, half-terms, training days, Easter, bank holidays, the nights the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encompass.calendar import LOOKED_AHEAD, Calendar, Hours, Span, Stage, stage_of
from sla.calendar import is_working_day, local

TERMS = (
    Span("term", date(2025, 9, 3), date(2025, 10, 24)),
    Span("term", date(2025, 11, 3), date(2025, 12, 19)),
    Span("term", date(2026, 1, 5), date(2026, 2, 13)),
    Span("term", date(2026, 2, 23), date(2026, 3, 27)),
    Span("term", date(2026, 4, 13), date(2026, 5, 22)),
    Span("term", date(2026, 6, 1), date(2026, 7, 21)),
)
VALE = Calendar(authority=TERMS)
NOTHING_KNOWN = Calendar()
BELL, END = time(8, 40), time(15, 30)


def at(year, month, day, hour=0, minute=0):
    return local(date(year, month, day), time(hour, minute)).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "bell"),
    [
        (at(2026, 3, 6, 23, 40), at(2026, 3, 9, 8, 40)),
        (at(2026, 3, 9, 2, 15), at(2026, 3, 9, 8, 40)),
        (at(2026, 3, 9, 8, 39), at(2026, 3, 9, 8, 40)),
        (at(2026, 3, 9, 8, 40), at(2026, 3, 10, 8, 40)),
        (at(2026, 3, 9, 16, 0), at(2026, 3, 10, 8, 40)),
        (at(2026, 2, 13, 23, 40), at(2026, 2, 23, 8, 40)),
        (at(2026, 3, 27, 23, 40), at(2026, 4, 13, 8, 40)),
        (at(2026, 5, 1, 23, 40), at(2026, 5, 5, 8, 40)),
        (at(2026, 5, 22, 23, 40), at(2026, 6, 1, 8, 40)),
    ],
    ids=[
        "Friday night",
        "in the night before school",
        "a minute before the bell",
        "on the bell",
        "after school",
        "the Friday before half-term",
        "the Friday before Easter",
        "the weekend of the early May bank holiday",
        "half-term that begins with a bank holiday",
    ],
)
def test_the_next_bell(moment, bell):
    assert VALE.next_bell(moment) == bell


@pytest.mark.parametrize(
    ("moment", "bell"),
    [
        (at(2026, 4, 2, 23, 40), at(2026, 4, 7, 8, 40)),
        (at(2026, 8, 28, 23, 40), at(2026, 9, 1, 8, 40)),
        (at(2026, 12, 24, 23, 40), at(2026, 12, 29, 8, 40)),
    ],
    ids=["Good Friday and Easter Monday", "the August bank holiday", "Christmas and Boxing Day"],
)
def test_where_no_calendar_is_known_weekdays_but_bank_holidays_are_school_days(moment, bell):
    assert (NOTHING_KNOWN.next_bell(moment), NOTHING_KNOWN.is_known(moment.date())) == (bell, False)


@pytest.mark.parametrize(
    ("night", "bell_in_utc"),
    [
        (at(2026, 3, 28, 23, 40), datetime(2026, 3, 30, 7, 40, tzinfo=UTC)),
        (at(2026, 10, 24, 23, 40), datetime(2026, 10, 26, 8, 40, tzinfo=UTC)),
    ],
    ids=["into summer time", "out of summer time"],
)
def test_over_the_night_the_clocks_change_the_bell_rings_by_the_clock_on_the_wall(night, bell_in_utc):
    assert NOTHING_KNOWN.next_bell(night) == bell_in_utc


def test_a_training_day_of_one_school_is_none_of_another():
    lark = Calendar(own=(Span("closed", date(2026, 3, 9), date(2026, 3, 9)),), authority=TERMS)
    friday = at(2026, 3, 6, 23, 40)
    assert (lark.next_bell(friday), VALE.next_bell(friday)) == (at(2026, 3, 10, 8, 40), at(2026, 3, 9, 8, 40))
    assert not lark.is_holidays(friday)


def test_a_school_with_terms_of_its_own_does_not_follow_its_authority():
    own = (Span("term", date(2025, 9, 1), date(2025, 12, 12)), Span("term", date(2026, 1, 12), date(2026, 3, 20)))
    school = Calendar(own=own, authority=TERMS)
    assert school.is_school_day(date(2026, 2, 18))
    assert not VALE.is_school_day(date(2026, 2, 18))
    assert not school.is_school_day(date(2026, 1, 6))


def test_a_school_that_says_it_is_open_is_open_when_its_authority_says_holiday():
    holiday = (*TERMS, Span("holiday", date(2026, 3, 9), date(2026, 3, 9)))
    assert not Calendar(authority=holiday).is_school_day(date(2026, 3, 9))
    assert Calendar(own=TERMS, authority=holiday).is_school_day(date(2026, 3, 9))


@pytest.mark.parametrize(
    ("moment", "holidays"),
    [
        (at(2026, 2, 13, 15, 29), True),
        (at(2026, 2, 18, 12, 0), True),
        (at(2026, 2, 22, 23, 0), True),
        (at(2026, 2, 23, 8, 0), False),
        (at(2026, 3, 7, 12, 0), False),
        (at(2026, 5, 2, 12, 0), False),
        (at(2026, 8, 5, 12, 0), True),
    ],
    ids=[
        "the last afternoon",
        "half-term",
        "the Sunday before it ends",
        "the first morning back",
        "a weekend in term",
        "a weekend with a bank holiday",
        "summer",
    ],
)
def test_when_it_is_the_holidays(moment, holidays):
    assert VALE.is_holidays(moment) is holidays


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 3, 9, 8, 39), False),
        (at(2026, 3, 9, 8, 40), True),
        (at(2026, 3, 9, 15, 29), True),
        (at(2026, 3, 9, 15, 30), False),
        (at(2026, 3, 7, 12, 0), False),
        (at(2026, 8, 5, 3, 0), True),
    ],
)
def test_at_once_is_while_school_is_in_and_in_the_holidays(moment, said):
    assert VALE.is_at_once(moment) is said


@pytest.mark.parametrize(
    ("moment", "bell"),
    [
        (at(2026, 1, 9, 23, 40), at(2026, 1, 12, 8, 40)),
        (at(2026, 8, 5, 12, 0), at(2026, 9, 1, 8, 40)),
        (at(2025, 9, 1, 23, 0), at(2025, 9, 2, 8, 40)),
    ],
    ids=["only the autumn term was entered", "the next year was not", "nor the year before"],
)
def test_terms_that_nobody_has_entered_yet_are_no_holiday(moment, bell):
    assert Calendar(authority=TERMS[:2]).next_bell(moment) == bell


def test_a_school_with_hours_of_its_own_rings_then_from_that_day_on():
    early = Calendar(authority=TERMS, hours=(Hours(date(2026, 3, 9), time(8, 25), time(15, 0)),))
    assert early.next_bell(at(2026, 3, 5, 20, 0)) == at(2026, 3, 6, 8, 40)
    assert early.next_bell(at(2026, 3, 6, 20, 0)) == at(2026, 3, 9, 8, 25)


@pytest.mark.parametrize(
    ("delivered", "due"),
    [
        (at(2026, 3, 6, 23, 50), at(2026, 3, 9, 15, 30)),
        (at(2026, 3, 9, 7, 0), at(2026, 3, 9, 15, 30)),
        (at(2026, 3, 9, 10, 0), at(2026, 3, 10, 15, 30)),
        (at(2026, 8, 5, 12, 0), at(2026, 9, 1, 15, 30)),
    ],
    ids=["Friday night", "before the bell", "during school", "in the holidays, on the first day back"],
)
def test_the_answer_is_due_at_the_end_of_the_first_day_that_begins_after(delivered, due):
    assert VALE.answer_due(delivered) == due


@pytest.mark.parametrize(
    ("born_on", "stage"),
    [
        (None, Stage.SCHOOL),
        (date(2021, 8, 31), Stage.SCHOOL),
        (date(2021, 9, 1), Stage.NURSERY),
        (date(2023, 1, 1), Stage.NURSERY),
        (date(2008, 3, 7), Stage.SCHOOL),
        (date(2008, 3, 6), Stage.ADULT),
        (date(2008, 2, 29), Stage.ADULT),
    ],
    ids=["not known", "four on 31 August", "four on 1 September", "three", "17", "18 today", "a leap day"],
)
def test_who_is_of_school_age_on_6_march_2026(born_on, stage):
    assert stage_of(born_on, date(2026, 3, 6)) == stage


def test_a_child_born_on_a_leap_day_is_a_child_until_1_march():
    assert stage_of(date(2008, 2, 29), date(2026, 2, 28)) == Stage.SCHOOL
    assert stage_of(date(2008, 2, 29), date(2026, 3, 1)) == Stage.ADULT


DAYS = st.dates(date(2025, 9, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2025, 9, 1), datetime(2027, 8, 31), timezones=st.just(UTC))


SPANS = st.builds(
    lambda kind, starts, days: Span(kind, starts, starts + timedelta(days)),
    st.sampled_from(["term", "holiday", "closed"]),
    DAYS,
    st.integers(0, 90),
)
CALENDARS = st.builds(
    Calendar,
    own=st.lists(SPANS, max_size=6).map(tuple),
    authority=st.lists(SPANS, max_size=6).map(tuple),
    hours=st.lists(
        st.builds(Hours, starts=DAYS, bell=st.times(time(7, 30), time(9, 30)), ends=st.just(time(15, 0))), max_size=2
    ).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CALENDARS, MOMENTS)
def test_the_next_school_day_is_never_a_weekend_a_bank_holiday_or_a_holiday_and_its_bell_never_before_now(
    calendar, moment
):
    day = calendar.next_school_day(moment)
    assert is_working_day(day)
    assert calendar.is_school_day(day) or day > moment.date() + timedelta(LOOKED_AHEAD)
    assert calendar.next_bell(moment) > moment


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CALENDARS, MOMENTS)
def test_no_school_day_whose_bell_is_still_to_ring_is_passed_over(calendar, moment):
    bell = calendar.next_bell(moment)
    days = (moment.date() + timedelta(n) for n in range((bell.date() - moment.date()).days))
    assert not [day for day in days if calendar.is_school_day(day) and calendar.bell_on(day) > moment]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CALENDARS, MOMENTS)
def test_the_answer_is_never_due_before_the_bell(calendar, moment):
    assert calendar.answer_due(moment) > calendar.next_bell(moment)
