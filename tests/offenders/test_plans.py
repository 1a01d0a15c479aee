"""A risk management plan says something of its own under every pillar, or why not; a new one loses no task."""

from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from offenders.models import ManagementPlan, PlanTask
from offenders.workflow import approvals, plan_tasks, plans
from offenders.workflow.nominals import end
from tests.conftest import hours
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    TASKS,
    TEST,
    anew,
    approval_of,
    approved,
    assessed_by,
    pillar,
    plan_drafted,
    plan_sent,
    returned,
    task,
    what_a_plan_says,
)
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominal(clock, stella, omar):
    return managed(stella, omar)


@pytest.fixture
def draft(nominal, omar):
    return plan_drafted(nominal, omar)


def begun(nominal, omar, *without, **said):
    """A plan with a task under each pillar but these."""
    plan = plans.begin_plan(ManagementPlan(), by=omar, nominal=nominal)
    for code in TASKS:
        if code not in without:
            task(plan, omar, code)
    return plans.write_plan(plan, by=omar, said=what_a_plan_says(nominal, **said))


def test_a_whole_plan_is_sent_approved_and_sets_the_interval(draft, nominal, omar, stella):
    sent = plans.submit_plan(draft, by=omar)
    assert (sent.state, sent.longer_than_tariff, approval_of(sent).one_by_one) == ("submitted", False, False)
    assert 0 < sent.quality <= 100
    plan = approved(sent, stella)
    assert (plan.state, plan.approved_by) == ("approved", stella)
    assert (anew(nominal).interval_days, anew(nominal).interval_for) == (60, "not_assessed")


def test_a_pillar_with_nothing_under_it_stops_the_plan(nominal, omar):
    with pytest.raises(NotNow, match="under: Victim safety"):
        plans.submit_plan(begun(nominal, omar, "victim_safety"), by=omar)


def test_a_reason_why_nothing_is_done_is_an_answer(nominal, omar):
    why = {"victim_safety": "The victim died in 2011 and had no family"}
    assert plans.submit_plan(begun(nominal, omar, "victim_safety", not_applicable=why), by=omar).state == "submitted"


@pytest.mark.parametrize("stock", ["Monitor", "regular visits.", "Liaise with partners", "He is ill", "!"])
def test_a_stock_phrase_is_nothing(nominal, omar, stock):
    plan = begun(nominal, omar, "monitoring")
    task(plan, omar, "monitoring", stock)
    with pytest.raises(NotNow, match="under: Monitoring and control"):
        plans.submit_plan(anew(plan), by=omar)


def test_what_the_plan_of_somebody_else_says_is_nothing(draft, omar, stella):
    other = plan_drafted(managed(stella, omar, name="Merle Sallowfold"), omar)
    with pytest.raises(NotNow, match="under: Supervision, Monitoring and control, Interventions and treatment, Victim"):
        plans.submit_plan(other, by=omar)
    plan = plans.begin_plan(ManagementPlan(), by=omar, nominal=managed(stella, omar, name="Ansel Fernfold"))
    task(plan, omar, "monitoring", f"{TASKS['monitoring'].upper()}.")
    with acting(omar):
        assert len(plans.empty_pillars(plans.text_of(anew(plan)))) == 4


def test_a_task_that_is_not_needed_any_more_does_not_count(draft, omar):
    with acting(TEST):
        gone = draft.tasks.get(pillar="supervision")
    plan_tasks.task_not_needed(gone, by=omar, because="The club has closed")
    with pytest.raises(NotNow, match="under: Supervision"):
        plans.submit_plan(anew(draft), by=omar)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"contingency": " "}, "what happens if the plan fails"),
        ({"licence_conditions": ""}, "all licence conditions"),
        ({"interval_days": None}, "how many days"),
        ({"interval_because": ""}, "why you visit as often"),
    ],
)
def test_a_draft_may_lack_what_is_demanded_when_it_is_sent(draft, nominal, omar, said, why):
    written = plans.write_plan(draft, by=omar, said=what_a_plan_says(nominal, **said))
    assert written.state == "draft"
    with pytest.raises(NotNow, match=why):
        plans.submit_plan(written, by=omar)


@pytest.mark.parametrize("days", [0, -1, 731])
def test_an_interval_is_possible(draft, nominal, omar, days):
    with pytest.raises(NotNow, match="Between 1 and 730 days"):
        plans.write_plan(draft, by=omar, said=what_a_plan_says(nominal, interval_days=days))


@pytest.mark.parametrize(("days", "longer"), [(92, False), (93, True)])
def test_longer_than_the_tariff_is_decided_on_by_itself(draft, nominal, omar, stella, days, longer):
    written = plans.write_plan(draft, by=omar, said=what_a_plan_says(nominal, interval_days=days))
    sent = plans.submit_plan(written, by=omar)
    assert (sent.longer_than_tariff, approval_of(sent).one_by_one) == (longer, longer)
    if longer:
        with pytest.raises(NotNow, match="decided by itself"):
            approvals.approve_many([approval_of(sent)], by=stella)


def test_whoever_wrote_it_last_sends_it(draft, nominal, omar, olga):
    with pytest.raises(NotYours, match="Omar Offender-Manager wrote this"):
        plans.submit_plan(draft, by=olga)
    over = plans.write_plan(draft, by=olga, said=what_a_plan_says(nominal))
    assert approval_of(plans.submit_plan(over, by=olga)).submitted_by == olga


