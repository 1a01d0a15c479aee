"""A call comes in, and comes in again: what is known is seen first, each THRIVE is kept, and nobody is lost between two
records of the same thing."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from access.actor import NotYours, System, acting, signed
from cases import records
from cases.models import Address, Case, PlaceMarker
from cases.places import address_of
from cases.records import Details
from cases.workflow import people
from cases.workflow.cases import restrict
from cases.workflow.markers import mark_address, mark_number, marker_ended, withdraw_marker
from tests.conftest import MONDAY, hours, minutes
from tests.households import HERE, TOLD, is_a_sex_offender, on_record
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, called_in, clock_of, ended, regraded, swept
from tests.triage.scenes import HIGH, LOW, fresh, running
from triage import workflow
from triage.models import Incident, Thrive
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
AT = f"{HERE.address}, {HERE.postcode}"
NUMBER = "07700 900461"
WARNS = {"kind": "high_risk_da", "note": "", "starts": None, "ends": None, "source": TOLD}


def here():
    with signed(System("test")):
        return address_of(HERE.address, HERE.postcode)


def warned(cora, **said):
    return mark_address(PlaceMarker(), by=cora, address=here(), **{**WARNS, **said})


def resident(cora):
    return on_record(cora, "Kerry Overlow", born=date(1991, 7, 1), home=HERE)


def warn(person, by, kind="high_risk_da"):
    return people.add_warning(person, by=by, kind=kind, starts=None, ends=None, source=TOLD)


def plan(person, by, kind):
    return people.add_plan(person, by=by, kind=kind, starts=None, ends=None, source=TOLD)


def flagged(person, by, kind):
    """As social care said of them."""
    with signed(by):
        records.flagged(person, kind, TOLD, starts=None, ends=None)


def silent(callie, **said):
    usual = {"location": AT, "caller_number": NUMBER, "what_happened": "Nobody speaks"}
    return called_in(callie, channel="silent_999", grade="G4", child="not_known", **{**usual, **said})


def thrives(incident):
    with acting(System("test")):
        return list(Thrive.objects.filter(incident=incident).order_by("at", "pk"))


# What is known is on the page before a grade can be saved


KNOWN = {
    "High-risk domestic abuse": lambda cora: warned(cora),
    "Registered sex offender": lambda cora: is_a_sex_offender(resident(cora), cora),
    "Child protection plan": lambda cora: plan(resident(cora), cora, "protection_plan"),
    "Looked after by the local authority": lambda cora: plan(resident(cora), cora, "looked_after"),
    "Heard at MARAC": lambda cora: warn(resident(cora), cora, "marac"),
    "Trigger plan for going missing": lambda cora: warn(resident(cora), cora, "trigger_plan"),
}


@pytest.mark.parametrize("words", KNOWN)
def test_each_marker_of_the_house_is_shown_as_soon_as_the_house_is_typed(client, cora, callie, words):
    KNOWN[words](cora)
    client.force_login(callie)
    assert words in client.get(reverse("known"), {"location": AT}).content.decode()


def test_what_was_called_in_before_is_shown_as_well(client, clock, callie):
    earlier = called_in(callie, location=AT, category="Shouting through the wall")
    client.force_login(callie)
    page = client.get(reverse("known"), {"location": AT}).content.decode()
    assert earlier.reference in page
    assert "Shouting through the wall" in page


# A silent or abandoned 999


MARKED = {
    "the address": lambda cora: warned(cora),
    "the number": lambda cora: mark_number(PlaceMarker(), by=cora, number=NUMBER, **WARNS),
    "who lives there": lambda cora: warn(resident(cora), cora),
    "whose number it is": lambda cora: warn(
        people.add_phone(on_record(cora, "Ada Example"), by=cora, number=NUMBER, safe="no", source=TOLD), cora
    ),
}


@pytest.mark.parametrize("marked", MARKED)
def test_a_silent_call_is_immediate_where_there_is_high_risk_abuse_at(cora, callie, marked):
    MARKED[marked](cora)
    incident = silent(callie)
    assert (incident.grade, incident.grade_initial) == ("G1", "G1")
    assert clock_of(incident, "K1").due_at == MONDAY + minutes(15)


@pytest.mark.parametrize(
    "marked",
    [
        lambda cora: withdraw_marker(warned(cora), by=cora, because="Another house"),
        lambda cora: marker_ended(warned(cora), by=cora, ends=date(2026, 3, 1)),
        lambda cora: warned(cora, kind="marac"),
        lambda cora: plan(resident(cora), cora, "protection_plan"),
    ],
    ids=["withdrawn", "ended", "another marker", "a plan"],
)
def test_what_does_not_hold_or_is_not_that_leaves_the_grade(cora, callie, marked):
    marked(cora)
    assert silent(callie).grade == "G4"


def test_a_marker_that_the_call_taker_may_not_see_counts_and_is_not_shown(client, cora, sam, callie):
    marker = warned(cora)
    with signed(System("test")):
        case = Case.objects.create(reference="CASE-900001")
        PlaceMarker.objects.filter(pk=marker.pk).update(case=case)
    restrict(case, by=sam, people=[sam], because="A colleague's home")
    client.force_login(callie)
    assert "High-risk" not in client.get(reverse("known"), {"location": AT}).content.decode()
    assert silent(callie).grade == "G1"


@pytest.mark.parametrize("name", ["callie", "dev", "olly", "tara", "ravi"])
def test_nobody_but_a_supervisor_takes_that_grade_away(cora, callie, cast, name):
    warned(cora)
    incident = silent(callie)
    with pytest.raises(NotYours):
        regraded(incident, cast[name], "G2")
    assert fresh(incident).grade == "G1"


# Called again


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"location": AT}, {"location": AT}),
        ({"location": "3 Sample Road"}, {"location": " 3 SAMPLE ROAD "}),
        ({"caller_number": NUMBER}, {"caller_number": "+44 7700 900461"}),
        ({"safe_number": NUMBER}, {"caller_number": NUMBER}),
    ],
    ids=["address", "as written", "number", "safe number"],
)
def test_a_second_contact_is_linked_and_within_15_minutes_the_risk_is_looked_at_again(clock, callie, first, second):
    incident = called_in(callie, **first)
    clock.shift(minutes(20))
    again = called_in(callie, **second)
    assert again.repeat_of == incident
    assert clock_of(incident, "K6").due_at == clock.at + minutes(15)
    assert thrives(again)[0].trigger == "repeat_call"
    swept(clock, minutes(15) + MOMENT)
    assert [who for *_, who in raised(incident.pk, "K6")] == [["connie"]]


def test_a_street_without_a_number_is_not_the_same_house(clock, callie):
    called_in(callie, location="High Street")
    assert called_in(callie, location="High Street").repeat_of is None


@pytest.mark.parametrize(("after", "linked"), [(hours(24), True), (hours(24) + MOMENT, False)])
def test_it_counts_as_again_for_24_hours_to_the_microsecond(clock, callie, after, linked):
    called_in(callie, location=AT)
    clock.shift(after)
    assert bool(called_in(callie, location=AT).repeat_of) is linked


def test_the_third_contact_is_linked_to_the_first_one(clock, callie):
    first, second, third = (called_in(callie, location=AT) for _ in range(3))
    assert (second.repeat_of, third.repeat_of) == (first, first)


def test_a_child_that_the_second_caller_speaks_of_is_known_of_in_the_first(clock, callie):
    first = called_in(callie, location=AT, child="no", assessment=LOW)
    called_in(callie, location=AT, child="yes")
    assert (fresh(first).child, fresh(first).rank) == ("yes", 3)
    assert {"K6", "K7", "K8"} <= running(first)


def test_two_contacts_about_one_person_are_linked_when_the_person_is_named(clock, callie, olly):
    kerry = on_record(callie, "Kerry Overlow")
    first, second = called_in(callie), called_in(callie)
    for incident in (first, second):
        facts = {"part": "victim", "person": kerry, "details": Details(), "home": None}
        workflow.name_person(incident, by=callie, **facts)
    assert fresh(second).repeat_of == first
    assert "K6" in running(first)


def test_one_that_has_ended_is_linked_and_asks_nothing_of_anybody(clock, callie, connie):
    first = ended(called_in(callie, location=AT), connie)
    assert called_in(callie, location=AT).repeat_of == first
    assert running(first) == set()


def test_a_restricted_one_counts_and_is_not_shown(client, clock, callie, sam):
    first = called_in(callie, location=AT)
    with signed(System("test")):
        case = Case.objects.create(reference="CASE-900001")
        Incident.objects.filter(pk=first.pk).update(case=case)
    restrict(case, by=sam, people=[sam], because="A colleague's home")
    client.force_login(callie)
    assert first.reference not in client.get(reverse("known"), {"location": AT}).content.decode()
    called_in(callie, location=AT)
    assert "K6" in running(first)


# Each THRIVE is kept, and a grade goes down only by a supervisor


def test_each_thrive_is_kept_as_it_was_written_with_who_and_when(clock, callie, connie, olly):
    incident = called_in(callie, grade="G3")
    for by, verb in ((connie, workflow.reassess), (olly, None)):
        clock.shift(minutes(5))
        about = replace(HIGH, threat=f"As {by.username} sees it")
        if verb:
            verb(incident, by=by, assessment=about, trigger="new_information")
        else:
            regraded(incident, by, "G2", assessment=about)
    assert [(each.by, each.at, each.threat) for each in thrives(incident)] == [
        (callie, MONDAY, CALM.threat),
        (connie, MONDAY + minutes(5), "As connie sees it"),
        (olly, MONDAY + minutes(10), "As olly sees it"),
    ]


@pytest.mark.parametrize("change", ["UPDATE triage_thrive SET threat = ''", "DELETE FROM triage_thrive"])
def test_the_database_refuses_to_change_one(clock, callie, change):
    called_in(callie)
    with pytest.raises(DatabaseError), transaction.atomic(), signed(callie), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("told", ["", "perhaps"])
def test_a_grade_goes_down_only_where_it_is_said_whether_the_caller_knows(clock, callie, connie, told):
    incident = called_in(callie, grade="G2")
    with pytest.raises(NotNow, match="whether the caller has been told"):
        regraded(incident, connie, "G3", caller_told=told)
    assert (fresh(incident).grade, len(thrives(incident))) == ("G2", 1)


@pytest.mark.parametrize("told", ["yes", "not_safe", "not_reached", "nobody"])
def test_each_of_the_answers_will_do(clock, callie, connie, told):
    assert regraded(called_in(callie, grade="G2"), connie, "G3", caller_told=told).grade == "G3"


def test_a_mark_to_treat_it_as_urgent_survives_a_lower_grade_and_keeps_its_rank(clock, callie, connie):
    incident = called_in(callie, grade="G2", child="no", assessment=LOW)
    incident = workflow.treat_as_urgent(incident, by=callie, because="He has a knife")
    incident = regraded(incident, connie, "G4", assessment=LOW)
    assert (incident.grade, incident.urgent_because, incident.rank) == ("G4", "He has a knife", 2)


def test_a_grade_goes_up_with_nobodys_leave_and_a_reason(clock, callie):
    incident = called_in(callie, grade="G3")
    with pytest.raises(NotNow, match="why the grade changes"):
        regraded(incident, callie, "G1", because=" ")
    assert regraded(incident, callie, "G1", caller_told="").grade == "G1"


# Two records of one thing, and one that was ended too soon


def linked(second, connie, first, **said):
    facts = {"because": "The same house", "caller_told": "yes", **said}
    return workflow.link_duplicate(second, by=connie, to=first, **facts)


def test_before_one_of_two_ends_both_have_been_looked_at_since_the_second_call(clock, callie, connie):
    first = called_in(callie, location=AT)
    clock.shift(minutes(10))
    second = called_in(callie, location=AT)
    with pytest.raises(NotNow, match=f"Re-assess the risk of {first.reference} first"):
        linked(second, connie, first)
    workflow.reassess(fresh(first), by=connie, assessment=CALM, trigger="repeat_call")
    assert linked(second, connie, first).state == "duplicate_linked"
    assert running(second) == set()
    assert "K2" in running(first)


@pytest.mark.parametrize("child", ["yes", "not_known"])
def test_a_child_of_the_one_that_ends_goes_on_in_the_other(clock, callie, connie, child):
    first, second = called_in(callie, child="no"), called_in(callie, child=child)
    linked(second, connie, first)
    assert fresh(first).child == child
    assert "K6" in running(first)


@pytest.mark.parametrize("to", ["itself", "one that has ended"])
def test_it_is_linked_to_another_that_waits(clock, callie, connie, to):
    incident = called_in(callie)
    other = incident if to == "itself" else ended(called_in(callie), connie)
    with pytest.raises(NotNow, match="is not waiting to be attended"):
        linked(incident, connie, other)


def test_and_says_whether_the_caller_knows(clock, callie, connie, olly):
    with pytest.raises(NotNow, match="whether the caller has been told"):
        linked(called_in(callie), connie, called_in(callie), caller_told="")
    with pytest.raises(NotYours):
        linked(called_in(callie), olly, called_in(callie))


AGAIN = {"because": "He is back", "grade": "G2", "assessment": HIGH}


def test_what_was_ended_too_soon_waits_again_with_a_new_thrive_and_its_first_report(clock, callie, connie):
    incident = ended(called_in(callie, grade="G3"), connie)
    clock.shift(hours(3))
    incident = workflow.reopen(incident, by=connie, **AGAIN)
    assert (incident.state, incident.reported_at, incident.owner.username) == ("awaiting_resource", MONDAY, "dev")
    assert clock_of(incident, "K2").due_at == clock.at + hours(1)
    assert len(thrives(incident)) == 2


@pytest.mark.parametrize("name", ["callie", "dev", "olly", "tara", "ravi"])
def test_only_a_supervisor_opens_one_again_and_says_why(clock, callie, connie, cast, name):
    incident = ended(called_in(callie), connie)
    with pytest.raises(NotYours):
        workflow.reopen(incident, by=cast[name], **AGAIN)
    with pytest.raises(NotNow, match="why it is opened again"):
        workflow.reopen(incident, by=connie, **{**AGAIN, "because": " "})


def test_the_way_to_call_back_safely_is_on_the_page_as_it_was_said(client, clock, callie, connie):
    incident = called_in(callie, safe_number=NUMBER, safe_time="After four, he is at work", may_leave_message="no")
    client.force_login(connie)
    page = client.get(reverse("incident", args=[incident.pk])).content.decode()
    assert all(words in page for words in (NUMBER, "After four, he is at work"))
    form = client.get(reverse("incident-contact", args=[incident.pk])).context["form"]
    assert form.initial["route"] == NUMBER


def test_an_address_is_one_house_however_often_it_is_called_from(clock, callie):
    for _ in range(2):
        called_in(callie, location=AT)
    with acting(System("test")):
        assert Address.objects.count() == 1
