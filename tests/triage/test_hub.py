"""The triage hub: who deals with it, a second look for a child, accepted or still ours, and back in one press."""

from dataclasses import replace

import pytest
from django.urls import reverse

from access.actor import NotYours, System, acting, signed
from accounts.models import Team
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, called_in, clock_of, outcome_of, swept
from tests.triage.scenes import A_CHILD, LOW, NOTHING_AGAINST, allocated, fresh, running, with_the_phone
from triage import workflow
from triage.models import Allocation, Unit, WhyNotByPhone
from triage.units import suggest
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
IMAGES = replace(A_CHILD, images_shared="yes", abuse_or_images="yes")


def decisions(incident):
    with acting(System("test")):
        return list(Allocation.objects.filter(incident=incident).order_by("at"))


# Who deals with it


def test_the_answers_are_kept_with_who_decided_and_why(clock, callie, tara):
    incident = allocated(called_in(callie, grade="G4", child="no"), tara, said=replace(NOTHING_AGAINST, repeat="yes"))
    (kept,) = decisions(incident)
    assert (kept.by, kept.destination, kept.because, kept.team.name) == (tara, "resolution", "So", "Resolution centre")
    assert dict(kept.answers())["Has this person, or this address, called before?"] == "Yes"


@pytest.mark.parametrize("answer", ["child_to_be_seen", "evidence_lost"])
def test_what_cannot_be_by_phone_stays_in_the_hub_with_the_reason(clock, callie, tara, answer):
    incident = called_in(callie, grade="G4", child="no")
    with pytest.raises(NotNow, match="It cannot be dealt with by phone"):
        allocated(incident, tara, said=replace(NOTHING_AGAINST, **{answer: "yes"}))
    assert (fresh(incident).state, decisions(incident)) == ("in_triage", [])
    assert allocated(incident, tara, "neighbourhood", replace(NOTHING_AGAINST, **{answer: "yes"})).state == "allocated"


@pytest.mark.parametrize("name", ["callie", "dev", "olly", "ravi", "noor"])
def test_it_is_the_hub_that_decides(clock, callie, cast, name):
    with pytest.raises(NotYours):
        allocated(called_in(callie, grade="G4", child="no"), cast[name])


@pytest.mark.parametrize("destination", ["other_agency", "no_action"])
def test_to_end_it_is_a_supervisors_and_never_in_passing_with_a_child(clock, callie, tara, tess, destination):
    incident = called_in(callie, grade="G4", child="no")
    with pytest.raises(NotYours, match="ask a supervisor"):
        allocated(incident, tara, destination)
    assert allocated(incident, tess, destination).state == "no_deployment"
    for child in ("yes", "not_known"):
        with pytest.raises(NotNow, match="End without attendance"):
            allocated(called_in(callie, grade="G4", child=child), tess, destination)


# Images of a child


def test_only_the_specialist_sergeant_says_how_images_are_dealt_with(clock, callie, cast, dina):
    incident = called_in(callie, grade="G4", child="yes")
    for name in ("callie", "tara", "tess", "ravi", "rosa", "fin", "sam"):
        with pytest.raises(NotYours):
            workflow.add_specialist_note(incident, by=cast[name], note="By phone")
    with pytest.raises(NotNow, match="how it is to be dealt with"):
        workflow.add_specialist_note(incident, by=dina, note=" ")
    incident = workflow.add_specialist_note(incident, by=dina, note="View the phone at school")
    assert "View the phone at school" in incident.specialist_note
    assert str(dina) in incident.specialist_note


@pytest.mark.parametrize("images", ["yes", "not_known"])
def test_before_that_note_the_phone_is_closed_to_them_and_the_specialists_are_not(clock, callie, tara, dina, images):
    incident, answers = called_in(callie, grade="G4", child="yes"), replace(IMAGES, images_shared=images)
    with pytest.raises(NotNow, match="specialist sergeant has not said how"):
        allocated(incident, tara, said=answers)
    other = allocated(called_in(callie, grade="G4", child="yes"), tara, "specialist", answers)
    assert (other.state, other.owner) == ("allocated", dina)
    workflow.add_specialist_note(incident, by=dina, note="View the phone first")
    assert allocated(incident, tara, said=answers).state == "second_look"


# A second look


