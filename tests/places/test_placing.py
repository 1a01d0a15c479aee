"""Where a school lies: by its postcode where nothing speaks against it, otherwise as a person says."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from access.actor import NotYours, signed
from places.importing import load_postcodes
from places.models import District, LocalAuthority, PlacesImport, PlaceToCheck, Postcode, School
from places.workflow import place_school, set_aside, settle
from tests.places.conftest import NAMES, TESTER, WHERE
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
NEW = {"postcode": "ZV9 9ZZ"}


def listed():
    return {row.school.urn: row.reason for row in PlaceToCheck.objects.filter(settled_at=None).select_related("school")}


def only_school():
    return School.objects.select_related("district__authority").get()


@pytest.fixture
def vale():
    """The authority of the county is known by the name that both files give."""
    with signed(TESTER):
        return LocalAuthority.objects.create(code="801", name="Vale")


def test_a_postcode_places_a_school_in_its_district_and_its_authority(extract, schools, postcodes, vale):
    postcodes()
    assert schools(extract({})).summary["placed"] == 1
    school = only_school()
    assert (str(school.district), school.authority, school.placed_how) == ("Northvale", vale, "postcode")
    assert listed() == {}


def test_a_postcode_that_is_not_known_leaves_the_school_to_a_person(extract, schools, postcodes):
    postcodes()
    schools(extract(NEW))
    assert only_school().district is None
    assert listed() == {"900001": "ZV9 9ZZ is not in our list of postcodes. It may be newer than the list."}


@pytest.mark.parametrize(
    ("postcode", "reason"),
    [("", "Its file gives no postcode."), ("Northtown", "“Northtown” is not a postcode.")],
)
def test_a_school_without_a_postcode_is_loaded_and_listed(extract, schools, postcodes, postcode, reason):
    postcodes()
    schools(extract({"postcode": postcode}))
    assert listed() == {"900001": reason}


def test_where_postcode_and_file_disagree_neither_is_believed(extract, schools, postcodes):
    postcodes()
    schools(extract({"says_district": "Southvale"}))
    assert only_school().district is None
    assert listed() == {"900001": "ZV1 1AA lies in Northvale, but its file says Southvale."}


def test_a_file_that_names_no_district_is_held_against_its_area(register, schools, postcodes):
    postcodes()
    schools(register({"says_district": ""}, {"urn": "900002", "says_district": "", "says_area": "E06000901"}))
    assert listed() == {"900002": "ZV1 1AA lies in Northvale, but its file says area E06000901."}


def test_a_file_that_names_neither_is_held_against_the_authority_in_the_number(extract, schools, postcodes, vale):
    postcodes()
    nameless = {"says_district": ""}
    schools(extract(nameless, {**nameless, "urn": "900002", "postcode": "ZV2 1AA"}))
    assert listed() == {"900002": "ZV2 1AA lies in Port Vale, but its file says Vale."}


def test_an_authority_whose_area_nobody_knows_yet_confirms_nothing(extract, schools, postcodes):
    postcodes()
    schools(extract({"says_district": ""}))
    assert listed() == {
        "900001": "ZV1 1AA lies in Northvale. Whether that is in the area of local authority 801 is not known yet."
    }


def test_a_school_may_lie_outside_the_area_of_the_authority_that_maintains_it(extract, schools, postcodes, vale):
    """As one school of Southampton does in Hampshire: the district decides, and the page says whose school it is."""
    with signed(TESTER):
        LocalAuthority.objects.create(code="802", name="Port Vale")
    postcodes()
    schools(extract({"number": "802/2001"}))
    school = only_school()
    assert (str(school.authority), str(school.maintained_by)) == ("Vale", "Port Vale")
    assert school.where_in_words == "Northvale, Vale. A school of Port Vale"


def test_an_authority_is_joined_to_its_area_by_where_most_of_its_schools_are(extract, schools, postcodes):
    """This layout names no authority. One school over the border does not make the neighbour's area its own."""
    postcodes()
    of_vale = [{"urn": str(900100 + each), "number": f"801/{2100 + each}"} for each in range(12)]
    of_port = [
        {"urn": str(900200 + each), "number": f"802/{2200 + each}", "postcode": "ZV2 1AA", "says_district": "Port Vale"}
        for each in range(11)
    ]
    schools(extract(*of_vale, *of_port, {"number": "802/2001"}))
    assert {(each.code, each.name, each.gss) for each in LocalAuthority.objects.all()} == {
        ("801", "Vale", "E10000099"),
        ("802", "Port Vale", "E06000901"),
    }
    assert str(School.objects.get(urn="900001").authority) == "Vale"


