"""The life of each thing the missing team keeps, and what is refused on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from access.actor import NotYours, System, acting, signed
from access.time import now
from cases.workflow.people import declare_conflict
from cohort import workflow
from cohort.models import (
    CohortEntry,
    CohortMeeting,
    ExploitationAssessment,
    PhilomenaForm,
    PlanStep,
    RiskPlanVersion,
    TriggerPlan,
)
from partners.models import Agency
from sla.models import Clock
from tests.cohort.children import (
    FIRST,
    FORM,
    WORDS,
    a_child,
    as_it_is,
    form,
    given,
    in_cohort,
    meeting_of,
    plan_of,
    proposed,
    taken_in,
    trigger_plan,
    updated,
)
from tests.strategy.meetings import the_council
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def every(model, **said):
    with acting(System("test")):
        return list(model.objects.filter(**said))


# Trigger plans


def test_a_later_trigger_plan_replaces_the_earlier_which_is_kept(maya):
    child = a_child(maya)
    first = trigger_plan(maya, child)
    second = trigger_plan(maya, child, replace(FIRST, first_actions=["Ring her aunt"]))
    assert (as_it_is(first).state, second.state) == ("replaced", "current")
    assert as_it_is(first).first_actions == FIRST.first_actions
    assert not Clock.running().filter(record=first.pk).exists()


def test_a_trigger_plan_is_read_again_with_what_has_changed(maya, clock):
    plan = trigger_plan(maya, a_child(maya))
    clock.shift(timedelta(days=30))
    plan = workflow.review_trigger_plan(plan, by=maya, said=replace(FIRST, transport="Her friend's bicycle"))
    assert (plan.transport, plan.reviewed_at) == ("Her friend's bicycle", clock.at)


def test_what_is_added_says_where_it_comes_from(maya):
    plan = trigger_plan(maya, a_child(maya))
    about = {"places": "The car park behind the library", "people": "", "because": "told us in the return interview"}
    plan = workflow.add_to_trigger_plan(plan, by=maya, **about)
    added = "The car park behind the library (told us in the return interview; added 2 March 2026)"
    assert plan.likely_places == f"{FIRST.likely_places}\n{added}"
    assert plan.likely_people == FIRST.likely_people


@pytest.mark.parametrize(
    "wrong",
    [{"places": " ", "people": "", "because": "the interview"}, {"places": "Here", "people": "", "because": " "}],
)
def test_nothing_is_added_without_a_source_or_without_words(maya, wrong):
    with pytest.raises(NotNow):
        workflow.add_to_trigger_plan(trigger_plan(maya, a_child(maya)), by=maya, **wrong)


@pytest.mark.parametrize("wrong", [{"first_actions": [" "]}, {"risk_floor": "enormous"}])
def test_a_trigger_plan_says_what_is_done_first_and_a_risk_that_there_is(maya, wrong):
    with pytest.raises(NotNow):
        trigger_plan(maya, a_child(maya), replace(FIRST, **wrong))


def test_a_trigger_plan_is_ended_for_a_reason_and_then_stays_as_it_was(maya):
    plan = trigger_plan(maya, a_child(maya))
    with pytest.raises(NotNow):
        workflow.end_trigger_plan(plan, by=maya, because=" ")
    plan = workflow.end_trigger_plan(plan, by=maya, because="Not missing for a year")
    assert (plan.state, plan.ended_by) == ("ended", maya)
    with pytest.raises(NotNow):
        workflow.review_trigger_plan(plan, by=maya, said=FIRST)


def test_officers_read_trigger_plans_and_write_none(olly, maya):
    child = a_child(maya)
    with pytest.raises(NotYours):
        trigger_plan(olly, child)


# Philomena forms


def test_a_later_form_replaces_the_earlier_which_is_kept(maya):
    child = a_child(maya)
    first, second = form(maya, child), form(maya, child, replace(FORM, description="Five foot four now"))
    assert (as_it_is(first).state, second.state) == ("replaced", "current")


def test_a_form_is_confirmed_by_whoever_keeps_it(maya, clock):
    kept = form(maya, a_child(maya))
    clock.shift(timedelta(days=80))
    with pytest.raises(NotNow):
        workflow.confirm_form(kept, by=maya, confirmed_by=" ")
    assert workflow.confirm_form(kept, by=maya, confirmed_by="Olive Keeper").reviewed_at == clock.at


def test_a_form_describes_the_child_is_kept_by_somebody_and_has_come(maya):
    child = a_child(maya)
    for said in (replace(FORM, description=""), replace(FORM, owner=" ")):
        with pytest.raises(NotNow):
            form(maya, child, said)
    with pytest.raises(NotNow):
        form(maya, child, at=now() + timedelta(minutes=1))
    assert every(PhilomenaForm) == []


# Who is in the cohort


def test_a_child_is_proposed_once(maya):
    child = a_child(maya)
    proposed(maya, child)
    with pytest.raises(NotNow, match="proposed already"):
        proposed(maya, child)


def test_the_database_too_lets_one_child_be_in_once(maya, milo):
    entry = in_cohort(maya, milo)
    with pytest.raises(IntegrityError), transaction.atomic(), signed(System("test")):
        CohortEntry.objects.create(
            person=entry.person, team=entry.team, reference="MET-X", state="proposed", proposed_at=now(),
            proposed_because="Twice",
        )  # fmt: skip


def test_whoever_was_decided_on_is_proposed_again_only_for_something_new(maya, milo):
    child = a_child(maya)
    workflow.not_take(proposed(maya, child, evidence=["MIS-1"]), by=milo, because="One misunderstanding")
    with pytest.raises(NotNow, match="decided on before"):
        proposed(maya, child, evidence=["MIS-1"])
    assert proposed(maya, child, evidence=["MIS-1", "MIS-2"]).state == "proposed"


def test_a_child_who_is_taken_in_has_a_plan_to_be_written_and_a_meeting_to_be_held(maya, milo):
    entry = in_cohort(maya, milo)
    plan, meeting = plan_of(entry), meeting_of(entry.authority)
    assert (entry.state, entry.lead, plan.is_written, meeting.state) == ("in_cohort", maya, False, "planned")
    assert [each.exploitation for each in every(ExploitationAssessment, entry=entry)] == [["cse", "county_lines"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"because": " "},
        {"exploitation": []},
        {"exploitation": ["none_known", "cse"]},
        {"exploitation": ["gossip"]},
        {"tool": "guess"},
        {"tool": "none", "tool_score": "High"},
    ],
)
def test_nobody_is_taken_in_without_what_is_needed(maya, milo, wrong):
    entry = proposed(maya, a_child(maya))
    with pytest.raises(NotNow):
        taken_in(entry, milo, **wrong)
    assert as_it_is(entry).state == "proposed"
    assert every(CohortMeeting) == []


def test_the_authority_is_social_care_and_open_and_the_worker_may_see_the_child(maya, milo, olly):
    entry = proposed(maya, a_child(maya))
    health, council = the_council("Vale Health", kind="health"), the_council()
    with pytest.raises(NotNow, match="children's social care"):
        taken_in(entry, milo, authority=health)
    with pytest.raises(NotNow, match="may not see"):
        taken_in(entry, milo, lead=olly)
    with signed(System("test")):
        Agency.objects.filter(pk=council.pk).update(closed_at=now())
    council.refresh_from_db()
    with pytest.raises(NotNow, match="closed"):
        taken_in(entry, milo, authority=council)


def test_co_ordinators_propose_and_sergeants_decide(maya, milo, cora):
    entry = proposed(maya, a_child(maya))
    for who in (maya, cora):
        with pytest.raises(NotYours):
            taken_in(entry, who)
    assert taken_in(entry, milo).state == "in_cohort"


def test_what_was_found_before_stays_beside_what_is_found_now(maya, milo):
    entry = in_cohort(maya, milo)
    about = {"exploitation": ["cce"], "tool": "ceraf", "tool_score": "Medium", "because": "Three months without"}
    entry = workflow.assess(entry, by=maya, **about)
    with acting(maya):
        kept = [each.exploitation for each in entry.assessments.order_by("tool_score")]
    assert (entry.exploitation, kept) == (["cce"], [["cse", "county_lines"], ["cce"]])


def test_another_worker_and_another_authority_are_named_for_a_reason(maya, milo):
    entry, council = in_cohort(maya, milo), the_council("Sallow Council")
    for verb, fact in ((workflow.change_lead, {"lead": milo}), (workflow.change_authority, {"authority": council})):
        with pytest.raises(NotNow):
            verb(entry, by=maya, because=" ", **fact)
        entry = verb(entry, by=maya, because="She was placed in Sallow", **fact)
    assert (entry.lead, entry.authority) == (milo, council)
    assert meeting_of(council).counts_from == now()


def test_a_child_leaves_only_when_each_open_step_is_answered(maya, milo):
    entry = in_cohort(maya, milo)
    step, done = given(entry, maya), given(entry, maya, what="Ring her aunt")
    workflow.step_done(done, by=maya, how="Rang; she may stay there")
    with pytest.raises(NotNow, match="Visit her at school"):
        workflow.leave(entry, by=milo, because="Eighteen", answers={step.pk: " "})
    entry = workflow.leave(entry, by=milo, because="Eighteen", answers={step.pk: "Her personal adviser does"})
    assert (entry.state, as_it_is(step).state, as_it_is(step).how) == (
        "left",
        "not_needed",
        "Her personal adviser does",
    )
    assert (as_it_is(done).state, plan_of(entry).state) == ("done", "ended")
    assert not Clock.running().filter(record__in=[entry.pk, step.pk, plan_of(entry).pk]).exists()


def test_whoever_left_may_be_taken_in_again_with_a_new_plan(maya, milo):
    entry = in_cohort(maya, milo)
    workflow.leave(entry, by=milo, because="Nothing for six months", answers={})
    again = taken_in(proposed(maya, entry.person), milo)
    assert plan_of(again).reference != plan_of(entry).reference


# The risk management plan and its steps


def test_every_version_of_a_plan_is_kept(maya, milo):
    entry = in_cohort(maya, milo)
    updated(entry, maya)
    plan = updated(entry, maya, replace(WORDS, risks="Lifts have stopped; vapes have not"))
    kept = {each.risks for each in every(RiskPlanVersion, plan=plan)}
    assert kept == {WORDS.risks, "Lifts have stopped; vapes have not"}


@pytest.mark.parametrize("wrong", [{"risks": " "}, {"disruption": ""}, {"works": " "}, {"notice": "perhaps"}])
def test_a_plan_is_written_whole(maya, milo, wrong):
    entry = in_cohort(maya, milo)
    with pytest.raises(NotNow):
        updated(entry, maya, replace(WORDS, **wrong))


def test_a_step_is_somebodys_by_a_time_that_can_be_kept(maya, milo):
    entry, council = in_cohort(maya, milo), the_council()
    for wrong in (
        {"what": " "},
        {"owner": None},
        {"agency": council},
        {"owner": None, "agency": council},
        {"due_at": now()},
        {"due_at": now() + timedelta(days=90, microseconds=1)},
    ):
        with pytest.raises(NotNow):
            given(entry, maya, **wrong)
    assert every(PlanStep) == []
    step = given(entry, maya, owner=None, agency=council, name_there="Sol Worker")
    assert (step.whose, step.reference.endswith("step 1")) == ("Sol Worker, Vale Council", True)


def test_nobody_is_given_a_step_for_a_child_they_may_not_see_nor_after_the_child_left(maya, milo, olly, chidi):
    entry = in_cohort(maya, milo)
    declare_conflict(entry.person, by=chidi, user=olly, because="His niece")
    with pytest.raises(NotNow, match="may not see"):
        given(entry, maya, owner=olly)
    workflow.leave(entry, by=milo, because="Eighteen", answers={})
    with pytest.raises(NotNow, match="left the cohort"):
        given(entry, maya)


def test_a_sergeant_says_that_a_step_is_not_needed(maya, milo):
    step = given(in_cohort(maya, milo), maya)
    with pytest.raises(NotYours):
        workflow.step_not_needed(step, by=maya, because="She moved")
    assert workflow.step_not_needed(step, by=milo, because="She moved").state == "not_needed"


def test_two_records_of_one_child_are_one_child(maya, milo, sam):
    """Whichever record is named: the plan of the other is replaced, and the child is not proposed twice."""
    one = a_child(maya)
    other = a_child(maya, "Poppie Example")
    with signed(System("test")):
        type(other).objects.filter(pk=other.pk).update(same_as=one)
    other.refresh_from_db()
    first = trigger_plan(maya, one)
    trigger_plan(maya, other)
    assert (as_it_is(first).state, len(every(TriggerPlan, state="current"))) == ("replaced", 1)
    proposed(maya, one)
    with pytest.raises(NotNow, match="proposed already"):
        proposed(maya, other)
