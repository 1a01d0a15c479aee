"""M1: reports did not say what was known already: missing before, a trigger plan, the cohort, the last return
interview."""

import pytest

from access.actor import System, acting
from access.time import now
from cohort.codes import Risk
from missing.models import PlanAction, SystemCheck
from missing.workflow.asking import last_before
from sla.models import Clock
from tests.cohort.children import FIRST, in_cohort, proposed, trigger_plan
from tests.conftest import hours, minutes
from tests.missing import returns
from tests.missing.scenes import a_child, found, reported
from tests.sla.made import MOMENT, raised
from tests.stories import swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


def looked_up(episode):
    """What Longstop found by itself: where it looked -> what it says."""
    with acting(TEST):
        return {row.system: row.said for row in SystemCheck.objects.filter(episode=episode, by=None)}


def actions_of(episode):
    with acting(TEST):
        return list(PlanAction.objects.filter(episode=episode).order_by("reference"))


def test_a_child_who_was_missing_before_is_known_the_moment_the_report_is_saved(clock, cast, callie, olly):
    first = found(reported(callie), olly, where="The flats behind the station")
    clock.shift(hours(24 * 20))
    again = reported(callie, first.person)
    assert first.reference in looked_up(again)["episodes"]
    assert "The flats behind the station" in looked_up(again)["episodes"]
    assert looked_up(again)["trigger_plan"] == ""


def test_her_trigger_plan_is_run_and_each_of_its_first_actions_has_a_time(clock, cast, callie, maya):
    child = a_child(callie)
    trigger_plan(maya, child)
    episode = reported(callie, child)
    actions = actions_of(episode)
    assert [each.what for each in actions] == list(FIRST.first_actions)
    assert {each.source for each in actions} == {PlanAction.Source.TRIGGER_PLAN}
    running = Clock.running().filter(deadline="MCA", record__in=[each.pk for each in actions])
    assert {clock.due_at - clock.started_at for clock in running} == {minutes(60)}
    assert running.count() == 3
    assert "first actions" in looked_up(episode)["trigger_plan"]


def test_a_first_action_that_nobody_does_is_told_by_name(clock, cast, callie, maya):
    child = a_child(callie)
    trigger_plan(maya, child)
    action = actions_of(reported(callie, child))[0]
    swept(clock, minutes(90) + MOMENT)
    assert [people for *_, people in raised(action.pk)] == [["rosa"], ["rashid"]]


def test_the_plan_says_how_high_the_risk_is_at_least(callie, maya):
    child = a_child(callie)
    trigger_plan(maya, child)
    assert reported(callie, child, risk="medium").risk == Risk.HIGH


def test_that_she_is_in_the_cohort_is_on_the_report_and_asks_for_a_meeting_at_once(clock, callie, maya, milo):
    entry = in_cohort(maya, milo)
    episode = reported(callie, entry.person)
    assert "In the cohort since" in looked_up(episode)["cohort"]
    assert "cohort" in episode.needs_meeting
    swept(clock, MOMENT)
    assert [people for *_, people in raised(episode.pk, "MC11")] == [["sam"]]


def test_one_who_was_only_proposed_is_not_said_to_be_in_the_cohort(clock, callie, maya):
    child = a_child(callie)
    proposed(maya, child)
    episode = reported(callie, child)
    assert looked_up(episode)["cohort"] == "Proposed for the cohort; nobody has decided yet."
    assert "cohort" not in episode.needs_meeting


def test_what_she_told_in_the_last_return_interview_is_in_view_at_the_next_report(clock, cast, callie, olly, maya):
    first = found(reported(callie), olly)
    request = returns.asked(maya, first)
    clock.shift(hours(50))
    returns.read(returns.came(request, maya), maya)
    clock.shift(hours(24 * 9))
    again = reported(callie, first.person)
    with acting(olly):
        last = last_before(again)
    assert (last.reference, last.summary) == (request.reference, returns.SUMMARY)


@pytest.mark.parametrize(("said", "asks_for"), [({"why_worried": " "}, "worried"), ({"done_so_far": ""}, "to trace")])
def test_the_two_questions_are_asked_of_everybody(callie, said, asks_for):
    with pytest.raises(NotNow, match=asks_for):
        reported(callie, **said)


@pytest.mark.parametrize("at", [None, hours(0), -hours(1)])
def test_no_report_is_saved_without_a_time_to_look_at_it_again(callie, clock, at):
    with pytest.raises(NotNow, match="a time to look at it again"):
        reported(callie, next_review_at=at if at is None else now() + at)