def test_a_few_schools_join_no_authority_to_an_area(extract, schools, postcodes):
    postcodes()
    schools(extract(*({"urn": str(900100 + each)} for each in range(9))))
    assert LocalAuthority.objects.get().gss is None
    assert only_school_of("900100").authority is None
    assert only_school_of("900100").where_in_words == "Northvale, authority not known"


def only_school_of(urn):
    return School.objects.select_related("district__authority").get(urn=urn)


def test_postcodes_that_come_later_place_the_schools_that_waited(extract, schools, postcodes, clock):
    schools(extract({}, {"urn": "900002", **NEW}))
    assert set(listed()) == {"900001", "900002"}
    assert postcodes().summary["schools_placed"] == 1
    row = PlaceToCheck.objects.get(school__urn="900001")
    assert (row.settled_by, row.settled_at, row.settled_how) == (None, clock.at, "Found by its postcode")
    assert set(listed()) == {"900002"}


def test_a_list_that_is_loaded_again_lists_no_school_twice_and_says_the_latest_reason(extract, schools, postcodes):
    schools(extract(NEW))
    postcodes()
    schools(extract({"says_district": "Southvale"}))
    assert listed() == {"900001": "ZV1 1AA lies in Northvale, but its file says Southvale."}
    assert PlaceToCheck.objects.count() == 1


def test_what_a_person_said_stays_while_the_school_stays(extract, schools, postcodes, cora, clock):
    postcodes()
    schools(extract(NEW))
    place_school(only_school(), by=cora, district=District.objects.get(name="Southvale"), because="Rang the office")
    schools(extract({**NEW, "name": "Larkfield Academy"}), as_at=date(2026, 2, 20))
    school = only_school()
    assert (str(school.district), school.placed_how, school.placed_by) == ("Southvale", "person", cora)
    assert (school.placed_at, school.placed_because) == (clock.at, "Rang the office")
    assert (school.name, listed()) == ("Larkfield Academy", {})
    row = PlaceToCheck.objects.get()
    assert (row.settled_by, row.settled_how) == (cora, "Southvale: Rang the office")


def test_a_school_that_moves_is_placed_anew(extract, schools, postcodes):
    postcodes()
    schools(extract({}))
    schools(extract({"postcode": "ZV1 1AB", "says_district": "Southvale"}), as_at=date(2026, 2, 20))
    assert str(only_school().district) == "Southvale"


def test_a_school_that_moves_from_where_a_person_had_put_it_is_asked_about_again(extract, schools, postcodes, cora):
    postcodes()
    schools(extract(NEW))
    place_school(only_school(), by=cora, district=District.objects.get(name="Southvale"), because="Rang the office")
    schools(extract({}), as_at=date(2026, 2, 20))
    assert only_school().district is None
    row = PlaceToCheck.objects.get(settled_at=None)
    assert row.reason == "Somebody had said where it is, and its postcode says otherwise now."
    assert row.values == {"Before": f"It has moved from ZV9 9ZZ. Before: Southvale, said {cora}: Rang the office"}
    schools(extract({}), as_at=date(2026, 2, 21))
    postcodes()
    assert set(listed()) == {"900001"}


