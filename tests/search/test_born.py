"""A person is found by when they were born, or how old they are."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from search.index import Entry, put
from tests.search.known import because, found, hits, known

pytestmark = pytest.mark.django_db
BORN = date(2014, 3, 12)


@pytest.fixture
def poppy(clock):
    """One of three of that name."""
    known("Poppy", "Sallowfold", born=date(1980, 6, 1))
    known("Poppy", "Sallowfold")
    return known("Poppy", "Sallowfold", born=BORN)


@pytest.mark.parametrize(
    "typed", ["Poppy Sallowfold 12/3/2014", "12 March 2014 sallowfold", "poppy 2014-03-12", "popy salowfold 12.3.14"]
)
def test_a_date_of_birth_in_the_box_says_which_of_them(poppy, typed):
    assert found(typed)[0] == poppy
    assert "Date of birth" in because(typed)


def test_a_date_of_birth_beside_the_box_says_which_of_them(poppy):
    assert found("Poppy Sallowfold", born_on=BORN)[0] == poppy


def test_a_date_of_birth_alone_finds_everybody_born_that_day(poppy):
    twin = known("Iris", "Sallowfold", born=BORN)
    assert set(found("", born_on=BORN)) == set(found("12/3/2014")) == {poppy, twin}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (date(2014, 12, 3), "Date of birth with day and month swapped"),
        (date(2013, 3, 12), "Date of birth a year off"),
        (date(2015, 3, 12), "Date of birth a year off"),
    ],
)
def test_a_date_that_is_easily_mistaken_finds_too_below_the_right_one(poppy, asked, why):
    right = known("Iris", "Garmere", born=asked)
    wrong = known("Iris", "Garmere", born=BORN)
    assert found("Poppy Sallowfold", born_on=asked)[0] == poppy
    assert why in because("Poppy Sallowfold", born_on=asked)
    assert found("Iris Garmere", born_on=asked)[:2] == [right, wrong]


def test_with_the_date_of_birth_a_name_may_be_half_wrong(poppy):
    assert found("Penelope Sallowfold", born_on=BORN)[0] == poppy
    assert found("Poppy Wexbourne", born_on=BORN)[0] == poppy


def test_one_wrong_part_of_the_date_does_not_hide_anybody(poppy):
    assert found("Poppy Sallowfold", born_on=date(2014, 3, 13))[0] == poppy
    assert "Date of birth nearly" in because("Poppy Sallowfold", born_on=date(2014, 3, 13))


def test_somebody_whose_birth_is_not_known_comes_before_one_who_was_born_another_day(poppy, clock):
    ages = [hit.because for hit in hits("Poppy Sallowfold", born_on=BORN)]
    assert ages == [["Name", "Date of birth"], ["Name"], ["Name"]]
    unknown, another = found("Poppy Sallowfold", born_on=BORN)[1:]
    assert [unknown, another] == found("Poppy Sallowfold", age=90)[0:1] + found("Poppy Sallowfold", age=45)[0:1]


@pytest.mark.parametrize("typed", ["Poppy Sallowfold 11", "poppy sallowfold aged 11", "11 yrs poppy sallowfold"])
def test_an_age_in_the_box_says_which_of_them(poppy, typed):
    assert found(typed)[0] == poppy
    assert "Age 11" in because(typed)


@pytest.mark.parametrize(
    ("moment", "age"),
    [
        (datetime(2026, 3, 11, 23, 59, 59, tzinfo=UTC), 11),
        (datetime(2026, 3, 12, 0, 0, tzinfo=UTC), 12),
        (datetime(2027, 3, 11, 23, 59, 59, tzinfo=UTC), 12),
        (datetime(2027, 3, 12, 0, 0, tzinfo=UTC), 13),
    ],
)
def test_an_age_changes_with_the_first_moment_of_the_birthday(poppy, clock, moment, age):
    clock.set(moment)
    assert because("Poppy Sallowfold", age=age) == ["Name", f"Age {age}"]
    for wrong in (age - 1, age + 1):
        assert f"Age {wrong}" not in because("Poppy Sallowfold", age=wrong)


def test_a_birthday_begins_at_midnight_here_not_in_greenwich(clock):
    known("Iris", "Garmere", born=date(2014, 7, 1))
    clock.set(datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC))
    assert because("Iris Garmere", age=11) == ["Name", "Age 11"]
    clock.set(datetime(2026, 6, 30, 23, 0, tzinfo=UTC))
    assert because("Iris Garmere", age=12) == ["Name", "Age 12"]


def test_somebody_born_on_29_february_is_a_year_older_on_1_march(clock):
    known("Iris", "Garmere", born=date(2012, 2, 29))
    clock.set(datetime(2026, 2, 28, 23, 59, tzinfo=UTC))
    assert because("Iris Garmere", age=13) == ["Name", "Age 13"]
    clock.set(datetime(2026, 3, 1, 0, 0, tzinfo=UTC))
    assert because("Iris Garmere", age=14) == ["Name", "Age 14"]


def test_an_age_that_was_guessed_is_a_span_and_its_ends_count(clock):
    """Thought to be between ten and twelve."""
    first, last = date(2013, 3, 3), date(2016, 3, 2)
    key = known("Iris", "Garmere", born_from=first, born_to=last)
    for day in (first, last, date(2014, 8, 1)):
        assert because("Iris Garmere", born_on=day) == ["Name", "Date of birth fits the estimated age"]
    for day in (date(2013, 3, 2), date(2016, 3, 3)):
        assert because("Iris Garmere", born_on=day) == ["Name"]
    for age in (10, 11, 12):
        assert because("Iris Garmere", age=age) == ["Name", f"Age {age}"]
    for age in (9, 13):
        assert because("Iris Garmere", age=age) == ["Name", "About that age"]
    assert found("Iris Garmere", age=8) == [key]


def test_the_day_that_is_known_comes_before_the_age_that_was_guessed(clock):
    guessed = known("Iris", "Garmere", born_from=date(2013, 1, 1), born_to=date(2015, 1, 1))
    certain = known("Iris", "Garmere", born=BORN)
    assert found("Iris Garmere", born_on=BORN) == [certain, guessed]


def test_an_age_finds_one_among_hundreds_of_that_name(clock):
    """More than are looked at for any one pair of words, and this one was the last of them."""
    for year in range(1926, 2026):
        for month in (1, 5, 9):
            known("Muhammad", "Sallowfold", born=date(year, month, 20))
    assert {"Age 9"} <= set(because("Muhammad Sallowfold", age=9))
    assert {"Age 9"} <= set(because("Sallowfold 9"))
    assert len([hit for hit in hits("Muhammad Sallowfold", age=9) if "Age 9" in hit.because]) == 3


def test_a_day_on_which_thousands_are_said_to_be_born_hides_nobody(clock):
    """As the first of January, where only the year is known. Of any one day a thousand are looked at."""
    new_year = date(1990, 1, 1)
    put([Entry(uuid4(), "cases.person", [("Iris", "Wexbourne")], new_year, new_year) for _ in range(1_500)])
    key = known("Poppy", "Sallowfold", born=new_year)
    assert found("Popy Salowfold 1/1/1990")[0] == key


@pytest.mark.parametrize("asked", [-1, 121, 10**9])
def test_an_age_that_nobody_has_is_not_asked_for(poppy, asked):
    assert len(found("Poppy Sallowfold", age=asked)) == 3
