"""Enforcement: planned whole and behind the gate, recorded as it happened; and what an inspector may decide. Nothing
goes ahead unseen."""

from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from access.time import now
from online.models import Enforcement, GateOverride
from online.workflow.enforcing import (
    DoneFacts,
    call_off,
    carry_out,
    enforced_unplanned,
    override_gate,
    plan_enforcement,
)
from online.workflow.gate import shut_because
from sla.models import Clock
from tests.online.gate_scenes import (
    discussed,
    notice_from,
    overridden,
    planned_behind,
)
from tests.online.scenes import (
    as_it_is,
    child_of,
    plan,
    planned,
    with_a_child,
    without_a_child,
)
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


def missing(case):
    with acting(TEST):
        return shut_because(as_it_is(case))


def done(enforcement, by, **said):
    usual = {"done_at": now(), "result": "One man arrested", "children_seen": "yes", "devices": 2}
    return carry_out(as_it_is(enforcement), by=by, **{**usual, **said})


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"kind": ""}, "Choose what is planned"),
        ({"kind": "voluntary"}, "why nobody is arrested"),
        ({"planned_for": None}, "time that has passed"),
        ({"briefing": " "}, "who goes"),
        ({"child_plan": ""}, "who sees the children"),
        ({"welfare_plan": ""}, "risk of suicide"),
    ],
)
def test_it_is_planned_whole(clock, cast, said, match):
    case = without_a_child(cast["rory"], cast["dina"])
    if "planned_for" in said:
        said = {"planned_for": clock.at - timedelta(minutes=1)}
    with pytest.raises(NotNow, match=match):
        plan_enforcement(Enforcement(), by=cast["dina"], case=case, facts=plan(**said))
    assert as_it_is(case).state == "assessed"


def test_only_a_sergeant_plans_and_one_thing_at_a_time(cast):
    case = without_a_child(cast["rory"], cast["dina"])
    with pytest.raises(NotYours):
        plan_enforcement(Enforcement(), by=cast["iris"], case=case, facts=plan())
    plan_enforcement(Enforcement(), by=cast["dina"], case=case, facts=plan())
    with pytest.raises(NotNow, match="Nothing can be planned"):
        plan_enforcement(Enforcement(), by=cast["dina"], case=case, facts=plan())


def test_called_off_it_goes_back_and_another_is_planned(cast):
    enforcement = planned(cast["rory"], cast["dina"])
    with pytest.raises(NotNow, match="why it is called off"):
        call_off(enforcement, by=cast["dina"], because="")
    call_off(as_it_is(enforcement), by=cast["dina"], because="He is in hospital")
    case = as_it_is(enforcement.online_case)
    assert case.state == "assessed"
    again = plan_enforcement(Enforcement(), by=cast["dina"], case=case, facts=plan())
    done(again, cast["iris"])
    second = plan_enforcement(Enforcement(), by=cast["dina"], case=as_it_is(case), facts=plan())
    call_off(second, by=cast["dina"], because="All was found the first time")
    assert as_it_is(case).state == "executed"


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"result": " "}, "what came of it"),
        ({"children_seen": ""}, "Say whether each child"),
        ({"done_at": timedelta(minutes=1)}, "in the future"),
        ({"done_at": -timedelta(days=400)}, "before the referral"),
    ],
)
def test_what_came_of_it_is_recorded_whole(clock, cast, said, match):
    enforcement = planned(cast["rory"], cast["dina"])
    if "done_at" in said:
        said = {"done_at": clock.at + said["done_at"]}
    with pytest.raises(NotNow, match=match):
        done(enforcement, cast["iris"], **said)


# Without the gate