def test_the_next_plan_takes_over_what_was_said_and_what_is_open(nominal, omar, stella, clock):
    first = approved(plan_sent(nominal, omar), stella)
    clock.shift(hours(30))
    with acting(TEST):
        done = first.tasks.get(pillar="supervision")
    plan_tasks.task_done(done, by=omar, how="Rang the club: he has left")
    draft = plans.begin_plan(ManagementPlan(), by=omar, nominal=anew(nominal))
    assert (draft.contingency, draft.interval_days) == (first.contingency, 60)
    with pytest.raises(NotNow, match="under: Supervision"):
        plans.submit_plan(draft, by=omar)
    task(draft, omar, "supervision", "Ask the allotment society whether Desmond has a key to the shed")
    second = approved(plans.submit_plan(anew(draft), by=omar), stella)
    assert anew(first).state == "superseded"
    with acting(TEST):
        assert {each.pillar_id for each in second.tasks.filter(state="open")} == set(TASKS)
        assert [each.state for each in first.tasks.all()] == ["done"]


def test_a_plan_that_was_returned_is_put_right_and_sent_again(draft, nominal, omar, stella):
    back = returned(plans.submit_plan(draft, by=omar), stella, "What of the sister’s children?")
    assert (back.state, back.returned_because) == ("returned", "What of the sister’s children?")
    task(back, omar, "victim_safety", "Ask his sister whether her children stay overnight when he is there")
    assert approved(plans.submit_plan(anew(back), by=omar), stella).state == "approved"


def test_a_draft_is_discarded_for_a_reason_and_its_tasks_with_it(draft, nominal, omar):
    with pytest.raises(NotNow, match=f"{draft.reference} is being written"):
        plans.begin_plan(ManagementPlan(), by=omar, nominal=nominal)
    with pytest.raises(NotNow, match="why it is not needed"):
        plans.discard_plan(draft, by=omar, because="")
    assert plans.discard_plan(draft, by=omar, because="Begun twice").state == "cancelled"
    with acting(TEST):
        assert {each.state for each in PlanTask.objects.all()} == {"not_needed"}
    assert plans.begin_plan(ManagementPlan(), by=omar, nominal=nominal).state == "draft"


def test_a_plan_answers_an_assessment_of_the_same_person(draft, nominal, omar, stella):
    other = managed(stella, omar, name="Merle Sallowfold")
    assessment = approved(assessed_by(other, omar), stella)
    with pytest.raises(NotNow, match="of somebody else"):
        plans.write_plan(draft, by=omar, said=what_a_plan_says(nominal, assessment=assessment))
    own = approved(assessed_by(nominal, omar), stella)
    written = plans.write_plan(draft, by=omar, said=what_a_plan_says(nominal))
    assert written.assessment == own


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"what": " "}, "what is to be done"),
        ({"owner": ""}, "who does it"),
        ({"days": 0}, "has passed"),
        ({"days": 365.01}, "too far off"),
    ],
)
def test_a_task_says_what_who_and_a_time_that_can_be_kept(draft, omar, clock, said, why):
    about = {"what": "Look at the shed on the allotment", "owner": "Omar", "days": 9, **said}
    due = clock.at + timedelta(days=about.pop("days"))
    with pytest.raises(NotNow, match=why):
        plan_tasks.add_task(PlanTask(), by=omar, plan=draft, pillar=pillar("supervision"), due_at=due, **about)


def test_nothing_is_added_to_a_plan_that_waits_or_was_replaced(draft, omar):
    sent = plans.submit_plan(draft, by=omar)
    with pytest.raises(NotNow, match="Nothing can be added"):
        task(sent, omar, what="Look at the shed on the allotment")


@pytest.mark.parametrize(("verb", "fact"), [(plan_tasks.task_done, "how"), (plan_tasks.task_not_needed, "because")])
def test_a_task_ends_with_words_and_once(draft, omar, verb, fact):
    with acting(TEST):
        one = draft.tasks.first()
    with pytest.raises(NotNow, match="Say"):
        verb(one, by=omar, **{fact: " "})
    ended = verb(one, by=omar, **{fact: "Rang the club"})
    assert (ended.how, ended.ended_by) == ("Rang the club", omar)
    with pytest.raises(NotNow):
        verb(ended, by=omar, **{fact: "Rang the club"})


def test_the_hub_writes_no_plans(draft, nominal, hana):
    for verb, record, facts in (
        (plans.begin_plan, ManagementPlan(), {"nominal": nominal}),
        (plans.write_plan, draft, {"said": what_a_plan_says(nominal)}),
        (plans.submit_plan, draft, {}),
    ):
        with pytest.raises(NotYours):
            verb(record, by=hana, **facts)


def test_nobody_who_is_not_managed_gets_a_plan(nominal, omar, stella):
    gone = end(nominal, by=stella, because="He died")
    with pytest.raises(NotNow, match="not managed here"):
        plans.begin_plan(ManagementPlan(), by=omar, nominal=gone)


def test_a_plan_that_stands_stays_while_another_waits(nominal, omar, stella):
    first = approved(plan_sent(nominal, omar), stella)
    plans.begin_plan(ManagementPlan(), by=omar, nominal=anew(nominal))
    with acting(System("test")):
        assert plans.plan_of(nominal) == first
