"""The figures that have to be reached on public files of invented people, all with the same weights."""

import pytest

from matching.labelled import evaluate
from tests.matching.people import FEBRL, SPLINK, febrl_as_labelled, splink_as_labelled

splink = pytest.mark.skipif(not SPLINK.exists(), reason="the public file of invented people is not here")
febrl = pytest.mark.skipif(not FEBRL.exists(), reason="the public file of invented people is not here")


@splink
def test_nine_of_ten_records_of_one_person_are_likely_and_hardly_any_of_two_people(tmp_path):
    figures = evaluate(splink_as_labelled(tmp_path / "labelled.csv", with_email=True))
    assert figures["records"] == 1000
    assert figures["likely"]["precision"] >= 0.98
    assert figures["likely"]["recall"] >= 0.90
    assert figures["likely_directly"]["precision"] >= 0.99
    assert figures["likely_directly"]["recall"] >= 0.80


@splink
def test_without_an_email_address_it_is_no_less_precise(tmp_path):
    figures = evaluate(splink_as_labelled(tmp_path / "labelled.csv", with_email=False))
    assert figures["likely"]["precision"] >= 0.98
    assert figures["likely"]["recall"] >= 0.75
    assert figures["candidates"]["recall"] >= 0.70


@febrl
def test_heavy_misspelling_is_found_without_long_lists(tmp_path):
    figures = evaluate(febrl_as_labelled(tmp_path / "labelled.csv"))
    assert figures["records"] == 5000
    assert figures["candidates"]["recall"] >= 0.97
    assert figures["candidates"]["per_record"] <= 4
    assert figures["likely"]["precision"] >= 0.99
    # A fifth of its pairs have another given name or a birth decades apart. They are shown, and never called likely: as
    # far as anyone can tell they are twins, or parent and child.
    assert figures["likely"]["recall"] >= 0.78
