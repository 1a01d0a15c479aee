"""What waits is always watched, and what has ended is left alone: no clock is lost, and none is left behind."""

import pytest

from cases.records import Details
from tests.conftest import hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, called_in, clock_of, ended, outcome_of, regraded, submitted, swept
from tests.triage.scenes import (
    A_CHILD,
    allocated,
    contacted,
    heard,
    not_seen,
    resolved,
    running,
    with_the_phone,
)
from triage import workflow
from triage.models import ENDED

pytestmark = pytest.mark.django_db


def by_phone(callie, tara, tess, ravi, rina):
    incident = contacted(with_the_phone(callie, tara, tess, child="yes"), ravi)
    incident = workflow.accept(incident, by=ravi, owner=ravi)
    return resolved(incident, rina, child_safe_because="Rang her school", no_ppn_because="Notice of this morning")


def closed(callie, olly, rosa):
    incident = outcome_of(workflow.attend(called_in(callie), by=olly), olly)
    return workflow.close(incident, by=rosa, no_ppn_because="Notice of this morning")


def linked(callie, connie):
    to = called_in(callie)
    facts = {"because": "The same house", "caller_told": "yes"}
    return workflow.link_duplicate(called_in(callie), by=connie, to=to, **facts)


@pytest.fixture(params=ENDED)
def over(request, clock, callie, connie, olly, rosa, tara, tess, ravi, rina):
    """An incident with a child that has ended, in each way there is."""
    incident = {
        "closed": lambda: closed(callie, olly, rosa),
        "no_deployment": lambda: ended(called_in(callie), connie),
        "resolved_by_phone": lambda: by_phone(callie, tara, tess, ravi, rina),
        "duplicate_linked": lambda: linked(callie, connie),
    }[request.param]()
    assert incident.state == request.param
    return incident


def test_nothing_runs_on_an_incident_that_has_ended(over):
    assert running(over) == set()


def test_naming_somebody_in_it_afterwards_starts_nothing(over, callie):
    child = {"part": "child", "person": None, "details": Details(given_names="Anya", said_to_be_child="yes")}
    workflow.name_person(over, by=callie, home=None, **child)
    assert running(over) == set()


def test_nor_does_a_notice_that_is_submitted_afterwards(over, olly):
    submitted(olly, arises_from=over.pk)
    assert running(over) == set()


@pytest.mark.parametrize("grade", ["G2", "G4"])
@pytest.mark.parametrize(
    "attempts", [["no_answer"] * 3, ["not_safe"], ["reached"]], ids=["failed", "unsafe", "reached"]
)
def test_contact_after_police_were_there_starts_nothing_that_nobody_could_stop(clock, callie, olly, grade, attempts):
    incident = workflow.attend(called_in(callie, grade=grade, child="no"), by=olly)
    before = running(incident)
    for result in attempts:
        incident = contacted(incident, olly, result)
    assert running(incident) == before == {"OUT"}


def test_a_call_back_that_was_reached_and_has_a_unit_on_its_way_is_still_watched(clock, callie, dev):
    incident = contacted(called_in(callie, grade="G4", child="no"), callie)
    incident = workflow.assign(incident, by=dev, unit="AB12")
    assert running(incident) == {"RES"}
    workflow.stand_down(incident, by=dev, because="Needed elsewhere")
    assert running(incident) == {"RES"}


@pytest.mark.parametrize("child", ["yes", "no", "not_known"])
@pytest.mark.parametrize("grade", ["G1", "G2", "G3", "G4"])
def test_from_the_first_second_somebody_named_has_it_and_a_clock_runs(clock, callie, grade, child):
    incident = called_in(callie, grade=grade, child=child)
    assert incident.owner.is_active
    assert running(incident)


# An offer to somebody


def test_an_offer_is_over_when_the_unit_is_stood_down(clock, callie, dev, tara):
    incident = workflow.assign(called_in(callie), by=dev, unit="AB12")
    workflow.hand_over(incident, by=dev, to=tara, note="As it is")
    incident = workflow.stand_down(incident, by=dev, because="Needed elsewhere")
    assert (incident.offered_to, clock_of(incident, "HO").stopped_by) == (None, "triage.stand_down")


def test_an_offer_is_over_when_another_agency_takes_it(clock, callie, tara, tess):
    incident = called_in(callie, grade="G4", child="no")
    workflow.hand_over(incident, by=tara, to=tess, note="As it is")
    incident = allocated(incident, tess, "other_agency")
    assert (incident.state, running(incident)) == ("no_deployment", set())


# Back in the hub


def test_an_appointment_that_comes_back_to_the_hub_still_gets_its_second_look(clock, callie, tara, connie):
    incident = allocated(called_in(callie, grade="G3"), tara, "appointment")
    assert incident.state == "awaiting_resource"
    incident = regraded(incident, connie, "G4")
    assert incident.state == "in_triage"
    assert allocated(incident, tara, "resolution", A_CHILD).state == "second_look"


def test_so_does_one_that_was_opened_again(clock, callie, tara, tess, ravi, rina):
    incident = by_phone(callie, tara, tess, ravi, rina)
    again = {"grade": "G4", "because": "He rang again", "assessment": CALM}
    incident = workflow.reopen(incident, by=tess, **again)
    assert allocated(incident, tara, "resolution", A_CHILD).state == "second_look"


# A grade that goes up while it is late


def test_a_late_one_that_is_returned_is_looked_at_again_within_the_shorter_interval(clock, callie, tara, tess, ravi):
    incident = with_the_phone(callie, tara, tess, grade="G3", child="yes")
    swept(clock, hours(48) + minutes(10))
    assert clock_of(incident, "K4").level == 1
    incident = workflow.return_for_deployment(incident, by=ravi, reason="child_to_be_seen")
    returned = clock.at
    swept(clock, MOMENT)
    assert clock_of(incident, "K4").every == minutes(60)
    swept(clock, minutes(60))
    assert raised(incident.pk, "K4")[-1][2] == returned + minutes(60)


def test_a_caller_who_was_told_nothing_is_somebodys_sooner_when_the_grade_goes_up(clock, callie):
    incident = called_in(callie, grade="G3", child="yes")
    swept(clock, hours(48) + minutes(30))
    contacted(incident, callie)
    reached = clock.at
    swept(clock, hours(8) + MOMENT)
    assert clock_of(incident, "K5").level == 1
    regraded(incident, callie, "G1")
    swept(clock, MOMENT)
    assert ("K5", 2, reached + hours(2), ["fin"]) in raised(incident.pk, "K5")


def test_an_incident_is_never_both_seen_and_on_the_wall(clock, callie, olly):
    incident = workflow.attend(called_in(callie), by=olly)
    workflow.hear_child(incident, by=olly, voice=heard())
    assert "K7" not in running(incident)
    workflow.hear_child(incident, by=olly, voice=not_seen("Bo"))
    assert (clock_of(incident, "K7").started_at, clock_of(incident, "K7").stopped_at) == (incident.reported_at, None)