@pytest.mark.parametrize("destination", ["resolution", "neighbourhood"])
def test_a_child_waits_for_a_second_look_by_name_and_the_time_to_decide_runs_on(clock, callie, tara, tess, destination):
    incident = allocated(called_in(callie, grade="G4", child="yes"), tara, destination, A_CHILD)
    assert (incident.state, incident.owner, incident.allocated_at) == ("second_look", tess, None)
    assert clock_of(incident, "K11").due_at == MONDAY + hours(2)
    assert "K12" not in running(incident)


def test_somebody_else_takes_it(clock, callie, tara, tess, fin):
    incident = allocated(called_in(callie, grade="G4", child="yes"), tess)
    with pytest.raises(NotYours, match="somebody else takes the second look"):
        workflow.agree(incident, by=tess, because="Right")
    with pytest.raises(NotYours):
        workflow.agree(incident, by=tara, because="Right")
    with pytest.raises(NotNow, match="why you agree"):
        workflow.agree(incident, by=fin, because=" ")
    incident = workflow.agree(incident, by=fin, because="She is at her aunt's")
    assert (incident.state, running(incident) & {"K11", "K12"}) == ("allocated", {"K12"})


def test_or_says_no_and_it_is_decided_again(clock, callie, tara, tess):
    incident = allocated(called_in(callie, grade="G4", child="yes"), tara)
    incident = workflow.disagree(incident, by=tess, because="Somebody has to see her")
    assert (incident.state, incident.owner, incident.destination) == ("in_triage", tara, "")
    clock.shift(minutes(1))
    allocated(incident, tara, "appointment", A_CHILD)
    assert [each.destination for each in decisions(incident)] == ["resolution", "appointment"]


# Accepted, or still ours


def test_what_nobody_has_accepted_has_not_left_the_hubs_books(clock, callie, tara, tess):
    incident = with_the_phone(callie, tara, tess, child="yes")
    swept(clock, hours(4) + MOMENT)
    assert sorted(who for *_, people in raised(incident.pk, "K12") for who in people) == ["rina", "tess"]


def test_it_is_accepted_by_name(clock, callie, tara, tess, ravi, rina):
    incident = with_the_phone(callie, tara, tess)
    with pytest.raises(NotYours, match="Take it yourself, or ask a supervisor"):
        workflow.accept(incident, by=ravi, owner=rina)
    incident = workflow.accept(incident, by=rina, owner=ravi)
    assert (incident.owner, incident.accepted_at, "K12" in running(incident)) == (ravi, MONDAY, False)


def test_sent_back_it_is_the_hubs_again_with_a_reason_and_counted(clock, callie, tara, tess, ravi):
    incident = with_the_phone(callie, tara, tess, assessment=LOW)
    with pytest.raises(NotNow, match="why it is not for your team"):
        workflow.send_back(incident, by=ravi, because=" ")
    for bounces in (1, 2):
        incident = workflow.send_back(incident, by=ravi, because="Not for us")
        assert (incident.state, incident.owner, incident.bounces) == ("in_triage", tara, bounces)
        assert clock_of(incident, "K11").due_at == MONDAY + hours(24)
        incident = allocated(incident, tara)
    assert incident.rank == 2  # between teams twice: among the first


# Back for somebody to go there


@pytest.mark.parametrize("name", ["ravi", "rina"])
@pytest.mark.parametrize("state", ["allocated", "accepted"])
def test_in_one_press_it_waits_for_a_unit_and_counts_from_the_first_call(
    client, clock, callie, tara, tess, ravi, cast, name, state
):
    incident = with_the_phone(callie, tara, tess, child="yes")
    if state == "accepted":
        incident = workflow.accept(incident, by=ravi, owner=ravi)
    clock.shift(hours(5))
    client.force_login(cast[name])
    client.post(reverse("incident-return", args=[incident.pk]), {"reason": "child_to_be_seen"})
    incident = fresh(incident)
    assert (incident.state, incident.grade, incident.bounces) == ("awaiting_resource", "G2", 1)
    assert (incident.owner.username, incident.urgent_because) == ("dev", "A child has to be seen")
    assert (incident.reported_at, clock_of(incident, "K2").due_at) == (MONDAY, MONDAY + hours(1))
    assert clock_of(incident, "RET").due_at == clock.at + minutes(15)