def test_a_list_of_postcodes_that_contradicts_a_person_asks_again(extract, schools, postcodes, cora):
    postcodes()
    schools(extract(NEW))
    place_school(only_school(), by=cora, district=District.objects.get(name="Southvale"), because="Rang the office")
    summary = postcodes({**WHERE, "ZV9 9ZZ": "E07000901"}).summary
    assert (summary["schools_unsettled"], summary["schools_placed"], summary["added"]) == (1, 0, 1)
    assert set(listed()) == {"900001"}
    place_school(only_school(), by=cora, district=District.objects.get(name="Southvale"), because="Rang again")
    assert postcodes({**WHERE, "ZV9 9ZZ": "E07000901"}).summary["schools_unsettled"] == 0
    assert listed() == {}


def test_a_list_of_postcodes_that_agrees_with_a_person_changes_nothing(extract, schools, postcodes, cora):
    postcodes()
    schools(extract(NEW))
    place_school(only_school(), by=cora, district=District.objects.get(name="Southvale"), because="Rang the office")
    postcodes({**WHERE, "ZV9 9ZZ": "E07000902"})
    assert (only_school().placed_how, listed()) == ("person", {})


def test_a_postcode_that_is_corrected_takes_its_schools_along_where_their_file_agrees(extract, schools, postcodes):
    postcodes()
    schools(extract({}, {"urn": "900002", "says_district": "Northvale"}))
    schools(extract({"says_district": "Southvale"}), as_at=date(2026, 2, 20))
    summary = postcodes({**WHERE, "ZV1 1AA": "E07000902"}).summary
    assert (summary["changed"], summary["schools_unsettled"], summary["schools_placed"]) == (1, 2, 1)
    assert str(School.objects.get(urn="900001").district) == "Southvale"
    assert listed() == {"900002": "ZV1 1AA lies in Southvale, but its file says Northvale."}
    before = PlaceToCheck.objects.get(settled_at=None).values["Before"]
    assert before == "The list of postcodes has changed for ZV1 1AA. Before: Northvale"


def test_a_school_that_is_not_for_us_is_not_asked_about_again_until_it_moves(extract, schools, postcodes, cora):
    postcodes()
    schools(extract(NEW))
    set_aside(only_school(), by=cora, because="It is in Dorset")
    schools(extract({**NEW, "name": "Larkfield Academy"}), as_at=date(2026, 2, 20))
    school = only_school()
    assert (school.district, school.placed_how, listed()) == (None, "not_ours", {})
    assert school.where_in_words == "Not in our area, or no longer a school: It is in Dorset"
    schools(extract({}), as_at=date(2026, 2, 21))
    assert set(listed()) == {"900001"}


@pytest.mark.parametrize("because", ["", "  \n"])
def test_how_they_know_has_to_be_said(extract, schools, postcodes, cora, because):
    postcodes()
    schools(extract(NEW, {"urn": "x"}))
    northvale, row = District.objects.get(name="Northvale"), PlaceToCheck.objects.get(kind="not_loaded")
    with pytest.raises(NotNow, match="Say how you know where Larkfield Primary School is"):
        place_school(only_school(), by=cora, district=northvale, because=because)
    with pytest.raises(NotNow, match="Say why Larkfield Primary School is not for us"):
        set_aside(only_school(), by=cora, because=because)
    with pytest.raises(NotNow, match="Say what was done about this row"):
        settle(row, by=cora, how=because)
    assert PlaceToCheck.objects.filter(settled_at=None).count() == 2


def test_somebody_who_may_not_say_where_a_school_is_does_not(extract, schools, postcodes, olly):
    postcodes()
    schools(extract(NEW, {"urn": "x"}))
    northvale, row = District.objects.get(name="Northvale"), PlaceToCheck.objects.get(kind="not_loaded")
    for verb in (
        lambda: place_school(only_school(), by=olly, district=northvale, because="I know it"),
        lambda: set_aside(only_school(), by=olly, because="I know it"),
        lambda: settle(row, by=olly, how="Nothing"),
    ):
        with pytest.raises(NotYours, match="You may not say which authority a school or postcode belongs to"):
            verb()


