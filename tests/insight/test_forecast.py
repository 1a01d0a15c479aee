"""What is said of the weeks to come: the same each time, never less than nothing, and right eight times of ten."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.forecast import (
    DAYS_AHEAD,
    HOURS,
    LEAST_DAYS,
    Day,
    TooLittleKnown,
    WhatIf,
    forecast,
)
from insight.forecast_months import HORIZONS, KINDS, lived, tried

MONTHS = 35


def flat(arrives, done, days=LEAST_DAYS, dry=False):
    """The same each day: so much comes at nine, so much is done at ten."""
    came = tuple(arrives if hour == 9 else 0 for hour in range(HOURS))
    went = tuple(done if hour == 10 else 0 for hour in range(HOURS))
    return [Day(number % 7, came, went, dry) for number in range(days)]


def ends(said):
    return [(day.low, day.median, day.high) for day in said.days]


def test_eight_of_ten_that_were_said_hold_over_many_invented_months():
    scores = tried(MONTHS, seed="months", paths=120)
    assert sum(each.said for each in scores) == MONTHS * len(KINDS) * len(HORIZONS) >= 200
    assert 0.70 <= sum(each.right for each in scores) / sum(each.said for each in scores) <= 0.90
    assert [each.kind for each in scores if not 0.65 <= each.share <= 0.95] == []


def test_with_fewer_than_four_weeks_it_says_that_too_little_is_known():
    with pytest.raises(TooLittleKnown, match="27 days have been seen, and a forecast needs at least 28"):
        forecast(flat(5, 4, days=LEAST_DAYS - 1), 10, seed="a")
    assert forecast(flat(5, 4, days=LEAST_DAYS), 10, seed="a")


def test_the_same_past_says_the_same_each_time():
    history = [day for day, _ in lived(KINDS[5], Random("one"), 56)]
    assert forecast(history, 80, seed="one") == forecast(history, 80, seed="one")
    assert forecast(history, 80, seed="one") != forecast(history, 80, seed="another")


def test_where_each_day_is_like_the_other_it_says_what_anybody_can_reckon():
    said = forecast(flat(5, 4), 10, seed="flat")
    assert ends(said) == [(11 + number,) * 3 for number in range(DAYS_AHEAD + 1)]
    assert (said.clears, said.clears_on) == (0, None)


def test_it_clears_on_the_day_that_can_be_reckoned_and_stays_clear():
    said = forecast(flat(5, 7), 10, seed="flat")
    assert [day.median for day in said.days[:7]] == [8, 6, 4, 2, 0, 0, 0]
    assert (said.clears, said.clears_on) == (1, 4)


def test_it_breaks_when_more_waits_than_may_and_not_when_as_much_does():
    assert forecast(flat(5, 4), 10, seed="flat", limit=20).breaks_on == 10
    at_the_limit = forecast(flat(5, 4), 10, seed="flat", limit=10 + DAYS_AHEAD + 1)
    assert (at_the_limit.breaks, at_the_limit.breaks_on) == (0, None)


def test_of_a_day_that_is_half_over_only_the_rest_is_lived():
    assert [day.median for day in forecast(flat(5, 4), 10, seed="flat", hours_gone=10).days[:2]] == [6, 7]
    assert [day.median for day in forecast(flat(5, 4), 10, seed="flat", hours_gone=11).days[:2]] == [10, 11]


def test_two_more_people_from_a_day_on_finish_what_two_people_finish():
    said = forecast(flat(5, 4), 50, seed="flat", what_if=WhatIf(people=2, from_day=3, each=3))
    assert [day.median for day in said.days[:5]] == [51, 52, 53, 48, 43]


def test_more_people_change_nothing_on_days_when_the_work_is_not_done():
    weekdays_only = [
        Day(day.weekday, day.arrived, day.done if day.weekday < 5 else (0,) * HOURS) for day in flat(5, 7, days=56)
    ]
    more = forecast(weekdays_only, 50, seed="flat", what_if=WhatIf(people=2, from_day=0, each=3))
    assert [day.median for day in more.days[:7]] == [42, 34, 26, 18, 10, 15, 20]


def test_thirteen_in_a_hundred_more_notices_are_thirteen_in_a_hundred_more():
    said = forecast(flat(100, 100), 50, seed="flat", what_if=WhatIf(arrivals=1.13))
    assert [day.median for day in said.days[:3]] == [63, 76, 89]


def test_a_day_on_which_nothing_was_left_does_not_say_that_no_more_could_be_done():
    quiet = flat(3, 3, days=20, dry=True)
    busy = [Day((20 + number) % 7, day.arrived, day.done) for number, day in enumerate(flat(3, 9, days=15))]
    said = forecast([*quiet, *busy], 30, seed="dry")
    assert said.clears == 1
    assert said.clears_on < 8


days = st.lists(
    st.tuples(
        st.lists(st.integers(0, 30), min_size=HOURS, max_size=HOURS),
        st.lists(st.integers(0, 30), min_size=HOURS, max_size=HOURS),
        st.booleans(),
    ),
    min_size=LEAST_DAYS,
    max_size=LEAST_DAYS + 10,
)


@settings(max_examples=25, deadline=None)
@given(history=days, backlog=st.integers(0, 2000), hours_gone=st.integers(0, 23))
def test_whatever_the_past_was_nobody_finishes_what_is_not_there(history, backlog, hours_gone):
    past = [Day(number % 7, tuple(a), tuple(d), dry) for number, (a, d, dry) in enumerate(history)]
    said = forecast(past, backlog, seed="any", paths=20, hours_gone=hours_gone, limit=500)
    assert len(said.days) == DAYS_AHEAD + 1
    assert all(0 <= day.low <= day.median <= day.high for day in said.days)
    assert 0 <= said.clears <= 1
    assert 0 <= said.breaks <= 1


@settings(max_examples=25, deadline=None)
@given(history=days, backlog=st.integers(0, 2000), people=st.integers(1, 10))
def test_more_people_never_leave_more_waiting_and_more_work_never_less(history, backlog, people):
    past = [Day(number % 7, tuple(a), tuple(d), dry) for number, (a, d, dry) in enumerate(history)]
    as_it_is = forecast(past, backlog, seed="any", paths=20)
    helped = forecast(past, backlog, seed="any", paths=20, what_if=WhatIf(people=people, from_day=0, each=2))
    loaded = forecast(past, backlog, seed="any", paths=20, what_if=WhatIf(arrivals=1.13))
    for now, less, more in zip(as_it_is.days, helped.days, loaded.days, strict=True):
        assert less.median <= now.median <= more.median
