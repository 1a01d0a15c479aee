"""The real files, with what is known to be wrong with them: nothing is dropped, and nothing is guessed."""

import csv
import gzip
import io
from collections import Counter
from datetime import date

import pytest

from places.importing import load_postcodes, load_schools
from places.layouts import EDUBASE, EXTRACT, REGISTER
from places.models import LocalAuthority, PlacesImport, PlaceToCheck, Postcode, School
from places.registers import read_schools
from tests.conftest import SHARED_DATA
from tests.places.conftest import TESTER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SHARED_DATA.exists(), reason="the published files are not on this machine"),
]
AREAS = ["po", "so", "gu", "rg", "sp", "bh"]
OPEN = "schools_hants_portsmouth_southampton_iow_2022-04-25.csv"
SPECIAL = "schools_special_independent_hants_area_2017-07.csv"
RAW = "gias_hampshire_850_export_2022-04-20.csv.gz"
NOT_IN_THE_LIST = {"139548", "140690", "143430", "143698", "144194", "147066", "147836", "147852"}
WITHOUT_A_PHONE = "140605"


def names(of):
    from places.code_point import read_names

    return read_names(SHARED_DATA / f"ons_{of}.json")


@pytest.fixture
def all_postcodes(clock):
    """All six files: 110,003 rows, about three seconds."""

    def load():
        paths = [SHARED_DATA / f"codepoint_open_2014-08_{area}.csv.gz" for area in AREAS]
        return load_postcodes(paths, by=TESTER, districts=names("districts"), counties=names("counties"))

    return load


@pytest.fixture
def some_postcodes(clock, tmp_path):
    """Only the rows in whose postcodes the schools of these files lie."""

    def load():
        wanted = {
            entry.facts["postcode"].replace(" ", "")
            for name in (OPEN, SPECIAL, RAW)
            for entry in read_schools(SHARED_DATA / name).entries
        }
        path = tmp_path / "codepo_2014-08.csv"
        with path.open("w", newline="") as file:
            for area in AREAS:
                with gzip.open(SHARED_DATA / f"codepoint_open_2014-08_{area}.csv.gz", "rt") as rows:
                    csv.writer(file).writerows(row for row in csv.reader(rows) if row[0].replace(" ", "") in wanted)
        return load_postcodes([path], by=TESTER, districts=names("districts"), counties=names("counties"))

    return load


def load(name):
    return load_schools(SHARED_DATA / name, by=TESTER)


def adds_up(summary):
    counts = ("added", "updated", "changed", "unchanged", "older", "not_loaded")
    return summary["rows"] == sum(summary.get(count, 0) for count in counts)


