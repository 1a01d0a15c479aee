"""Loading schools: each row is loaded or listed, the newest list stands, and no school is there twice."""

import gzip
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from access.actor import NotYours
from places.files import day_in
from places.importing import load_schools
from places.models import LocalAuthority, PlacesImport, PlaceToCheck, School
from tests.conftest import SHARED_DATA

pytestmark = pytest.mark.django_db


def refused(path, *, by="ines", **options):
    with pytest.raises(CommandError) as refusal:
        call_command("import_schools", str(path), by=by, **options)
    assert refusal.value.returncode == 2
    assert not PlacesImport.objects.exists()
    return str(refusal.value)


def test_what_the_list_says_of_a_school_is_kept_and_its_head_teacher_is_not(extract, schools):
    schools(extract({"opened_on": "2001-09-01"}))
    school = School.objects.get(urn="900001")
    assert (school.name, school.number, school.telephone) == (
        "Larkfield Primary School",
        "801/2001",
        "01632 960001",
    )
    assert (school.status, school.opened_on, school.low_age, school.high_age) == ("open", date(2001, 9, 1), 4, 11)
    assert school.maintained_by == LocalAuthority.objects.get(code="801")
    kept = [*School.objects.values(), *PlaceToCheck.objects.values()]
    assert "Nobody" not in repr(kept)


def test_a_school_without_a_telephone_is_loaded_without_one(extract, schools):
    schools(extract({"telephone": ""}))
    assert School.objects.get().telephone == ""


def test_a_telephone_number_that_lost_its_first_0_in_a_spreadsheet_has_it_back(extract, schools):
    schools(extract({"telephone": "1632960001"}))
    assert School.objects.get().telephone == "01632" + "960001"


def test_a_list_that_is_loaded_again_changes_nothing(extract, schools):
    path = extract({}, {"urn": "900002"})
    schools(path)
    assert schools(path).summary == {
        "rows": 2,
        "added": 0,
        "updated": 0,
        "unchanged": 2,
        "older": 0,
        "not_loaded": 0,
        "placed": 0,
        "to_place": 2,
    }
    assert (School.objects.count(), PlaceToCheck.objects.count()) == (2, 2)


def test_a_newer_list_brings_a_school_up_to_date(extract, schools):
    schools(extract({}))
    summary = schools(extract({"name": "Larkfield Academy"}), as_at=date(2026, 2, 20)).summary
    assert (summary["updated"], summary["added"]) == (1, 0)
    assert (School.objects.get().name, School.objects.get().as_at) == ("Larkfield Academy", date(2026, 2, 20))


def test_a_school_that_has_closed_does_not_open_again_with_an_older_list(extract, schools):
    schools(extract({"status": "Closed", "closed_on": "2026-01-31"}), as_at=date(2026, 2, 1))
    assert schools(extract({}), as_at=date(2026, 1, 31)).summary["older"] == 1
    assert (School.objects.get().status, School.objects.get().closed_on) == ("closed", date(2026, 1, 31))


def test_a_school_that_closes_keeps_its_place(extract, schools, postcodes):
    postcodes()
    schools(extract({}))
    schools(extract({"status": "Closed", "closed_on": "2026-02-13"}), as_at=date(2026, 2, 20))
    school = School.objects.get()
    assert (school.status, str(school.district)) == ("closed", "Northvale")


