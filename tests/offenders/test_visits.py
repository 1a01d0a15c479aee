"""A visit to a managed person is planned, tried, made by two officers, written down, and approved by somebody else."""

from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from offenders.models import VisitAttempt
from offenders.workflow import approvals, nominals, visits
from tests.conftest import hours
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    anew,
    approval_of,
    approved,
    planned_visit,
    returned,
    tried_in_vain,
    visited,
    what_was_found,
)
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal(clock, stella, omar):
    return managed(stella, omar)


def test_a_visit_that_was_made_goes_to_a_supervisor_and_moves_the_person_on(nominal, omar, clock):
    clock.shift(hours(30))
    visit = visited(nominal, omar, clock.at - hours(3))
    assert (visit.state, visit.author, visit.submitted_at) == ("submitted", omar, clock.at)
    assert (approval_of(visit).role, approval_of(visit).submitted_by) == ("offender_sgt", omar)
    after = anew(nominal)
    assert (after.state, after.first_visited_at, after.last_visited_at) == ("active", *[clock.at - hours(3)] * 2)


def test_a_supervisor_approves_it_and_never_their_own(nominal, omar, stella, seb):
    visit = approved(visited(nominal, omar), stella)
    assert (visit.state, visit.approved_by) == ("approved", stella)
    own = visited(nominal, stella, purpose="routine")
    with pytest.raises(NotYours, match="You wrote this"):
        approvals.approve(approval_of(own), by=stella)
    assert approved(own, seb).state == "approved"


def test_what_was_returned_says_more_and_goes_again(nominal, omar, stella, clock):
    visit = returned(visited(nominal, omar), stella)
    assert (visit.state, visit.returned_because) == ("returned", "Say who was in the kitchen")
    at = visit.visited_at
    clock.shift(hours(5))
    again = visits.amend_visit(visit, by=omar, found=what_was_found(household="His sister, in the kitchen"))
    assert (again.state, again.returned_because, again.visited_at) == ("submitted", "", at)
    assert (again.household, approved(again, stella).state) == ("His sister, in the kitchen", "approved")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"seen": "no"}, "record a failed visit"),
        ({"seen": ""}, "record a failed visit"),
        ({"purpose": "tea"}, "what the visit was for"),
        ({"address": " "}, "where you were"),
        ({"officer_one": ""}, "who went"),
        ({"officer_two": ""}, "why one officer went alone"),
        ({"officer_two": "omar offender-manager"}, "the same officer twice"),
        ({"devices": ""}, "which devices"),
        ({"household": " "}, "who was there"),
        ({"children_seen": "yes"}, "of each child"),
        ({"children_seen": ""}, "yes, no or not known"),
        ({"announced": "maybe"}, "yes, no or not known"),
        ({"disclosure": ""}, "who knows of the offence"),
        ({"observations": ""}, "what you found"),
        ({"compliance": ""}, "whether they comply"),
        ({"next_visit_on": None}, "when the next visit"),
    ],
)
def test_a_visit_says_everything_or_is_refused(nominal, omar, said, why):
    with pytest.raises(NotNow, match=why):
        visited(nominal, omar, **said)
    assert anew(nominal).last_visited_at is None


def test_one_officer_alone_says_why(nominal, omar):
    visit = visited(nominal, omar, officer_two="", single_crew_because="Olga was called away on the doorstep")
    assert visit.single_crew_because == "Olga was called away on the doorstep"


def test_a_visit_is_not_in_the_future_and_not_of_before_police_were_told(nominal, omar, clock):
    with pytest.raises(NotNow, match="in the future"):
        visited(nominal, omar, clock.at + timedelta(microseconds=1))
    with pytest.raises(NotNow, match="before police were told"):
        visited(nominal, omar, clock.at - timedelta(microseconds=1))


def test_the_next_visit_comes_after_this_one_and_not_later_than_the_risk_allows(nominal, omar, clock):
    today = clock.at.date()
    for day, why in ((today, "comes after this one"), (today + timedelta(days=93), "is due by 2 June 2026")):
        with pytest.raises(NotNow, match=why):
            visited(nominal, omar, next_visit_on=day)
    assert visited(nominal, omar, next_visit_on=today + timedelta(days=92)).next_visit_on


def test_of_a_visit_long_ago_the_next_may_be_late_already(nominal, omar, clock):
    at = clock.at
    clock.shift(timedelta(days=200))
    assert visited(nominal, omar, at, next_visit_on=clock.at.date() + timedelta(days=3)).state == "submitted"