def stated(name, urn, district):
    """What a file itself says, read without our reader."""
    with (SHARED_DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return {row[urn]: row[district] for row in csv.DictReader(file)}


def test_all_postcodes_are_loaded_or_listed(all_postcodes):
    loaded = all_postcodes()
    assert all(adds_up(each.summary) for each in loaded)
    assert sum(each.summary["rows"] for each in loaded) == 110_003
    assert Postcode.objects.count() == 110_002
    (row,) = PlaceToCheck.objects.all()
    assert (str(row.came_with), row.line) == ("codepoint_open_2014-08_bh.csv.gz", 10_437)
    assert row.reason == "BH23 9HR is in no district: county (nothing), district (nothing)"


@pytest.mark.parametrize("postcodes_first", [True, False], ids=["postcodes first", "schools first"])
def test_655_schools_are_placed_in_the_right_district_and_8_are_listed(some_postcodes, postcodes_first):
    steps = [some_postcodes, lambda: load(OPEN)]
    for step in steps if postcodes_first else reversed(steps):
        step()
    schools = School.objects.select_related("district__authority", "maintained_by")
    placed = {school.urn: str(school.district) for school in schools if school.district}
    said = stated(OPEN, "urn", "administrative_district")
    assert len(placed) == 655
    assert placed == {urn: said[urn] for urn in placed}
    waiting = PlaceToCheck.objects.filter(settled_at=None)
    assert {row.school.urn for row in waiting} == NOT_IN_THE_LIST == set(said) - set(placed)
    assert all("is not in our list of postcodes" in row.reason for row in waiting)
    assert {each.code: (each.name, each.gss) for each in LocalAuthority.objects.all()} == {
        "850": ("Hampshire", "E10000014"),
        "851": ("Portsmouth", "E06000044"),
        "852": ("Southampton", "E06000045"),
        "921": ("Isle of Wight", "E06000046"),
    }
    elsewhere = [school for school in schools if school.authority and school.authority != school.maintained_by]
    assert [school.where_in_words for school in elsewhere] == ["Eastleigh, Hampshire. A school of Southampton"]


def test_the_special_and_independent_schools_are_placed_by_postcode_and_authority(some_postcodes):
    some_postcodes()
    summary = load(SPECIAL).summary
    assert (summary["rows"], summary["placed"], summary["to_place"]) == (35, 35, 0)
    said = stated(SPECIAL, "URN", "Local authority (name)")
    schools = School.objects.select_related("district__authority")
    # An authority with a handful of schools in this file is known by its name.
    assert {school.urn: str(school.authority) for school in schools} == said


def test_the_raw_register_is_read_with_its_ragged_lines_and_its_closed_schools(some_postcodes):
    some_postcodes()
    summary = load(RAW).summary
    assert (summary["rows"], summary["added"], summary["not_loaded"]) == (520, 520, 0)
    ragged = [row[0] for row in csv.reader(io.StringIO(raw())) if len(row) > 111]
    assert len(ragged) == 24
    assert School.objects.filter(urn__in=ragged).exclude(postcode="").count() == 24
    closed = School.objects.filter(status="closed")
    assert (closed.count(), closed.filter(closed_on=None).count()) == (93, 0)
    assert not closed.filter(pk__in=School.objects.open_on(date(2022, 4, 20))).exists()
    assert (summary["placed"], summary["to_place"]) == (502, 18)


def raw():
    return gzip.decompress((SHARED_DATA / RAW).read_bytes()).decode("utf-8-sig")


def test_three_layouts_are_told_by_their_headings():
    assert [read_schools(SHARED_DATA / name).layout for name in (OPEN, SPECIAL, RAW)] == [EXTRACT, EDUBASE, REGISTER]


def test_all_three_lists_in_any_order_end_the_same(some_postcodes):
    some_postcodes()
    for name in (OPEN, SPECIAL, RAW, RAW, SPECIAL, OPEN):
        assert adds_up(load(name).summary), name
    assert School.objects.count() == 663 + 35 + 93
    assert Counter(School.objects.values_list("as_at", flat=True)) == {
        date(2022, 4, 25): 663,
        date(2017, 7, 1): 35,
        date(2022, 4, 20): 93,
    }
    waiting = PlaceToCheck.objects.filter(settled_at=None)
    assert waiting.count() == School.objects.not_placed().count() == 21
    assert PlacesImport.objects.count() == 7


def test_the_school_without_a_telephone_is_there_and_every_other_number_begins_with_0():
    entries = read_schools(SHARED_DATA / OPEN).entries
    numbers = {entry.urn: entry.facts["telephone"] for entry in entries}
    assert [urn for urn, number in numbers.items() if not number] == [WITHOUT_A_PHONE]
    assert all(number.startswith("0") and len(number) in (10, 11) for number in numbers.values() if number)


def test_no_name_of_a_head_teacher_is_kept(clock):
    load(OPEN)
    with (SHARED_DATA / OPEN).open(encoding="utf-8-sig", newline="") as file:
        heads = {f"{row['head_first_name']} {row['head_last_name']}" for row in csv.DictReader(file)}
    kept = repr([*School.objects.values(), *PlaceToCheck.objects.values()])
    assert [head for head in heads if len(head) > 6 and head in kept] == []