@pytest.mark.parametrize(
    ("grade", "child", "after"),
    [("G4", "no", "G3"), ("G4", "not_known", "G2"), ("G3", "no", "G3"), ("G3", "yes", "G2")],
)
def test_the_grade_only_rises(clock, callie, tara, tess, ravi, grade, child, after):
    incident = with_the_phone(callie, tara, tess, grade=grade, child=child)
    assert workflow.return_for_deployment(incident, by=ravi, reason="evidence").grade == after


@pytest.mark.parametrize("reason", WhyNotByPhone.values)
def test_each_reason_will_do(clock, callie, tara, tess, ravi, reason):
    incident = workflow.return_for_deployment(with_the_phone(callie, tara, tess), by=ravi, reason=reason)
    assert incident.state == "awaiting_resource"


@pytest.mark.parametrize("reason", ["", "bored"])
def test_without_one_it_stays_and_says_so(client, clock, callie, tara, tess, ravi, reason):
    incident = with_the_phone(callie, tara, tess)
    client.force_login(ravi)
    answer = client.post(reverse("incident-return", args=[incident.pk]), {"reason": reason}, follow=True)
    assert "Say why somebody has to go there." in answer.content.decode()
    assert fresh(incident).state == "allocated"


def test_what_was_urgent_before_stays_so_in_its_own_words(clock, callie, tara, tess, ravi):
    incident = with_the_phone(callie, tara, tess, urgent_because="He has a knife")
    assert workflow.return_for_deployment(incident, by=ravi, reason="evidence").urgent_because == "He has a knife"


# Which unit


@pytest.fixture
def units(clock, cast):
    """Two units of the incident's own area, three of another one, and one whose tour is over."""
    with signed(System("test")):
        teams = {name: Team.objects.get_or_create(name=f"Response team {name}")[0] for name in "AB"}
        for call_sign, area, tour in [("A1", "A", 4), ("A2", "A", 4), ("B1", "B", 4), ("B2", "B", 4), ("B3", "B", 0)]:
            Unit.objects.create(call_sign=call_sign, team=teams[area], on_duty_until=clock.at + hours(tour))
    return teams


def signs(incident, clock):
    return [each.unit.call_sign for each in suggest(incident, clock.at)]


def test_free_units_of_the_own_area_come_first_and_then_those_of_others(units, clock, callie, dev):
    incident = called_in(callie, area=units["A"])
    assert signs(incident, clock) == ["A1", "A2", "B1", "B2"]
    workflow.assign(called_in(callie, area=units["A"]), by=dev, unit="A1")
    assert signs(incident, clock) == ["A2", "B1", "B2"]
    assert "the last one free there" in suggest(incident, clock.at)[0].why
    assert suggest(incident, clock.at)[1].why == "from Response team B: 1 more free there"


def test_what_would_be_left_behind_is_said(units, clock, callie):
    incident, other = called_in(callie, area=units["A"]), called_in(callie, area=units["B"], child="not_known")
    assert "late with a child" not in suggest(incident, clock.at)[2].why
    clock.shift(hours(1) + MOMENT)
    assert "1 late with a child wait there" in suggest(incident, clock.at)[2].why
    assert [each.own_area for each in suggest(other, clock.at)] == [True, True, False, False]


def test_a_unit_is_free_until_the_moment_its_tour_ends_and_when_the_outcome_is_there(units, clock, callie, dev, olly):
    incident = workflow.assign(called_in(callie, area=units["A"]), by=dev, unit="A1")
    incident = workflow.attend(incident, by=olly)
    assert "A1" not in signs(incident, clock)
    outcome_of(incident, olly)
    assert "A1" in signs(incident, clock)
    clock.shift(hours(4) - MOMENT)
    assert len(signs(incident, clock)) == 4
    clock.shift(MOMENT)
    assert signs(incident, clock) == []


def test_where_nobody_knows_the_area_every_unit_is_as_near(units, clock, callie):
    assert {each.own_area for each in suggest(called_in(callie), clock.at)} == {True}


def test_what_was_agreed_by_phone_goes_on_with_a_new_look_at_the_risk(clock, callie, tara, tess, ravi, connie):
    incident = workflow.return_for_deployment(with_the_phone(callie, tara, tess), by=ravi, reason="risk_higher")
    incident = workflow.reassess(incident, by=connie, assessment=CALM, trigger="returned")
    assert "RET" not in running(incident)
