"""A person is found by where they live, a phone number, or a number that some system gave them."""

import pytest

from tests.search.known import because, found, hits, known

pytestmark = pytest.mark.django_db


@pytest.fixture
def poppy():
    """Among neighbours."""
    known("Iris", "Garmere", homes=[("14 Example Street, Exampleton", "ZZ1 1AA")])
    known("Iris", "Garmere", homes=[("12 Sample Road, Exampleton", "ZZ1 1AB")])
    known("Iris", "Garmere", homes=[("12 Example Road, Exampleton", "ZZ1 1AC")])
    return known(
        "Poppy",
        "Sallowfold",
        homes=[("Rose Cottage, Old Lane", "ZZ9 9ZZ"), ("Flat 3, 12 Example Street, Exampleton", "ZZ1 1AA")],
        phones=["07700 900461", "01632 960001"],
        references=["PER-001234", "943 476 5919", "Mosaic/88-A"],
    )


@pytest.mark.parametrize(
    "typed",
    ["12 Example Street", "12 example st", "12 EXAMPLE ST.", "12 Example Street, Exampleton", "12 Exmaple Street",
     "12 Exampel St", "12 Example Street ZZ1 1AA", "12 Example Street zz11aa", "12 ZZ1 1AA", "zz1 1aa 12",
     "Flat 3 12 Example Street", "Rose Cottage", "rose cottage, old lane", "ZZ9 9ZZ",
     "Sallowfold ZZ1 1AA", "salowfold zz11aa", "Sallowfold 12 Example Street", "12 Example Street Poppy"],
)  # fmt: skip
def test_an_address_finds_who_lives_there(poppy, typed):
    assert found(typed)[0] == poppy


def test_a_street_that_was_only_begun_finds_those_that_begin_so(poppy):
    assert poppy in found("12 Examp")


def test_a_postcode_finds_everybody_who_lives_there(poppy):
    assert len(found("ZZ1 1AA")) == 2
    assert because("ZZ1 1AA") == ["Postcode"]
    assert because("12 ZZ1 1AA") == ["Postcode and house number"]


def test_another_kind_of_street_comes_after_the_one_that_was_asked_for(poppy):
    assert len(found("12 Example Street")) == 2
    assert because("12 Example Street") == ["Address"]


def test_a_house_number_does_not_count_against_anybodys_age(poppy, clock):
    assert because("Poppy 12 Example Street") == ["Name", "Address"]


@pytest.mark.parametrize(
    "typed",
    ["07700 900461", "07700900461", "+44 7700 900461", "+447700900461", "0044 7700900461", "(07700) 900461",
     "01632960001", "+44 1632 960 001", "Poppy 07700 900461"],
)  # fmt: skip
def test_a_phone_number_finds_whose_it_is(poppy, typed):
    assert found(typed) == [poppy]
    assert "Phone number" in because(typed)


def test_a_number_on_record_with_the_country_in_front_is_the_same_number():
    key = known("Poppy", "Sallowfold", phones=["+44 (0)7700 900462"])
    assert found("07700 900462") == [key]


@pytest.mark.parametrize(
    "typed",
    ["PER-001234", "per001234", "PER 001234", "9434765919", "943 476 5919", "943-476-5919", "mosaic/88-a",
     "MOSAIC 88 A", "Sallowfold PER-001234"],
)  # fmt: skip
def test_a_reference_finds_whose_it_is(poppy, typed):
    assert found(typed)[0] == poppy
    assert "Reference number" in because(typed)


def test_part_of_a_number_finds_nobody(poppy):
    assert found("PER-00123") == found("07700 90046") == []


def test_everything_that_was_typed_counts(poppy):
    other = known("Poppy", "Sallowfold", homes=[("1 Sample Road", "ZZ5 5ZZ")], references=["PER-009999"])
    assert found("Poppy Sallowfold ZZ1 1AA")[0] == poppy
    assert found("Poppy Sallowfold ZZ5 5ZZ")[0] == other
    assert found("Poppy Sallowfold PER-009999")[0] == other


def test_a_number_that_somebody_has_counts_for_more_than_a_name_that_somebody_else_has():
    known("Poppy", "Sallowfold", homes=[("Rose Cottage", "ZZ5 5ZZ")])
    key = known("Popy", "Salowfeld", references=["4471"])
    assert found("Poppy Sallowfold 4471")[0] == key


def test_a_house_with_a_name_like_somebodys_does_them_no_harm():
    key = known("Rose", "Sallowfold", homes=[("Rose Sallow", "ZZ5 5ZZ")])
    other = known("Rose", "Sallowfold")
    assert set(found("Rose Sallowfold")) == {key, other}
    assert {hit.score for hit in hits("Rose Sallowfold")} == {1.0}
