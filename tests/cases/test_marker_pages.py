"""Markers: who may see one, who may write one and what must be said, and the pages on which it is done."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from access.actor import NotYours, System, acting, signed
from cases.markers import markers_beside
from cases.models import PlaceMarker, Residence
from cases.workflow import markers, people
from tests.cases.marked import (
    NUMBER,
    TODAY,
    TOMORROW,
    YESTERDAY,
    has_phone,
    mark,
    mark_number,
    only,
    place,
    shown,
    warn,
)
from tests.households import HERE, on_record
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


# Need to know


def test_what_a_restricted_case_says_is_seen_by_those_it_names_alone(kerry, here, cora, ines, callie, secret):
    mark(here, ines, source=secret)
    mark_number(NUMBER, ines, source=secret)
    warn(kerry, ines, source=secret)
    asked = {"numbers": [NUMBER], "people": [kerry]}
    assert len(shown(ines, here, **asked)) == 3
    assert shown(callie, here, **asked) == []
    assert len(shown(System("grades a silent call"), here, **asked)) == 3


def test_that_somebody_lives_there_or_has_a_number_may_be_the_secret(clock, cora, ines, callie, secret):
    """Else a warning at the address would say that they live there."""
    kerry = on_record(cora, "Kerry Overlow")
    warn(kerry, cora)
    people.add_home(kerry, by=ines, home=HERE, source=secret)
    has_phone(kerry, ines, source=secret)
    for asked in ({"address": place()}, {"numbers": [NUMBER]}):
        assert len(shown(ines, **asked)) == 1
        assert shown(callie, **asked) == []


def test_who_has_a_conflict_sees_nothing_of_the_person(kerry, here, cora, chidi, callie):
    warn(kerry, cora)
    has_phone(kerry, cora)
    people.declare_conflict(kerry, by=chidi, user=callie, because="Her sister")
    assert shown(callie, here, people=[kerry], numbers=[NUMBER]) == []


def test_a_hidden_marker_is_a_404_and_not_on_the_page_of_the_address(client, here, ines, cora, secret):
    marker = mark(here, ines, kind="other", note="A canary", source=secret)
    client.force_login(cora)
    for name in ("marker", "marker-ended", "marker-withdraw"):
        assert client.get(reverse(name, args=[marker.pk])).status_code == 404
    assert "A canary" not in client.get(here.get_absolute_url()).content.decode()
    client.force_login(ines)
    assert "A canary" in client.get(here.get_absolute_url()).content.decode()


# Who may, and what must be said


@pytest.mark.parametrize("name", ["callie", "dev", "fin", "olly", "cora", "sue"])
def test_whoever_records_people_marks_ends_and_withdraws(cast, here, name):
    by = cast[name]
    markers.marker_ended(mark(here, by), by=by, ends=TODAY)
    markers.withdraw_marker(mark_number(NUMBER, by), by=by, because="A wrong number")


def test_the_chair_of_the_daily_meeting_does_not(here, cora, dmitri):
    marker = mark(here, cora)
    for verb in (
        lambda: mark(here, dmitri),
        lambda: mark_number(NUMBER, dmitri),
        lambda: markers.marker_ended(marker, by=dmitri, ends=TODAY),
        lambda: markers.withdraw_marker(marker, by=dmitri, because="So"),
    ):
        with pytest.raises(NotYours, match="record people"):
            verb()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": ""}, "what it warns of"), ({"kind": "rso"}, "what it warns of"),
        ({"kind": "other"}, "what it warns of"), ({"kind": "other", "note": " \n"}, "what it warns of"),
        ({"starts": TODAY, "ends": YESTERDAY}, "before it began"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_marked(here, cora, said, words):
    with pytest.raises(NotNow, match=words):
        mark(here, cora, **said)
    with acting(cora):
        assert not PlaceMarker.objects.exists()


def test_a_marker_is_ended_once_and_withdrawn_once_with_a_reason(here, cora):
    marker = mark(here, cora, starts=TODAY)
    with pytest.raises(NotNow, match="before it began"):
        markers.marker_ended(marker, by=cora, ends=YESTERDAY)
    markers.marker_ended(marker, by=cora, ends=TODAY)
    with pytest.raises(NotNow, match="ended already"):
        markers.marker_ended(marker, by=cora, ends=TOMORROW)
    with pytest.raises(NotNow, match="why it was wrong"):
        markers.withdraw_marker(marker, by=cora, because=" ")
    markers.withdraw_marker(marker, by=cora, because="A mistake")
    for again in (
        lambda: markers.withdraw_marker(marker, by=cora, because="Again"),
        lambda: markers.marker_ended(marker, by=cora, ends=TODAY),
    ):
        with pytest.raises(NotNow, match="withdrawn already"):
            again()


@pytest.mark.parametrize("said", [{}, {"number": "7700900461", "to": "an address too"}, {"kind": "other"}])
def test_the_database_itself_keeps_a_marker_on_one_thing_that_says_what_it_is(here, cora, clock, said):
    where = {"number": said.get("number", ""), "address": here if "to" in said or "kind" in said else None}
    with pytest.raises(IntegrityError), signed(cora):
        PlaceMarker.objects.create(
            state="on_record", kind=said.get("kind", "marac"), how="seen", source="PC", recorded_at=clock.at, **where
        )


def test_who_marked_it_when_and_why_it_was_wrong_stays_on_record(here, cora, olly):
    marker = mark(here, cora)
    markers.withdraw_marker(marker, by=olly, because="The house next door")
    steps = [(step.transition, step.by) for step in Step.of(marker).order_by("at", "pk")]
    assert steps == [("cases.mark_address", cora), ("cases.withdraw_marker", olly)]


def test_a_marker_is_no_fact_of_a_person(client, kerry, here, cora):
    marker = mark(here, cora)
    client.force_login(cora)
    url = reverse("person-withdraw", args=[kerry.pk, "placemarker", marker.pk])
    assert client.get(url).status_code == 404


# On the pages

WARNING = {"kind": "weapons", "note": "A shotgun in the shed", "how": "seen", "says": "PC 1234"}


def warnings_of(page):
    said = page.content.decode()
    start = said.index('class="app-flags"')
    return " ".join(said[start : said.index("</ul>", start)].split())


def test_the_page_of_an_address_marks_it_shows_it_ends_it(client, here, olly):
    client.force_login(olly)
    household = here.get_absolute_url()
    assert reverse("household-mark", args=[here.pk]) in client.get(household).content.decode()
    assert client.post(reverse("household-mark", args=[here.pk]), WARNING).url == household
    said = warnings_of(client.get(household))
    assert "Weapons or danger to officers: A shotgun in the shed" in said
    assert "since when is not known" in said
    assert "Police saw it: PC 1234" in said
    assert "app-flag--risk" in said
    marker = only(PlaceMarker)
    ended = {"ends_day": "1", "ends_month": "3", "ends_year": "2026"}
    assert client.post(reverse("marker-ended", args=[marker.pk]), ended).url == household
    page = client.get(household).content.decode()
    assert 'class="app-flags"' not in page
    assert "until 1 March 2026" in page


def test_a_marker_sent_twice_is_one(client, here, olly):
    client.force_login(olly)
    sent = {**WARNING, "key": "6f3c1c52-39a5-4d0c-9a43-0d6f0a4f3a11"}
    for _ in range(2):
        assert client.post(reverse("household-mark", args=[here.pk]), sent).url == here.get_absolute_url()
    assert str(only(PlaceMarker).pk) == sent["key"]


def test_a_mistake_is_struck_out_on_the_page_with_its_reason(client, here, cora, olly):
    marker = mark(here, cora)
    client.force_login(olly)
    client.post(reverse("marker-withdraw", args=[marker.pk]), {"because": "The house next door"})
    page = client.get(here.get_absolute_url()).content.decode()
    assert "Withdrawn: The house next door" in page
    assert "app-fact--withdrawn" in page
    assert 'class="app-flags"' not in page


def test_the_page_of_an_address_warns_of_whoever_lives_there(client, kerry, here, cora, callie):
    warn(kerry, cora, starts=YESTERDAY)
    client.force_login(callie)
    said = warnings_of(client.get(here.get_absolute_url()))
    assert "Kerry Overlow" in said
    assert "since 1 March 2026" in said


def test_the_page_of_a_person_has_the_markers_on_their_home_and_number_and_their_flags_once(
    client, kerry, here, cora, callie
):
    warn(kerry, cora, kind="marac")
    has_phone(kerry, cora, "+44 7700 900461")
    mark(here, cora, kind="weapons", note="Two dogs")
    mark_number(NUMBER, cora)
    client.force_login(callie)
    page = client.get(kerry.get_absolute_url())
    assert [flag.kind for flag in page.context["flags"]] == ["marac"]
    assert [marker.kind for marker in page.context["markers"]] == ["high_risk_da", "weapons"]
    assert warnings_of(page).count("Heard at MARAC") == 1


def test_where_they_moved_out_and_what_was_never_theirs_is_not_on_their_page(kerry, here, cora, callie, clock):
    mark(here, cora)
    people.moved_out(kerry, by=cora, home=only(Residence, person=kerry), ends=YESTERDAY)
    with acting(callie):
        assert markers_beside([kerry]) == []


def test_a_number_is_marked_and_read_on_a_page_of_its_own(client, kerry, cora, olly):
    has_phone(kerry, cora)
    client.force_login(olly)
    said = {**WARNING, "kind": "high_risk_da", "note": "", "number": "+44 7700 900461"}
    page = client.get(client.post(reverse("number-mark"), said).url).content.decode()
    assert "Marker on 07700 900461" in page
    assert "Kerry Overlow" in page
    refused = client.post(reverse("number-mark"), {**said, "number": "not known"})
    assert refused.status_code == 422
    assert "area code" in refused.content.decode()


def test_a_warning_of_a_person_is_written_on_a_page(client, kerry, olly):
    client.force_login(olly)
    said = {"kind": "high_risk_da", "how": "said_by_person", "says": "Kerry"}
    page = client.get(client.post(reverse("person-warning", args=[kerry.pk]), said).url)
    assert "app-flag--risk" in warnings_of(page)


def test_a_marker_that_says_nothing_is_refused_and_nothing_typed_is_lost(client, here, olly):
    client.force_login(olly)
    page = client.post(reverse("household-mark", args=[here.pk]), {**WARNING, "kind": "other", "note": ""})
    assert page.status_code == 422
    assert "Say what it warns of" in page.content.decode()
    assert 'value="PC 1234"' in page.content.decode()


def test_whoever_may_not_mark_is_offered_no_way_to(client, here, cora, dmitri):
    marker = mark(here, cora)
    client.force_login(dmitri)
    page = client.get(here.get_absolute_url()).content.decode()
    assert reverse("household-mark", args=[here.pk]) not in page
    assert reverse("marker-ended", args=[marker.pk]) not in page
    assert reverse("marker-withdraw", args=[marker.pk]) not in page
