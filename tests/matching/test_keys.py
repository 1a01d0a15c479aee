"""Two records of one person share a key, however they are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.described import Described, Home, Written
from matching.keys import FOR_EVERYBODY, keys
from tests.matching.people import A_NAME, BORN, HOME, NHS, at_home, person


def share(one, other):
    return bool(keys(one) & keys(other))


@pytest.mark.parametrize(
    "other",
    [
        person("Popppy", "Salofolde", None),
        person("Sallowfold", "Poppy", None),
        person("Poppy", "Aslllowfield", None),
        person("", "Sallowfold", date(2014, 9, 2)),
        person("Poppy", "", date(1914, 3, 27)),
        person("Poppy", "Thrupp", date(2014, 1, 3)),
        person("Qoppx", "Sxllqwfzld"),
        person("", ""),
        person("Pxxpyy", "Szwlfld", date(2014, 3, 7)),
        person("Pxxpyy", "Szwlfld", date(1914, 3, 27)),
        person("POPPY", "Sállowfold", None),
    ],
)
def test_a_key_is_shared_when_much_is_wrong(other):
    assert share(person(), other)


def test_day_and_month_may_be_swapped():
    assert share(Described(born_on=date(2014, 3, 4)), Described(born_on=date(2014, 4, 3)))


def test_a_short_form_finds_the_long_one_without_a_date_of_birth():
    assert share(person("Bill", "Sallowfold", None), person("William", "Sallowfold", None))


def test_an_estimated_age_finds_a_date_of_birth():
    about = Described(names=(Written("", "Sallowfold"),), born_about=(date(2013, 3, 3), date(2015, 3, 2)))
    assert share(about, person("", "Sallowfold"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"addresses": (HOME,)}, {"addresses": (Home("Flat 1, 14 Larkfield Rd", ""),)}),
        ({"phones": ("07700 900123",)}, {"phones": ("+44 (0)7700 900123",)}),
        ({"emails": ("poppy@example.com",)}, {"emails": ("Poppy@example.com",)}),
        ({"emails": ("poppy@example.com",)}, {"emails": ("poppy@exmaple.example",)}),
        ({"emails": ("popy@thrupp.example",)}, {"emails": ("poppy@thrupp.example",)}),
        ({"nhs_number": NHS}, {"nhs_number": NHS.replace(" ", "")}),
        ({"references": ("LCS 00123",)}, {"references": ("lcs-00123",)}),
    ],
)
def test_anything_that_few_people_have_is_a_key(one, other):
    assert share(Described(**one), Described(**other))


@pytest.mark.parametrize(
    "known",
    [
        {"born_on": date(2014, 1, 1)},
        {"addresses": (Home("Southampton", ""),)},
        {"addresses": (Home("", "PO1"),)},
        {"emails": ("n/a",)},
        {"phones": ("0000000000", "999")},
        {"references": ("unknown",)},
        {"nhs_number": "0000000000"},
        {"names": (Written("Unknown", "Not known"),)},
    ],
)
def test_what_thousands_have_or_what_stands_for_nothing_is_none(known):
    assert keys(Described(**known)) == frozenset()


@pytest.mark.parametrize("provider", sorted(FOR_EVERYBODY))
def test_what_follows_the_at_finds_nobody_where_everybody_has_it(provider):
    assert not share(Described(emails=(f"poppy@{provider}",)), Described(emails=(f"petra@{provider}",)))


def test_one_person_has_few_keys():
    assert len(keys(at_home())) == 13
    assert len(keys(at_home("Bill"))) == 15
    everything = at_home("Bill", phones=("07700 900123",), emails=("bill@example.com",), nhs_number=NHS)
    assert len(keys(everything)) <= 20


@given(A_NAME, A_NAME)
def test_names_in_the_other_order_share_a_key(one, other):
    assert share(person(one, other, None), person(other, one, None))


@given(st.dates().filter(lambda day: (day.day, day.month) != (1, 1)))
def test_the_same_day_of_birth_is_enough(born):
    assert share(person("Poppy", "", born), person("", "Gawain", born))


def test_the_first_of_january_takes_an_initial_because_it_stands_for_not_known():
    poppy, petra, daisy = (person(name, "", date(2014, 1, 1)) for name in ("Poppy", "Petra", "Daisy"))
    assert share(poppy, petra)
    assert not share(poppy, daisy)


@given(st.text(max_size=30), st.text(max_size=30))
def test_keys_are_short(given_name, family):
    assert all(len(key) < 100 for key in keys(person(given_name, family, BORN)))
