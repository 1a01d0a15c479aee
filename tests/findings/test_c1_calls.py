"""C1: call takers ask whether a child is there and use THRIVE. What is known of the house has to reach them before they
grade. An earlier case of this force: a silent 999 from where there was high-risk abuse, and nobody saw the marker."""

from dataclasses import replace

import pytest
from django.urls import reverse

from access.actor import NotYours, System, acting
from cases.markers import PlaceMarker
from cases.places import address_of
from cases.workflow.markers import mark_address, mark_number
from tests.households import TOLD
from tests.stories import CALM, called_in, clock_of, regraded
from tests.triage.scenes import fresh, running
from triage import workflow
from triage.models import Incident
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
HOUSE, POSTCODE, NUMBER = "12 Example Street", "ZV1 1AA", "07700 900461"
WARNS = {"kind": "high_risk_da", "note": "Do not say you are police", "starts": None, "ends": None, "source": TOLD}
TYPED = {
    "channel": "999",
    "location": f"{HOUSE}, {POSTCODE}",
    "caller_number": NUMBER,
    "what_happened": "Shouting through the wall",
    "child": "no",
    "domestic_abuse": "not_known",
    **{f"{line}_level": "low" for line in ("threat", "harm", "risk", "investigation", "vulnerability", "engagement")},
    "before_we_arrive": "It may start again",
    "overall": "low",
    "grade": "G3",
    "opening_category": "not_known",
    **dict.fromkeys(("unborn_child", "may_leave_message", "abuse_before", "marac", "weapons"), "not_known"),
    **dict.fromkeys(("drink_or_drugs", "orders_or_bail", "suspect_there"), "not_known"),
}


@pytest.fixture
def warned(clock, cora):
    """It is on record that there is high-risk domestic abuse at this address."""
    with acting(cora):
        address = address_of(HOUSE, POSTCODE)
    return mark_address(PlaceMarker(), by=cora, address=address, **WARNS)


@pytest.fixture
def number_warned(clock, cora):
    return mark_number(PlaceMarker(), by=cora, number=NUMBER, **WARNS)


def every_incident():
    with acting(System("test")):
        return list(Incident.objects.all())


def silent(callie, grade="G4", **said):
    return called_in(callie, channel="silent_999", grade=grade, what_happened="Nobody speaks. A door bangs.", **said)


# Is a child there?


def test_a_call_cannot_be_saved_without_an_answer_to_whether_a_child_is_there(client, clock, callie):
    client.force_login(callie)
    answer = client.post(reverse("incident-new"), {name: said for name, said in TYPED.items() if name != "child"})
    assert answer.status_code == 422
    assert "child" in answer.context["form"].errors
    assert "Shouting through the wall" in answer.content.decode()
    assert every_incident() == []


@pytest.mark.parametrize(("child", "bands"), [("yes", 3), ("not_known", 3), ("no", 5)])
def test_not_known_is_an_answer_and_counts_as_a_child_until_somebody_knows(clock, callie, child, bands):
    incident = called_in(callie, child=child, assessment=replace(CALM, overall="low"))
    assert (incident.child, incident.rank) == (child, bands)


# What we know, before the grade


def test_what_is_known_of_the_house_is_on_the_page_before_anything_is_saved(client, warned, callie):
    client.force_login(callie)
    first = client.post(reverse("incident-new"), TYPED)
    page = first.content.decode()
    assert first.status_code == 422
    assert "Not saved yet" in page
    assert "Do not say you are police" in page
    assert "Shouting through the wall" in page  # nothing typed is lost
    assert every_incident() == []
    seen = first.context["mark"]
    again = client.post(reverse("incident-new"), {**TYPED, "grade": "G1", "seen": seen})
    assert again.status_code == 302
    assert [incident.grade for incident in every_incident()] == ["G1"]


def test_a_mark_that_is_new_since_is_shown_as_well(client, warned, cora, callie):
    client.force_login(callie)
    seen = client.post(reverse("incident-new"), TYPED).context["mark"]
    mark_number(PlaceMarker(), by=cora, number=NUMBER, **{**WARNS, "kind": "trigger_plan"})
    assert client.post(reverse("incident-new"), {**TYPED, "seen": seen}).status_code == 422


def test_the_part_of_the_page_that_says_so_is_there_as_soon_as_a_place_or_a_number_is_typed(
    client, warned, number_warned, callie
):
    client.force_login(callie)
    for asked in ({"location": f"{HOUSE}, {POSTCODE}"}, {"caller_number": NUMBER}):
        assert "Do not say you are police" in client.get(reverse("known"), asked).content.decode()
    assert (
        "Do not say you are police" not in client.get(reverse("known"), {"location": "1 Other Road"}).content.decode()
    )


# A silent 999


@pytest.mark.parametrize("marker", ["warned", "number_warned"])
def test_a_silent_call_from_a_marked_house_or_number_is_immediate_whatever_was_typed(request, callie, marker):
    request.getfixturevalue(marker)
    incident = silent(callie, location=f"{HOUSE}, {POSTCODE}", caller_number=NUMBER)
    assert (incident.grade, incident.grade_initial, incident.state) == ("G1", "G1", "awaiting_resource")
    assert "high-risk domestic abuse" in incident.urgent_because
    assert "K1" in running(incident)


def test_where_nothing_is_marked_it_has_the_grade_it_was_given(clock, callie):
    assert silent(callie, location=f"{HOUSE}, {POSTCODE}", caller_number=NUMBER).grade == "G4"


def test_nor_is_a_call_in_which_somebody_speaks(warned, callie):
    assert called_in(callie, grade="G3", location=f"{HOUSE}, {POSTCODE}").grade == "G3"


def test_only_a_supervisor_lowers_it_and_the_mark_stays(warned, callie, connie):
    incident = silent(callie, location=f"{HOUSE}, {POSTCODE}")
    with pytest.raises(NotYours, match="Ask a supervisor"):
        regraded(incident, callie, "G3")
    incident = regraded(fresh(incident), connie, "G3")
    assert incident.grade == "G3"
    assert "high-risk domestic abuse" in incident.urgent_because
    assert incident.rank in (1, 2)  # still among the first
    assert clock_of(incident, "K1").stopped_at is None  # the time of an Immediate one goes on counting


# Called again


@pytest.mark.parametrize("same", [{"location": f"{HOUSE}, {POSTCODE}"}, {"caller_number": NUMBER}])
def test_a_second_call_is_linked_and_the_first_has_to_be_looked_at_again(clock, callie, same):
    first = called_in(callie, **same)
    second = called_in(callie, **same)
    assert second.repeat_of == first
    assert "K6" in running(first)
    with acting(callie):
        assert second.assessments.get().trigger == "repeat_call"


def test_how_to_call_back_safely_is_kept_and_a_message_is_left_only_where_somebody_said_it_may_be(
    clock, callie, connie
):
    incident = called_in(callie, safe_number="07700 900999", safe_time="After 4, he is at work", may_leave_message="no")
    assert (incident.safe_time, incident.may_leave_message) == ("After 4, he is at work", "no")
    with pytest.raises(NotNow, match="Nobody has said that a message may be left"):
        workflow.contact_caller(incident, by=connie, route="07700 900999", result="message_left", said="")
