"""How long pre-charge bail may last, in worked examples, and what holds of every day of arrest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from online.bail_law import (
    ACT_OF_2017,
    ACT_OF_2022,
    CHIEF,
    CUSTODY,
    INSPECTOR,
    MAGISTRATES,
    RULES,
    SUPERINTENDENT,
    NoSuchBail,
    Rule,
    first_rule,
    last_day,
    may_follow,
    rule,
    start_date,
)
from online.codes import Authority

DAYS = st.dates(ACT_OF_2017, date(2045, 12, 31))


@pytest.mark.parametrize(
    ("arrested_on", "after", "code", "ends_on"),
    [
        # today's law: each in turn, an ordinary day
        (date(2026, 3, 14), "", "custody", date(2026, 6, 14)),
        (date(2026, 3, 14), CUSTODY, "inspector", date(2026, 9, 14)),
        (date(2026, 3, 14), INSPECTOR, "superintendent", date(2026, 12, 14)),
        (date(2026, 3, 14), SUPERINTENDENT, "chief", date(2027, 3, 14)),
        (date(2026, 3, 14), SUPERINTENDENT, "court", date(2027, 3, 14)),
        (date(2026, 3, 14), SUPERINTENDENT, "court_long", date(2027, 9, 14)),
        (date(2026, 3, 14), CHIEF, "court_designated", date(2027, 9, 14)),
        (date(2026, 3, 14), CHIEF, "court_designated_long", date(2028, 3, 14)),
        # ends of months: the day after the arrest counts as the first
        (date(2026, 2, 28), "", "custody", date(2026, 5, 31)),
        (date(2026, 8, 31), "", "custody", date(2026, 11, 30)),
        (date(2026, 11, 30), "", "custody", date(2027, 2, 28)),
        (date(2026, 11, 29), "", "custody", date(2027, 2, 27)),  # February has no 30th: the earlier reading
        (date(2026, 12, 31), "", "custody", date(2027, 3, 31)),
        # 29 February
        (date(2023, 11, 28), "", "custody", date(2024, 2, 28)),
        (date(2023, 11, 30), "", "custody", date(2024, 2, 29)),
        (date(2028, 2, 28), "", "custody", date(2028, 5, 28)),
        (date(2028, 2, 29), "", "custody", date(2028, 5, 31)),
        (date(2028, 2, 28), SUPERINTENDENT, "court", date(2029, 2, 27)),
        # the first and the last day of either law
        (date(2022, 10, 28), "", "custody", date(2023, 1, 28)),
        (date(2022, 10, 27), "", "custody", date(2022, 11, 24)),
        (date(2022, 10, 27), CUSTODY, "superintendent", date(2023, 1, 27)),
        (date(2017, 4, 3), "", "custody", date(2017, 5, 1)),
    ],
)
def test_the_last_day_of_bail(arrested_on: date, after: str, code: str, ends_on: date) -> None:
    assert last_day(rule(code, arrested_on, after), arrested_on) == ends_on


def test_what_a_court_adds_counts_from_the_day_after_bail_would_have_ended() -> None:
    again = rule("court_again", date(2026, 3, 14), MAGISTRATES)
    assert last_day(again, date(2026, 3, 14), date(2027, 3, 14)) == date(2027, 6, 14)


def test_bail_starts_on_the_day_after_the_arrest() -> None:
    assert start_date(date(2026, 12, 31)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("arrested_on", "after", "code"),
    [
        (date(2026, 3, 14), CUSTODY, "superintendent"),  # an inspector comes first
        (date(2026, 3, 14), CUSTODY, "court"),
        (date(2026, 3, 14), INSPECTOR, "chief"),
        (date(2022, 10, 27), CUSTODY, "inspector"),  # inspectors extend nothing before 28 October 2022
        (date(2026, 3, 14), SUPERINTENDENT, "court_designated"),  # nobody has designated it
        (date(2026, 3, 14), CUSTODY, "custody"),
        (date(2017, 4, 2), "", "custody"),  # before there were limits
    ],
)
def test_no_authority_is_left_out(arrested_on: date, after: str, code: str) -> None:
    with pytest.raises(NoSuchBail, match="each authority comes in turn"):
        rule(code, arrested_on, after)


def test_the_authorities_are_those_that_records_know() -> None:
    assert {each.authority for each in RULES} == set(Authority.values)
    assert {each.after for each in RULES} <= {"", *Authority.values}


def test_what_was_not_read_says_so() -> None:
    assert [each.code for each in RULES if not each.read and each.starts == ACT_OF_2022] == ["court_again"]
    assert all(("to be checked" in each.in_words()) != each.read for each in RULES)


def chains(arrested_on: date) -> list[list[Rule]]:
    """Every way in which one authority may come after another, until a court."""
    found, growing = [], [[first_rule(arrested_on)]]
    while growing:
        chain = growing.pop()
        found.append(chain)
        if chain[-1].authority != MAGISTRATES:
            growing += [[*chain, each] for each in may_follow(arrested_on, chain[-1].authority)]
    return found


@given(DAYS)
def test_a_later_authority_never_gives_less_time(arrested_on: date) -> None:
    for chain in chains(arrested_on):
        ends = [last_day(each, arrested_on) for each in chain]
        assert ends == sorted(ends)
        assert len(set(ends)) == len(ends) or arrested_on < ACT_OF_2022


@given(DAYS)
def test_bail_always_ends_after_the_arrest_and_within_two_years(arrested_on: date) -> None:
    for chain in chains(arrested_on):
        for each in chain:
            assert arrested_on < last_day(each, arrested_on) <= arrested_on + timedelta(days=732)


@given(DAYS)
def test_no_police_officer_gives_more_than_a_year(arrested_on: date) -> None:
    for chain in chains(arrested_on):
        if chain[-1].authority != MAGISTRATES:
            assert last_day(chain[-1], arrested_on) <= arrested_on + timedelta(days=366)


@given(DAYS, st.integers(0, 40))
def test_whoever_is_arrested_later_is_not_on_bail_for_less(arrested_on: date, days: int) -> None:
    """By the law of one time."""
    later = arrested_on + timedelta(days=days)
    if (arrested_on < ACT_OF_2022) != (later < ACT_OF_2022):
        return
    assert last_day(first_rule(arrested_on), arrested_on) <= last_day(first_rule(later), later)


@given(DAYS)
def test_from_the_day_of_the_new_law_a_custody_officer_gives_three_months(arrested_on: date) -> None:
    days = (last_day(first_rule(arrested_on), arrested_on) - arrested_on).days
    assert days == 28 if arrested_on < ACT_OF_2022 else 89 <= days <= 92
