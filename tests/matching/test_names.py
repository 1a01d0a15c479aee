"""A name as it is compared."""

import pytest

from matching.names import fold, is_a_name, readings, short_and_long_forms, words
from matching.spelling import Likeness, likeness


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łukasz O'Brien-Ó Sé", "lukasz obrien o se"),
        ("  D’Arcy   SMYTHE ", "darcy smythe"),
        ("Ελένη", "eleni"),
        ("", ""),
    ],
)
def test_a_name_of_any_script_is_plain_words(written, folded):
    assert fold(written) == fold(folded) == folded


def test_what_has_no_letter_in_any_script_can_still_be_found():
    assert fold("⸺") == "⸺"


def test_a_hyphen_parts_two_words_and_an_apostrophe_does_not():
    assert words("Anne-Marie O'Neil") == ["anne", "marie", "oneil"]


def test_short_forms_go_both_ways():
    assert "william" in short_and_long_forms("bill")
    assert "bill" in short_and_long_forms("william")
    assert is_a_name("bill")
    assert not is_a_name("sallowfold")


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("morris", "morris", Likeness.SAME),
        ("morris", "moris", Likeness.SPELT),
        ("stephen", "steven", Likeness.SOUND),
        ("morris", "mosrir", Likeness.ROUGH),
        ("theodore", "etheodroe", Likeness.ROUGH),
        ("eleanor", "nleaeor", Likeness.ROUGH),
        ("jack", "kacj", Likeness.ROUGH),
        ("m", "morris", Likeness.INITIAL),
        ("m", "norris", Likeness.OTHER),
        ("poppy", "daisy", Likeness.OTHER),
        ("jo", "al", Likeness.OTHER),
    ],
)
def test_how_alike_two_words_are(one, other, how):
    assert likeness(one, other) == likeness(other, one) == how


def test_a_name_in_one_box_may_end_in_the_family_name():
    only, parted = readings("Mary Jane Sallowfold", "")
    assert (only.given, only.family) == (("mary", "jane", "sallowfold"), ())
    assert (parted.given, parted.family) == (("mary", "jane"), ("sallowfold",))
    assert (parted.given_said, parted.family_said) == ("Mary Jane", "Sallowfold")


@pytest.mark.parametrize("nobody", ["Unknown", "NOT KNOWN", "n/k", "Baby boy", "Unborn", ""])
def test_what_stands_for_no_name_is_none(nobody):
    assert readings(nobody, nobody) == ()