def test_a_school_that_was_to_close_has_no_children_in_it_after_that_day(extract, schools):
    schools(extract({"status": "Open, but proposed to close", "closed_on": "2026-02-13"}))
    assert School.objects.open_on(date(2026, 2, 13)).exists()
    assert not School.objects.open_on(date(2026, 2, 14)).exists()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"urn": "12a"}, "“12a” is not a URN"),
        ({"name": "  "}, "The school has no name"),
        ({"status": "Perhaps"}, "“Perhaps” does not say whether the school is open"),
        ({"closed_on": "31/02/2020"}, "“31/02/2020” is not a date"),
        ({"number": "85/2000"}, "“85/2000” is not a number like 850/2000"),
        ({"low_age": "four"}, "“four” is not an age"),
        ({"low_age": "999"}, "“999” is not an age"),
        ({"town": "x" * 101}, f"“{'x' * 60}…” (town) is longer than 100 letters"),
        ({"street": "a\0b"}, "“a␀b” (street) holds a null byte"),
    ],
)
def test_a_row_that_cannot_be_read_is_listed_with_what_it_said(extract, schools, wrong, reason):
    summary = schools(extract({"urn": "900002"}, wrong)).summary
    assert (summary["rows"], summary["added"], summary["not_loaded"]) == (2, 1, 1)
    row = PlaceToCheck.objects.get(kind="not_loaded")
    assert (row.line, row.reason, row.values["town"][:5]) == (3, reason, wrong.get("town", "Northtown")[:5])


def test_a_row_that_is_on_the_list_already_is_not_listed_again(extract, schools):
    path = extract({"urn": "x"})
    schools(path)
    assert schools(path).summary["not_loaded"] == 1
    assert PlaceToCheck.objects.count() == 1


def test_the_second_row_of_one_school_is_listed_and_the_first_stands(extract, schools):
    summary = schools(extract({}, {"name": "Another name"})).summary
    assert (summary["rows"], summary["added"], summary["not_loaded"]) == (2, 1, 1)
    assert School.objects.get().name == "Larkfield Primary School"
    row = PlaceToCheck.objects.get(kind="not_loaded")
    assert row.reason == "URN 900001 is on line 2 too, which was loaded"


def test_links_to_more_schools_behind_the_last_heading_are_no_harm(register, schools):
    summary = schools(register({}, links=("900007 Predecessor", "900008 Predecessor", "900009 Successor"))).summary
    assert (summary["added"], summary["not_loaded"]) == (1, 0)


def test_a_row_whose_columns_have_shifted_is_listed_and_shows_no_name_of_a_person(register, schools):
    summary = schools(register({}, links=("900007 Predecessor", "Nobody"))).summary
    assert (summary["added"], summary["not_loaded"]) == (0, 1)
    row = PlaceToCheck.objects.get()
    assert row.reason.startswith("23 fields under 22 headings")
    assert row.values == {"URN": "900001", "EstablishmentName": "Larkfield Primary School"}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"authority_code": "Vale"}, "“Vale” is not the number of a local authority"),
        ({"establishment": "20012"}, "“20012” is not the number of a school"),
    ],
)
def test_a_number_that_is_none_is_listed(register, schools, wrong, reason):
    schools(register(wrong))
    assert PlaceToCheck.objects.get().reason == reason


def test_a_school_that_has_no_number_yet_is_loaded(register, schools):
    schools(register({"establishment": ""}))
    assert (School.objects.get().number, School.objects.get().maintained_by.code) == ("", "801")


def test_a_row_that_breaks_off_is_listed(register, schools):
    schools(register({}, links=()))
    assert PlaceToCheck.objects.get().reason.startswith("21 fields under 22 headings")


def test_a_column_that_a_layout_has_not_leaves_what_is_known(register, extract, schools):
    schools(register({}))
    schools(extract({"says_district": "Southvale"}), as_at=date(2026, 2, 20))
    school = School.objects.get()
    assert (school.says_area, school.says_district) == ("E10000099", "Southvale")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
def test_letters_are_read_as_they_were_written(extract, schools, encoding, packed):
    path = extract({"name": "École Sainte-Zoë"})
    text = path.read_text().encode(encoding)
    path.write_bytes(gzip.compress(text) if packed else text)
    schools(path)
    assert School.objects.get().name == "École Sainte-Zoë"


