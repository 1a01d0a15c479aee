"""Whatever is written, nothing fails, and it does not matter who is compared with whom."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.described import Described, Home, Written
from matching.keys import keys
from matching.score import LIKELY, compare
from tests.matching.people import A_NAME, NAUGHTY, person

TEXT = st.text(max_size=20)
NAMES = st.sampled_from(
    ["Poppy", "Popy", "Bill", "William", "Mary Jane", "Maryjane", "Sallowfold", "O’Brien", "Ó Brien", ""]
)
DATES = st.dates(date(1930, 1, 1), date(2026, 1, 1))
PEOPLE = st.builds(
    Described,
    names=st.lists(st.builds(Written, NAMES | TEXT, NAMES | TEXT), max_size=3),
    born_on=st.none() | DATES,
    born_about=st.none() | st.tuples(DATES, DATES).map(lambda two: (min(two), max(two))),
    sex=st.sampled_from(["", "female", "male", "other"]),
    addresses=st.lists(
        st.builds(Home, TEXT | st.sampled_from(["14 High St", "14 High Street, Alton"]), TEXT), max_size=2
    ),
    phones=st.lists(st.sampled_from(["07700 900123", "01632 960001", "x"]), max_size=2),
    emails=st.lists(st.sampled_from(["a.b@example.com", "a.c@example.com", "?"]), max_size=2),
    nhs_number=st.sampled_from(["", "9990000018", "9990000026", "1"]),
    references=st.lists(TEXT, max_size=2),
)


@given(PEOPLE, PEOPLE)
@settings(max_examples=300)
def test_a_comparison_is_the_same_from_either_side(one, other):
    assert compare(one, other) == compare(other, one)


@given(PEOPLE)
def test_the_order_in_which_things_are_written_never_matters(one):
    turned = Described(
        names=one.names[::-1],
        born_on=one.born_on,
        born_about=one.born_about,
        sex=one.sex,
        addresses=one.addresses[::-1],
        phones=one.phones[::-1],
        emails=one.emails[::-1],
        nhs_number=one.nhs_number,
        references=one.references[::-1],
    )
    assert keys(turned) == keys(one)
    assert compare(turned, person()) == compare(one, person())


@given(A_NAME, A_NAME, DATES.filter(lambda day: (day.day, day.month) != (1, 1)))
def test_a_record_with_a_name_and_a_date_of_birth_is_likely_itself(given_name, family, born):
    assert compare(person(given_name, family, born), person(given_name, family, born)).grade == LIKELY


@given(A_NAME, A_NAME)
def test_case_accents_and_punctuation_make_no_difference(given_name, family):
    plain, dressed = person(given_name, family), person(f" {given_name.upper()}́ ", f"{family.title()}.")
    assert keys(plain) == keys(dressed)
    assert (compare(plain, dressed).weight, compare(plain, dressed).grade) == (compare(plain, plain).weight, LIKELY)


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the public list of naughty strings is not here")
def test_naughty_text_never_raises():
    for text in json.loads(NAUGHTY.read_text()):
        everything = Described(
            names=(Written(text, text), Written(text, "Sallowfold")),
            addresses=(Home(text, text),),
            phones=(text,),
            emails=(text,),
            nhs_number=text,
            references=(text,),
            sex=text,
        )
        assert compare(everything, everything) == compare(everything, everything)
        assert compare(everything, person()).grade != LIKELY
        assert all(key.encode() for key in keys(everything))


@given(st.text(st.characters(), max_size=20))
def test_keys_can_be_written_down_whatever_was_typed(text):
    described = Described(
        names=(Written(text, text),), addresses=(Home(text, text),), emails=(text,), references=(text,)
    )
    assert all(key.encode() for key in keys(described))