def test_only_an_inspector_decides_to_go_without_and_what_was_missing_is_kept(clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    for who in ("rory", "iris", "dina", "sam"):
        with pytest.raises(NotYours):
            override_gate(GateOverride(), by=cast[who], case=case, because="Now")
    with pytest.raises(NotNow, match="why it cannot wait"):
        overridden(case, cast["delia"], " ")
    override = overridden(case, cast["delia"])
    assert override.missing.splitlines() == missing(case)
    assert (override.by, override.state, override.kind) == (cast["delia"], "owed", "decided")
    assert Clock.running().get(record=override.pk).due_at == clock.at + timedelta(hours=4)
    with pytest.raises(NotNow, match="decided already"):
        overridden(case, cast["delia"])


def test_with_the_gate_open_there_is_nothing_to_decide(cast):
    with pytest.raises(NotNow, match="The gate is open"):
        overridden(without_a_child(cast["rory"], cast["dina"]), cast["delia"])


def test_a_decision_is_good_for_one_enforcement_of_its_own_case(cast):
    case, other = (with_a_child(cast["rory"], cast["dina"]) for _ in range(2))
    override = overridden(case, cast["delia"])
    with pytest.raises(NotNow, match="does not hold for this"):
        plan_enforcement(Enforcement(), by=cast["dina"], case=other, facts=plan(), override=override)
    first = plan_enforcement(Enforcement(), by=cast["dina"], case=case, facts=plan(), override=override)
    call_off(first, by=cast["dina"], because="He was not there")
    with pytest.raises(NotNow, match="does not hold for this"):
        plan_enforcement(Enforcement(), by=cast["dina"], case=as_it_is(case), facts=plan(), override=override)
    again = overridden(case, cast["delia"], "He is back")
    second = plan_enforcement(Enforcement(), by=cast["dina"], case=as_it_is(case), facts=plan(), override=again)
    assert (as_it_is(first).override, as_it_is(second).override) == (override, again)


def test_what_became_known_after_the_decision_is_not_in_it(cast):
    case = with_a_child(cast["rory"], cast["dina"])
    override = overridden(case, cast["delia"])
    child_of(case, cast["rory"], "Tom Pell")
    with pytest.raises(NotNow, match=r"More is missing now.*Tom Pell"):
        plan_enforcement(Enforcement(), by=cast["dina"], case=as_it_is(case), facts=plan(), override=override)


def test_with_a_decision_it_is_carried_out_and_nothing_more_is_owed_for_that(cast):
    case = with_a_child(cast["rory"], cast["dina"])
    override = overridden(case, cast["delia"])
    enforcement = plan_enforcement(Enforcement(), by=cast["dina"], case=as_it_is(case), facts=plan(), override=override)
    assert done(enforcement, cast["iris"]).happened is None


def test_a_child_who_becomes_known_after_planning_shuts_the_gate_again(clock, cast):
    enforcement = planned_behind(cast)
    tom = child_of(enforcement.online_case, cast["rory"], "Tom Pell")
    assert missing(enforcement.online_case)[0] == f"{tom}: no notice has been submitted."
    with pytest.raises(NotNow, match=r"although this was missing. Tom Pell"):
        done(enforcement, cast["iris"])
    happened = done(enforcement, cast["iris"], although="We were in the hall when the neighbour told us").happened
    assert (happened.kind, happened.by, happened.state) == ("happened", cast["iris"], "owed")
    assert Clock.running().get(record=happened.pk, deadline="OC9O").due_at == clock.at + timedelta(hours=4)
    assert as_it_is(enforcement.online_case).state == "executed"


def test_what_was_shut_when_it_happened_stays_so_although_it_is_open_when_it_is_recorded(clock, cast):
    enforcement = planned_behind(cast)
    tom = child_of(enforcement.online_case, cast["rory"], "Tom Pell")
    clock.shift(timedelta(hours=1))
    happened_at = clock.at
    clock.shift(timedelta(hours=1))
    notice_from(tom, cast["rory"])
    discussed(tom, cast["sam"])
    assert missing(enforcement.online_case) == []
    with pytest.raises(NotNow, match="although this was missing"):
        done(enforcement, cast["iris"], done_at=happened_at)
    assert done(enforcement, cast["iris"], done_at=clock.at).happened is None


def test_an_inspector_may_decide_after_it_was_planned_but_not_after_it_happened(clock, cast):
    enforcement = planned_behind(cast)
    child_of(enforcement.online_case, cast["rory"], "Tom Pell")
    clock.shift(timedelta(hours=1))
    override = overridden(enforcement.online_case, cast["delia"])
    with pytest.raises(NotNow, match="although this was missing"):
        done(enforcement, cast["iris"], done_at=clock.at - timedelta(minutes=30))
    assert (done(enforcement, cast["iris"]).happened, as_it_is(enforcement).override) == (None, override)


# What nobody had planned


def happened(case, by, **said):
    usual = {"done_at": now(), "result": "Arrested by another team", "children_seen": "not_known", "devices": None}
    facts = DoneFacts(**{**usual, **said})
    about = {"kind": "arrest", "child_plan": "With her mother", "welfare_plan": "Nurse in custody"}
    return enforced_unplanned(Enforcement(), by=by, case=as_it_is(case), said=facts, **about)


def test_what_happened_unplanned_is_on_record_with_what_was_missing(clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    with pytest.raises(NotNow, match=r"although this was missing\. Maisie Pell"):
        happened(case, cast["iris"])
    done = happened(case, cast["iris"], although="They did not know of our case")
    assert (done.state, done.happened.missing.splitlines()) == ("done", missing(case))
    assert as_it_is(case).state == "executed"
    assert Clock.running().get(record=done.happened.pk).due_at == clock.at + timedelta(hours=4)


def test_with_an_open_gate_it_owes_nothing_and_what_is_planned_is_recorded_as_planned(cast):
    case = without_a_child(cast["rory"], cast["dina"])
    plan_enforcement(Enforcement(), by=cast["dina"], case=case, facts=plan())
    with pytest.raises(NotNow, match="is planned: record what came of it there"):
        happened(case, cast["iris"])
    assert happened(without_a_child(cast["rory"], cast["dina"]), cast["iris"]).happened is None
