"""What is recognised in the one box."""

from datetime import date
from string import digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.born import aged, easily_mistaken, months_old
from search.homes import Home
from search.question import LONGEST_TEXT, MOST_NUMBERS, MOST_WORDS, phone, read, reference

TODAY = date(2026, 3, 2)


def parts(text):
    return read(text, TODAY)


@pytest.mark.parametrize(
    "typed",
    ["12/3/2014", "12/03/2014", "12-3-2014", "12.3.2014", "12 3 2014", "12/3/14", "12.03.14", "2014-03-12", "2014/3/12",
     "12 March 2014", "12 march 2014", "12th March 2014", "12th of March 2014", "12 Mar 14", "12-Mar-2014",
     "12 Mar '14", "March 12, 2014", "Mar 12th 2014", "12032014", "dob 12/3/2014", "D.O.B. 12/3/2014",
     "born 12 March 2014", "born on 12.3.14", "date of birth: 12/3/2014"],
)  # fmt: skip
def test_a_date_of_birth_is_read_in_any_usual_way(typed):
    for text in (typed, f"Poppy Sallowfold {typed}", f"{typed} Poppy Sallowfold", f"Sallowfold, {typed}, Poppy"):
        read_as = parts(text)
        assert [span.first for span in read_as.births] == [date(2014, 3, 12)], text
        assert set(read_as.words) <= {"poppy", "sallowfold"}, text
        assert not read_as.ages, text


def test_two_figures_mean_the_last_such_year_in_which_somebody_can_have_been_born():
    assert parts("1/2/26").births[0].first == date(2026, 2, 1)
    assert parts("1/4/26").births[0].first == date(1926, 4, 1)
    assert parts("1/2/27").births[0].first == date(1927, 2, 1)


def test_where_the_day_cannot_come_first_it_comes_second():
    assert parts("3/25/2014").births[0].first == date(2014, 3, 25)


@pytest.mark.parametrize("typed", ["31/2/2014", "0/0/2014", "99/99/9999", "12/3/2041", "3/3/2026", "12/3/1899"])
def test_a_day_that_there_was_not_or_on_which_nobody_alive_was_born_is_no_date_of_birth(typed):
    assert parts(typed).births == ()


def test_a_month_or_a_year_alone_is_a_span_of_days():
    (march,) = parts("March 2014").ages
    assert (march.first, march.last) == (date(2014, 3, 1), date(2014, 3, 31))
    (year,) = parts("Sallowfold born 2014").ages
    assert (year.first, year.last) == (date(2014, 1, 1), date(2014, 12, 31))
    assert parts("Sallowfold born 2014").words == ("sallowfold",)


@pytest.mark.parametrize(
    "typed", ["7", "aged 7", "age 7", "age: 7", "7 yrs", "7yrs", "7 years old", "7-year-old", "7yo", "7 y/o", "7y"]
)
def test_an_age_is_read_in_any_usual_way(typed):
    for text in (typed, f"Poppy {typed}"):
        (age,) = parts(text).ages
        assert (age.first, age.last) == (date(2018, 3, 3), date(2019, 3, 2)), text
        assert set(parts(text).words) <= {"poppy"}


@pytest.mark.parametrize("typed", ["121", "aged 300", "5 ft"])
def test_what_nobodys_age_can_be_is_not_one(typed):
    assert all(span.said != f"Age {typed}" for span in parts(typed).ages)


def test_a_baby_has_an_age_in_months():
    (age,) = parts("Poppy 18 months").ages
    assert (age.first, age.last) == (date(2024, 8, 3), date(2024, 9, 2))
    assert parts("Poppy 18 months").words == ("poppy",)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(0, 120))
def test_everybody_of_an_age_and_nobody_else(today, age):
    """The first and the last of them, and the ones a day beyond."""
    span = aged(age, today)

    def old(born):
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

    assert [old(day) for day in (span.first, span.last)] == [age, age]
    assert old(date.fromordinal(span.first.toordinal() - 1)) == age + 1
    assert old(date.fromordinal(span.last.toordinal() + 1)) == age - 1


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(0, 36))
def test_the_months_of_a_baby_leave_no_gap(today, months):
    assert months_old(months + 1, today).last.toordinal() + 1 == months_old(months, today).first.toordinal()


@given(st.dates())
def test_a_day_is_not_mistaken_for_itself(day):
    assert day not in easily_mistaken(day)


def test_how_a_day_is_mistaken():
    assert set(easily_mistaken(date(2014, 3, 12))) == {date(2013, 3, 12), date(2015, 3, 12), date(2014, 12, 3)}
    assert date(2015, 2, 28) in easily_mistaken(date(2016, 2, 29))
    assert date(2016, 2, 29) in easily_mistaken(date(2015, 2, 28))


