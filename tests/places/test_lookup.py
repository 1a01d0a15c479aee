"""Postcodes, however they are typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.lookup import district_of, normalise_postcode
from places.models import District, Postcode


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("so147du", "SO14 7DU"),
        ("PO1 1AA", "PO1 1AA"),
        (" po1  1aa\n", "PO1 1AA"),
        ("PO1\u00a01AA", "PO1 1AA"),
        ("p o 1 1 a a", "PO1 1AA"),
        ("PO1-1AA", "PO1 1AA"),
        ("m11ae", "M1 1AE"),
        ("B338TH", "B33 8TH"),
        ("cr26xh", "CR2 6XH"),
        ("DN551PT", "DN55 1PT"),
        ("W1A1HQ", "W1A 1HQ"),
        ("ec1a1bb", "EC1A 1BB"),
        ("gir0aa", "GIR 0AA"),
    ],
)
def test_a_postcode_is_the_same_however_it_is_typed(typed, written):
    assert normalise_postcode(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "PO1",
        "PO1 1A",
        "PO1 1AAA",
        "PO1 1AC",
        "PO123 1AA",
        "Hampshire",
        "90210",
        "PO1 1AA, Portsmouth",
        "１１１",
        "PO١ 1AA",
    ],
)
def test_what_is_no_postcode_is_none(typed):
    assert normalise_postcode(typed) is None


OUTWARD = st.from_regex(r"[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[0-9][A-Z]|[A-HK-Y][0-9][A-Z])", fullmatch=True)
INWARD = st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)


@given(OUTWARD.filter(str.isascii), INWARD.filter(str.isascii), st.data())
def test_any_spacing_and_any_case_is_the_same_postcode(outward, inward, data):
    letters = [each.lower() if data.draw(st.booleans()) else each for each in outward + inward]
    spaces = [data.draw(st.sampled_from(["", " ", "  ", "\t", "\u00a0"])) for _ in letters]
    typed = "".join(space + letter for space, letter in zip(spaces, letters, strict=True))
    assert normalise_postcode(typed) == f"{outward} {inward}"


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_postcode_or_none_and_never_an_error(typed):
    found = normalise_postcode(typed)
    assert found is None or re.fullmatch(r"[A-Z]{1,3}[0-9]?[0-9A-Z]? [0-9][A-Z]{2}", found)
    assert found is None or normalise_postcode(found) == found


@pytest.mark.django_db
def test_a_postcode_leads_to_its_district_and_an_unknown_one_to_none():
    portsmouth = District.objects.create(gss="E06000044", name="Portsmouth")
    Postcode.objects.create(code="PO1 1AA", district=portsmouth)
    assert district_of("po11aa") == portsmouth
    assert district_of("PO1 1AB") is None
    assert district_of("no postcode") is None