def test_a_visit_is_planned_moved_for_a_reason_and_made(nominal, omar, olga, clock):
    visit = planned_visit(nominal, omar, clock.at + hours(4))
    assert (visit.state, visit.author) == ("draft", omar)
    with pytest.raises(NotNow, match="why it is moved"):
        visits.plan_visit_again(visit, by=omar, planned_for=clock.at + hours(9), because=" ")
    with pytest.raises(NotNow, match="has passed"):
        visits.plan_visit_again(visit, by=omar, planned_for=clock.at, because="Court")
    visit = visits.plan_visit_again(visit, by=omar, planned_for=clock.at + hours(9), because="Court")
    clock.shift(hours(10))
    visit = visits.record_planned_visit(visit, by=olga, visited_at=clock.at, found=what_was_found())
    assert (visit.state, visit.author, anew(nominal).state) == ("submitted", olga, "active")


def test_a_planned_visit_that_is_not_made_says_why(nominal, omar):
    visit = planned_visit(nominal, omar)
    with pytest.raises(NotNow, match="why it is not made"):
        visits.cancel_visit(visit, by=omar, because="")
    assert visits.cancel_visit(visit, by=omar, because="He is in hospital").state == "cancelled"


@pytest.mark.parametrize(("said", "why"), [({"address": ""}, "where you will go"), ({"purpose": ""}, "is for")])
def test_a_planned_visit_says_where_and_what_for(nominal, omar, clock, said, why):
    about = {"planned_for": clock.at + hours(1), "address": "9 Example Row", "purpose": "first", **said}
    with pytest.raises(NotNow, match=why):
        visits.plan_visit(visits.OffenderVisit(), by=omar, nominal=nominal, **about)


def test_a_visit_in_vain_is_a_row_and_the_person_still_waits(nominal, omar, clock):
    assert tried_in_vain(nominal, omar).state == "awaiting_visit"
    with acting(System("test")):
        attempt = VisitAttempt.objects.get()
    assert (attempt.tried_at, attempt.recorded_by, attempt.visit) == (clock.at, omar, None)
    with pytest.raises(NotNow, match="in the future"):
        tried_in_vain(nominal, omar, clock.at + hours(1))


def test_a_planned_visit_that_failed_is_planned_again_at_once(nominal, omar, clock):
    visit = planned_visit(nominal, omar, clock.at + hours(1))
    clock.shift(hours(2))
    said = {"tried_at": clock.at, "officers": "Omar and Olga", "what_happened": "Nobody answered"}
    with pytest.raises(NotNow, match="has passed"):
        visits.visit_failed(visit, by=omar, planned_for=clock.at, **said)
    visit = visits.visit_failed(visit, by=omar, planned_for=clock.at + hours(20), **said)
    with acting(System("test")):
        assert visit.attempts.get().recorded_by == omar
    assert (visit.state, visit.planned_for) == ("draft", clock.at + hours(20))


@pytest.mark.parametrize(("word", "why"), [("officers", "who went"), ("what_happened", "what happened")])
def test_an_attempt_says_who_and_what(nominal, omar, clock, word, why):
    said = {"tried_at": clock.at, "officers": "Omar and Olga", "what_happened": "Nobody answered", word: " "}
    with pytest.raises(NotNow, match=why):
        visits.not_seen(nominal, by=omar, **said)


def test_nobody_visits_somebody_in_custody_and_after_release_somebody_does(nominal, omar, clock):
    visit = planned_visit(nominal, omar, clock.at + hours(1))
    inside = nominals.taken_in(nominal, by=System("test"), whereabouts="remand")
    for attempt in (lambda: visited(nominal, omar), lambda: planned_visit(nominal, omar)):
        with pytest.raises(NotNow, match="Nobody visits them now"):
            attempt()
    with pytest.raises(NotNow, match="Nobody visits them now"):
        visits.record_planned_visit(visit, by=omar, visited_at=clock.at, found=what_was_found())
    clock.shift(hours(30))
    nominals.let_out(inside, by=System("test"), at=clock.at)
    assert visits.purpose_of_next(anew(nominal)) == "after_release"
    with pytest.raises(NotNow, match="before their release"):
        visited(nominal, omar, clock.at - hours(1))
    assert visited(nominal, omar, purpose="after_release").nominal.state == "active"


def test_only_offender_managers_and_their_supervisors_write(nominal, omar, hana):
    with pytest.raises(NotYours):
        visited(nominal, hana)
    visit = planned_visit(nominal, omar)
    with pytest.raises(NotYours):
        visits.cancel_visit(visit, by=hana, because="Because")
    made = visited(nominal, omar)
    for verb, facts in ((visits.cancel_visit, {"because": "No"}), (visits.amend_visit, {"found": what_was_found()})):
        with pytest.raises(NotNow):
            verb(made, by=omar, **facts)