def test_any_name_is_stored_exactly_and_shown_exactly(extract, schools, client, cora):
    strings = SHARED_DATA / "blns.json"
    if not strings.exists():
        pytest.skip("the list of naughty strings is not on this machine")
    naughty = [text for text in json.loads(strings.read_text()) if text.strip()]
    schools(extract(*({"urn": str(900000 + number), "name": name} for number, name in enumerate(naughty))))
    stored = School.objects.in_bulk(field_name="urn")
    assert [stored[str(900000 + number)].name for number in range(len(naughty))] == naughty
    client.force_login(cora)
    shown = []
    for page in range(1, len(naughty) // 50 + 2):
        answer = client.get("/places/schools/", {"page": page})
        assert b"<script>alert" not in answer.content
        shown += [school.name for school in answer.context["schools"]]
    assert sorted(shown) == sorted(naughty)


def test_a_file_in_no_known_layout_is_refused_and_its_missing_columns_are_named(cast, extract):
    path = extract({})
    path.write_text(path.read_text().replace("telephone_num", "phone").replace("postcode", "post"))
    said = refused(path)
    assert said.startswith("schools_2026-02-01.csv is no list of schools that can be read.")
    assert said.endswith("missing or there twice: postcode, telephone_num")


def test_a_file_that_breaks_off_is_refused_and_loses_nothing(cast, extract, schools):
    path = extract({}, {"urn": "900002"})
    path.write_text(path.read_text() + '900003,"801/2003')
    assert "the row that starts on line 4 cannot be read" in refused(path)
    assert not School.objects.exists()


def test_a_packed_file_that_breaks_off_is_refused(cast, extract):
    path = extract({})
    path.write_bytes(gzip.compress(path.read_bytes())[:-20])
    assert "cannot be opened" in refused(path)


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b"\x81\x8d\x90", "neither UTF-8 nor Windows-1252")])
def test_a_file_of_nothing_or_of_no_letters_is_refused(cast, tmp_path, content, said):
    path = tmp_path / "schools_2026-02-01.csv"
    path.write_bytes(content)
    assert said in refused(path)


def test_a_list_without_a_day_is_refused_because_it_might_open_a_closed_school(cast, extract):
    path = extract({}, name="schools.csv")
    assert "say of which day it is" in refused(path)
    assert "has not come yet" in refused(path, as_at=date(2026, 3, 3))
    call_command("import_schools", str(path), as_at=date(2026, 3, 2), by="ines")
    assert PlacesImport.objects.get().as_at == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("schools_hants_2022-04-25.csv", date(2022, 4, 25)),
        ("edubasealldata20220425.csv", date(2022, 4, 25)),
        ("schools_2017-07.csv", date(2017, 7, 1)),
        ("schools.csv", None),
        ("schools_850.csv", None),
        ("schools_2022-02-30.csv", None),
        ("schools_2022-04-25_2021-04-25.csv", None),
    ],
)
def test_the_day_of_a_list_is_read_from_its_name(name, day):
    assert day_in(name) == day


@given(st.text(max_size=30))
def test_any_name_of_a_file_has_a_day_or_none(name):
    assert day_in(name) is None or day_in(name).year >= 1900


def test_only_those_who_may_can_load_a_list(cast, extract):
    assert refused(extract({}), by="olly") == "You may not import schools and postcodes."
    assert refused(extract({}), by="nobody") == "Nobody here is called nobody"
    with pytest.raises(NotYours):
        load_schools(extract({}), by=cast["cora"])
    call_command("import_schools", str(extract({})), by="ines")
    assert PlacesImport.objects.get().by == cast["ines"]


def test_the_command_says_what_came_of_each_row(cast, extract, capsys):
    call_command("import_schools", str(extract({}, {"urn": "x"})))
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "file": "schools_2026-02-01.csv",
        "rows": 2,
        "added": 1,
        "updated": 0,
        "unchanged": 0,
        "older": 0,
        "not_loaded": 1,
        "placed": 0,
        "to_place": 1,
    }
    assert said.err.strip() == "schools_2026-02-01.csv, line 3: “x” is not a URN"
