"""The pages: what is open is shown with its reason, and leaves with what somebody said."""

from datetime import date

import pytest
from django.urls import reverse

from access.roles import Can
from places.home import needs_me
from places.models import PlaceToCheck, School

pytestmark = pytest.mark.django_db
CLOSED = {"urn": "900003", "name": "Oldfield School", "status": "Closed", "closed_on": "1987-08-31", "postcode": ""}
NEW = {"urn": "900002", "name": "Newfield School", "postcode": "ZV9 9ZZ"}


@pytest.fixture
def loaded(extract, schools, postcodes):
    """One school is placed; an open one, a closed one and a row that cannot be read wait."""
    postcodes()
    schools(extract({}, CLOSED, NEW, {"urn": "x"}))
    return {row.school.urn if row.school else "row": row for row in PlaceToCheck.objects.select_related("school")}


def page(client, who, name, *args, **query):
    client.force_login(who)
    return client.get(reverse(name, args=args), query).content.decode()


def test_the_list_shows_open_schools_first_then_rows_then_closed_schools(loaded, client, cora):
    shown = page(client, cora, "places-to-check")
    places = [shown.index(words) for words in ("Newfield School", "“x” is not a URN", "Oldfield School")]
    assert places == sorted(places)
    assert "1 open school of which nobody knows in whose area it is. 3 lines to look at." in shown
    assert "ZV9 9ZZ is not in our list of postcodes" in shown
    assert "Larkfield" not in shown
    assert "schools_2026-02-01.csv, as at 1 February 2026" in shown
    assert "4 rows: 3 new, 0 brought up to date" in shown


def test_a_person_says_where_a_school_is(loaded, client, cora):
    address = reverse("settle-place", args=[loaded["900002"].pk])
    shown = page(client, cora, "settle-place", loaded["900002"].pk)
    assert "district Northvale" in shown
    assert "selected" not in shown.replace('value="" selected', "")
    client.post(address, {"district": "E07000902", "because": "Rang the office"})
    school = School.objects.get(urn="900002")
    assert (str(school.district), school.placed_by, school.placed_because) == ("Southvale", cora, "Rang the office")
    assert "Newfield" not in client.get(reverse("places-to-check")).content.decode().split("</h1>")[1]
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"district": "", "because": "Rang the office"},
        {"district": "E07000902", "because": "  "},
        {"district": "E07999999", "because": "Rang the office"},
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(loaded, client, cora, typed):
    client.force_login(cora)
    answer = client.post(reverse("settle-place", args=[loaded["900002"].pk]), typed)
    assert answer.status_code == 422
    assert typed["because"].strip() in answer.content.decode()
    assert School.objects.get(urn="900002").district is None


def test_a_person_says_that_a_school_is_not_for_us(loaded, client, cora):
    client.force_login(cora)
    client.post(reverse("settle-place", args=[loaded["900003"].pk]), {"district": "not_ours", "because": "In Devon"})
    assert School.objects.get(urn="900003").where_in_words == "Not in our area, or no longer a school: In Devon"


def test_a_person_says_what_was_done_about_a_row(loaded, client, cora):
    address = reverse("settle-place", args=[loaded["row"].pk])
    client.force_login(cora)
    assert client.post(address, {"how": ""}).status_code == 422
    client.post(address, {"how": "A line of totals"})
    row = PlaceToCheck.objects.get(pk=loaded["row"].pk)
    assert (row.settled_by, row.settled_how) == (cora, "A line of totals")


def test_a_person_who_was_slower_is_told_so_and_keeps_what_they_typed(loaded, client, cora, monkeypatch):
    from places import views
    from places.workflow import set_aside

    client.force_login(cora)
    stale = loaded["900002"]
    monkeypatch.setattr(views.SettlePlace, "_row", lambda self, pk: stale)
    set_aside(stale.school, by=cora, because="In Devon")
    answer = client.post(reverse("settle-place", args=[stale.pk]), {"district": "E07000902", "because": "Rang"})
    assert answer.status_code == 422
    assert "Somebody may have been quicker" in answer.content.decode()


def test_only_those_who_may_place_schools_see_what_is_to_place(loaded, client, olly):
    client.force_login(olly)
    for address in (reverse("places-to-check"), reverse("settle-place", args=[loaded["900002"].pk])):
        assert client.get(address).status_code == 403
    assert "Schools and places to check" not in page(client, olly, "schools")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Larkfield Primary School", "Newfield School", "Oldfield School"]),
        ({"q": "LARK"}, ["Larkfield Primary School"]),
        ({"q": "northtown", "show": "open"}, ["Larkfield Primary School", "Newfield School"]),
        ({"show": "closed"}, ["Oldfield School"]),
        ({"q": "zv11aa"}, ["Larkfield Primary School"]),
        ({"q": "zv9"}, ["Newfield School"]),
        ({"q": "900003"}, ["Oldfield School"]),
        ({"q": "%"}, []),
        ({"q": "a\0b"}, ["Larkfield Primary School", "Newfield School", "Oldfield School"]),
        ({"q": "field", "page": "99"}, ["Larkfield Primary School", "Newfield School", "Oldfield School"]),
    ],
)
def test_everybody_can_find_a_school(loaded, client, olly, asked, found):
    client.force_login(olly)
    assert [school.name for school in client.get(reverse("schools"), asked).context["schools"]] == found


def test_a_school_that_is_not_placed_says_so_in_words(loaded, client, olly):
    shown = page(client, olly, "schools")
    assert "Northvale, authority not known" in shown
    assert "Not placed yet" in shown
    assert "Closed (31 August 1987)" in shown


def test_a_long_list_has_pages_that_keep_the_question(extract, schools, client, olly, clock):
    schools(extract(*({"urn": str(900100 + each), "name": f"School {each:03}"} for each in range(101))))
    client.force_login(olly)
    seen, address = [], "?q=school"
    while address:
        context = client.get(reverse("schools") + address).context
        seen += [school.name for school in context["schools"]]
        address = context["pager"]["older_url"]
    assert seen == [f"School {each:03}" for each in range(101)]


def test_the_home_page_of_those_who_place_schools_says_how_many_wait(loaded, clock, cora):
    (share,) = needs_me(cora, {Can.PLACE_SCHOOLS}, clock.at)
    assert (share.heading, share.total) == ("Schools that nobody could place", 2)
    assert {work.title for work in share.rows} == {"Newfield School", "schools_2026-02-01.csv, line 5"}
    assert list(needs_me(cora, set(), clock.at)) == []


def test_a_school_that_was_to_close_is_no_work_once_it_has_closed(extract, schools, cora, clock):
    schools(extract({"status": "Open, but proposed to close", "closed_on": "2026-03-02"}), as_at=date(2026, 2, 1))
    (share,) = needs_me(cora, {Can.PLACE_SCHOOLS}, clock.at)
    assert share.total == 1
    clock.set(clock.at.replace(day=3))
    (share,) = needs_me(cora, {Can.PLACE_SCHOOLS}, clock.at)
    assert share.total == 0
