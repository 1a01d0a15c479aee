"""Periods, percentiles, shares and ratings: how figures are counted, whatever they are of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.figure_files import harmless
from insight.figure_rag import rated
from quality.counting import MEASURES, Period, Value, at_percentile, month_after

LENGTHS = st.lists(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90)), min_size=1, max_size=60)


@given(LENGTHS, st.integers(1, 100))
def test_so_many_of_a_hundred_took_no_longer_and_no_shorter_one_would_do(lengths, percentile):
    found = at_percentile(lengths, percentile)
    assert found in lengths
    assert sum(each <= found for each in lengths) * 100 >= percentile * len(lengths)
    assert sum(each < found for each in lengths) * 100 < percentile * len(lengths)


def test_nothing_has_no_middle():
    assert at_percentile([], 50) is None


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_is_between_nought_and_a_hundred_and_is_said_with_its_whole(counted, more):
    value = Value(counted, counted + more)
    assert 0 <= value.share <= 100
    assert value.in_words.startswith(f"{counted} of {counted + more} (")


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_months_follow_each_other_with_no_gap_and_no_moment_in_two(day):
    this, following = Period.month(day), Period.month(month_after(day.replace(day=1)))
    assert following.begins - this.at == timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("month", "begins", "hours"),
    [
        (date(2026, 3, 9), datetime(2026, 3, 1, 0, tzinfo=UTC), 31 * 24 - 1),
        (date(2026, 4, 1), datetime(2026, 3, 31, 23, tzinfo=UTC), 30 * 24),
        (date(2026, 10, 31), datetime(2026, 9, 30, 23, tzinfo=UTC), 31 * 24 + 1),
    ],
)
def test_a_month_begins_at_local_midnight_also_when_the_clocks_change_in_it(month, begins, hours):
    period = Period.month(month)
    assert period.begins == begins
    assert period.at - period.begins + timedelta(microseconds=1) == timedelta(hours=hours)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("counted", "of", "rag"),
    [(75, 100, "green"), (3, 4, "green"), (74, 100, "amber"), (65, 100, "amber"), (64, 100, "red"), (0, 0, "")],
)
def test_the_target_of_75_of_a_hundred_to_the_exact_share(clock, counted, of, rag):
    assert rated(MEASURES["priority_attended_in_the_hour"], Value(counted, of), clock.at) == rag


@pytest.mark.django_db
def test_of_what_should_never_happen_one_is_red(clock):
    measure = MEASURES["schools_told_late"]
    assert [rated(measure, Value(number), clock.at) for number in (0, 1)] == ["green", "red"]
    assert rated(MEASURES["hub_waiting"], Value(400), clock.at) == ""


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "  =1", "\tx", "\rx"])
def test_nothing_in_a_file_is_run_by_a_spreadsheet(cell):
    assert harmless(cell) == f"'{cell}"


def test_other_words_stay_as_they_are():
    assert harmless("12 of 30 (40 %)") == "12 of 30 (40 %)"
