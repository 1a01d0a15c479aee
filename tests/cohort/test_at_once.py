"""Two people press at the same moment: one wins, the other is told, and nothing is lost between them."""

import pytest

from access.actor import System, acting
from cohort import workflow
from cohort.models import CohortEntry, CohortMeeting, PlanStep, TriggerPlan
from tests.cohort.children import (
    a_child,
    as_it_is,
    given,
    in_cohort,
    meeting_of,
    met,
    proposed,
    taken_in,
    trigger_plan,
)
from tests.sla.made import at_once
from tests.strategy.meetings import the_council
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db(transaction=True)


def count(model, **said):
    with acting(System("test")):
        return model.objects.filter(**said).count()


def test_of_two_who_propose_one_child_one_does(maya, milo):
    child = a_child(maya)
    done = at_once(lambda: proposed(maya, child), lambda: proposed(milo, child))
    assert sorted(isinstance(each, NotNow) for each in done) == [False, True]
    assert count(CohortEntry) == 1


def test_of_two_trigger_plans_one_replaces_the_other(maya, milo):
    child = a_child(maya)
    at_once(lambda: trigger_plan(maya, child), lambda: trigger_plan(milo, child))
    assert (count(TriggerPlan), count(TriggerPlan, state="current")) == (2, 1)


def test_two_children_taken_in_at_once_give_one_meeting(maya, milo, ines):
    the_council()
    one, two = proposed(maya, a_child(maya)), proposed(maya, a_child(maya, "Willow Example"))
    at_once(lambda: taken_in(one, milo), lambda: taken_in(two, ines, lead=milo))
    assert (count(CohortEntry, state="in_cohort"), count(CohortMeeting)) == (2, 1)


def test_a_child_taken_in_while_the_meeting_is_held_has_a_meeting_to_come(maya, milo):
    first = in_cohort(maya, milo)
    second = proposed(maya, a_child(maya, "Willow Example"))
    meeting = meeting_of(first.authority)
    at_once(lambda: met(meeting, maya), lambda: taken_in(second, milo))
    assert count(CohortMeeting, state="planned") == 1


def test_a_child_does_not_leave_with_a_step_that_nobody_answered(maya, milo):
    entry = in_cohort(maya, milo)
    leaves = lambda: workflow.leave(entry, by=milo, because="Eighteen", answers={})  # noqa: E731
    at_once(leaves, lambda: given(entry, maya))
    assert (count(PlanStep, state="open") == 1) == (as_it_is(entry).state == "in_cohort")