@pytest.mark.parametrize("typed", ["PO5 1AB", "po51ab", "Po5  1aB", "Poppy PO5 1AB", "12 PO5 1AB", "12, PO51AB"])
def test_a_postcode_is_read_with_or_without_its_space(typed):
    assert parts(typed).postcodes == ("PO51AB",)
    assert set(parts(typed).words) <= {"poppy"}


@pytest.mark.parametrize(
    ("typed", "home"),
    [
        ("12 Example Street", Home("12", "example", "st")),
        ("12 example st", Home("12", "example", "st")),
        ("12a Example Road", Home("12a", "example", "rd")),
        ("12 A Example Road", Home("12a", "example", "rd")),
        ("12-14 Old Example Lane", Home("12", "old example", "ln")),
        ("Flat 3, 12 Example Street", Home("12", "example", "st")),
        ("Flat 3 12 Example Street", Home("12", "example", "st")),
        ("7 Park Lane", Home("7", "park", "ln")),
        ("1 St Example's Close", Home("1", "st examples", "cl")),
        ("Poppy Sallowfold 12 Example Street Exampleton", Home("12", "example", "st")),
    ],
)
def test_a_house_and_street_are_read_wherever_they_stand(typed, home):
    assert parts(typed).homes[0] == home
    assert "example" not in parts(typed).words


def test_the_words_around_an_address_are_names():
    assert parts("Poppy Sallowfold 12 Example Street").words == ("poppy", "sallowfold")
    assert parts("12 Example Street Sallowfold").words == ("sallowfold",)


def test_a_street_that_may_be_a_surname_is_read_as_both():
    both = parts("7 Poppy Green")
    assert both.homes[0] == Home("7", "poppy", "green")
    assert both.words == ("poppy", "green")
    assert [span.said for span in both.maybe_ages] == ["Age 7"]


@pytest.mark.parametrize(
    "typed",
    ["07700 900461", "07700900461", "+44 7700 900461", "+447700900461", "0044 7700 900461", "+44 (0)7700 900461",
     "(07700) 900-461", "07700.900.461", "0 7 7 0 0 9 0 0 4 6 1"],
)  # fmt: skip
def test_a_phone_number_is_read_in_any_spacing(typed):
    assert parts(typed).phones == ("07700900461",)
    assert phone(typed) == "07700900461"
    assert parts(f"Poppy {typed}").words == ("poppy",)


@pytest.mark.parametrize("typed", ["PER-001234", "per-001234", "PER 001234", "per001234"])
def test_a_reference_is_read_however_it_is_written(typed):
    assert "PER001234" in parts(typed).numbers
    assert reference(typed) == "PER001234"


def test_an_nhs_number_is_read_with_its_spaces():
    assert "9434765919" in parts("Poppy 943 476 5919").numbers


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Poppy Sallowfold", ("poppy", "sallowfold")),
        ("SALLOWFOLD, Poppy", ("sallowfold", "poppy")),
        ("Zoë Ó Sallowfold-Garmere", ("zoe", "o", "sallowfold", "garmere")),
        ("O'Sallow", ("osallow",)),
        ("Mr Sallowfold", ("sallowfold",)),
        ("Mrs", ("mrs",)),
        ("poppy poppy", ("poppy",)),
        ("  ", ()),
        ("", ()),
    ],
)
def test_what_is_left_are_names(typed, words):
    assert parts(typed).words == words


def test_everything_at_once():
    read_as = parts("Poppy Sallowfold 12/3/2014 aged 11, 12 Example St, PO5 1AB, 07700 900461, PER-001234")
    assert read_as.words == ("poppy", "sallowfold", "per")
    assert [span.first for span in read_as.births] == [date(2014, 3, 12)]
    assert [span.said for span in read_as.ages] == ["Age 11"]
    assert read_as.homes[0] == Home("12", "example", "st")
    assert read_as.postcodes == ("PO51AB",)
    assert read_as.phones == ("07700900461",)
    assert "PER001234" in read_as.numbers


@given(st.text(max_size=2 * LONGEST_TEXT))
def test_whatever_is_typed_there_is_a_bound_to_what_is_looked_for(text):
    read_as = parts(text)
    assert len(read_as.words) <= MOST_WORDS
    assert len(read_as.numbers) <= MOST_NUMBERS
    assert "\0" not in "".join(read_as.words)


@given(st.text(alphabet=digits + "/-. aged'yrsmonth+()", max_size=60))
def test_no_row_of_figures_is_too_odd_to_be_read(text):
    parts(text)
