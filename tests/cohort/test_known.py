"""What is kept of a child before they go missing is there at once for whoever acts, and Longstop proposes who goes
missing again."""

from datetime import timedelta

import pytest

from access.actor import System, acting, signed
from access.time import now
from cohort import workflow
from cohort.known import KnownBefore, known_before, known_before_each
from tests.cohort.children import a_child, form, in_cohort, plan_of, proposed, trigger_plan
from tests.stories import clock_of

pytestmark = pytest.mark.django_db


def test_of_a_child_nobody_wrote_of_nothing_is_known(maya, olly):
    child = a_child(maya)
    with acting(olly):
        assert known_before(child) == KnownBefore()
        assert known_before_each([]) == {}


def test_an_officer_is_shown_all_that_is_current(maya, milo, olly):
    entry = in_cohort(maya, milo)
    plan, kept = trigger_plan(maya, entry.person), form(maya, entry.person)
    with acting(olly):
        found = known_before(entry.person)
    assert (found.entry, found.trigger_plan, found.philomena, found.risk_plan) == (entry, plan, kept, plan_of(entry))
    assert found.in_cohort


def test_a_proposal_is_not_the_cohort(maya, olly):
    entry = proposed(maya, a_child(maya))
    with acting(olly):
        found = known_before(entry.person)
    assert (found.entry, found.in_cohort) == (entry, False)


def test_many_children_cost_no_more_statements_than_one(maya, milo, olly, django_assert_num_queries):
    one = in_cohort(maya, milo).person
    others = [in_cohort(maya, milo, f"Child{letter} Example").person for letter in "abc"]
    for child in others:
        trigger_plan(maya, child)
    with acting(olly):
        with django_assert_num_queries(4):
            known_before_each([one])
        with django_assert_num_queries(4):
            assert len(known_before_each([one, *others])) == 4


def test_a_report_brings_every_clock_of_the_child_nearer_whoever_takes_it(maya, milo, callie, clock):
    entry = in_cohort(maya, milo)
    plan, kept = trigger_plan(maya, entry.person), form(maya, entry.person)
    workflow.update_risk_plan(plan_of(entry), by=maya, said=_words())
    clock.shift(timedelta(days=7))
    with signed(callie):
        workflow.went_missing(entry.person, reference="MIS-000001", at=now())
    soon = clock.at + timedelta(days=2)
    assert clock_of(plan, "MC20").due_at == soon
    assert clock_of(kept, "MC20P").due_at == soon
    assert clock_of(plan_of(entry), "MC19R").due_at == soon


def _words():
    from tests.cohort.children import WORDS

    return WORDS


def test_a_child_of_whom_nothing_is_kept_may_go_missing(maya, callie):
    child = a_child(maya)
    with signed(callie):
        workflow.went_missing(child, reference="MIS-000001", at=now())


def test_longstop_proposes_a_child_once_on_the_same_evidence(maya, milo):
    child, evidence = a_child(maya), ["MIS-000001", "MIS-000002", "MIS-000003"]
    because = "Reported missing three times in 90 days"
    entry = workflow.propose_repeat(child, because=because, evidence=evidence)
    assert (entry.state, entry.proposed_by, entry.evidence) == ("proposed", None, evidence)
    assert workflow.propose_repeat(child, because=because, evidence=[*evidence, "MIS-000004"]) is None
    workflow.not_take(entry, by=milo, because="All three were one misunderstanding about a bus")
    assert workflow.propose_repeat(child, because=because, evidence=evidence[:2]) is None
    again = workflow.propose_repeat(child, because=because, evidence=[*evidence[1:], "MIS-000004"])
    assert again.state == "proposed"


def test_within_the_report_of_an_officer_it_is_longstop_that_proposes(maya, olly):
    child = a_child(maya)
    with signed(olly):
        entry = workflow.propose_repeat(child, because="Third time", evidence=["MIS-1"])
    with acting(System("test")):
        from workflow.models import Step

        assert [(step.by, step.by_system) for step in Step.of(entry)] == [(None, "children who go missing again")]