def test_two_people_do_not_settle_the_same_thing(extract, schools, postcodes, cora, ines):
    postcodes()
    schools(extract(NEW, {"urn": "x"}))
    stale, row = only_school(), PlaceToCheck.objects.get(kind="not_loaded")
    set_aside(only_school(), by=cora, because="It is in Dorset")
    settle(row, by=cora, how="A line of totals")
    with pytest.raises(NotNow, match="Somebody may have been quicker"):
        place_school(stale, by=ines, district=District.objects.get(name="Northvale"), because="Rang")
    with pytest.raises(NotNow, match="Somebody may have been quicker"):
        settle(row, by=ines, how="Something else")


def test_a_school_is_not_settled_as_if_it_were_a_row(extract, schools, cora):
    schools(extract({}))
    with pytest.raises(NotNow, match="say where it is"):
        settle(PlaceToCheck.objects.get(), by=cora, how="Done")


@pytest.mark.parametrize(
    "wrong",
    [
        {"placed_how": "postcode"},
        {"placed_how": "person", "district_id": "E07000901"},
        {"placed_how": "", "district_id": "E07000901"},
    ],
)
def test_the_database_takes_no_half_placed_school(extract, schools, postcodes, wrong):
    postcodes()
    schools(extract(NEW))
    with pytest.raises(IntegrityError), transaction.atomic(), signed(TESTER):
        School.objects.update(**wrong)


# Postcodes


def test_postcodes_that_are_loaded_again_change_nothing(postcodes):
    assert postcodes().summary["added"] == 3
    summary = postcodes().summary
    assert (summary["rows"], summary["added"], summary["changed"], summary["unchanged"]) == (3, 0, 0, 3)
    assert (Postcode.objects.count(), District.objects.count()) == (3, 3)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ZV11AX,10,1,1,E92000001,,,,,", "ZV1 1AX is in no district: county (nothing), district (nothing)"),
        ("NOWHERE,10,1,1,E92000001,,,,E06000901,", "“NOWHERE” is not a postcode"),
        ("ZV11AX,10,1,1", "4 fields where Code-Point has 10"),
        ("ZV11AA,10,1,1,E92000001,,,,E06000901,", "ZV1 1AA is there twice, in districts E07000901 and E06000901"),
        ("ZV11AX,10,1,1,E92000001,,,,E07000901,", "ZV1 1AX puts district E07000901 in county (nothing)"),
    ],
)
def test_a_row_that_is_no_postcode_is_listed(code_point, clock, line, reason):
    path = code_point()
    path.write_text(path.read_text() + line + "\n")
    summary = load_postcodes([path], by=TESTER)[0].summary
    assert (summary["rows"], summary["added"], summary["not_loaded"]) == (4, 3, 1)
    row = PlaceToCheck.objects.get()
    assert (row.line, row.kind, row.reason.startswith(reason)) == (4, "not_loaded", True)


def test_names_may_come_later_and_are_kept(code_point, clock):
    load_postcodes([code_point()], by=TESTER)
    assert str(District.objects.get(gss="E07000901")) == "E07000901"
    load_postcodes([code_point()], by=TESTER, districts=NAMES)
    load_postcodes([code_point()], by=TESTER, districts={"E07000901": "North Vale"})
    assert {each.name for each in District.objects.all()} == {"North Vale", "Southvale", "Port Vale"}


def test_one_file_that_is_refused_stops_all_of_them(code_point, extract, cast, names_file):
    good, other = code_point(), extract({})
    with pytest.raises(CommandError, match="is not Code-Point Open"):
        call_command("import_postcodes", str(good), str(other), districts=names_file)
    assert not Postcode.objects.exists()
    assert not PlacesImport.objects.exists()


@pytest.mark.parametrize(("content", "said"), [("[1]", "no list of codes and names"), ("{", "is not JSON")])
def test_a_list_of_names_that_is_none_is_refused(code_point, cast, names_file, content, said):
    names_file.write_text(content)
    with pytest.raises(CommandError, match=said):
        call_command("import_postcodes", str(code_point()), districts=names_file)


def test_only_those_who_may_can_load_postcodes(code_point, cast):
    with pytest.raises(CommandError, match="You may not import schools and postcodes"):
        call_command("import_postcodes", str(code_point()), by="cora")
    call_command("import_postcodes", str(code_point()), by="ines")
    assert PlacesImport.objects.get().by == cast["ines"]
