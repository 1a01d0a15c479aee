"""What others do moves the gate: through the real verbs of notices, strategy meetings and partner agencies."""

from datetime import timedelta

import pytest

from access.actor import System, acting
from online.gate_origin import for_case, for_child
from online.models import Enforcement
from online.workflow.children import no_child
from online.workflow.enforcing import plan_enforcement
from partners.workflow import Answer, change_outcome, record_decision
from ppn.models import Subject, Trigger
from ppn.origins import origin_of
from strategy.workflow import Child
from tests.offenders.test_contacts import care_delivery
from tests.offenders.watch_scenes import shared
from tests.online.gate_scenes import (
    a_girl,
    about_the_case,
    discussed,
    maisie,
    notice_from,
    overridden,
    planned_behind,
    very_high,
)
from tests.online.scenes import as_it_is, attributed, child_of, lives_there, plan, with_a_child, without_a_child
from tests.stories import submitted
from tests.strategy.meetings import agreed, held

pytestmark = pytest.mark.django_db
TEST = System("test")
WHO = Answer("Sol Worker")


def test_a_notice_is_filled_in_with_every_child_without_one_and_with_the_adults_there(cast):
    rory = cast["rory"]
    case = attributed(rory)
    lives_there(case, rory)
    lives_there(case, rory, "Jo Pell", is_suspect="no", works_with_children="yes", post="Nursery worker")
    girl = child_of(case, rory, person=a_girl(rory))
    child_of(case, rory, "Tom Pell")
    with acting(rory):
        begun = origin_of(girl.pk)
    assert begun.notice["types"] == ["child_at_risk", "online_abuse", "person_posing_risk"]
    assert begun.first_known_at == girl.known_at
    parts = [(each["part"], each["name"], each.get("works_with_children", "")) for each in begun.subjects]
    assert parts == [
        ("child", "Maisie Pell", ""),
        ("child", "Tom Pell", ""),
        ("poses_risk", "Graham Pell", "no"),
        ("other", "Jo Pell", "yes"),
    ]


def test_the_notice_is_that_of_each_child_it_names_and_raises_the_trigger_for_online_abuse(cast):
    rory = cast["rory"]
    case = attributed(rory)
    girl, boy = child_of(case, rory), child_of(case, rory, "Tom Pell")
    elsewhere = child_of(attributed(rory), rory, "Tom Pell")
    ppn = notice_from(girl, rory)
    for child in (girl, boy):
        assert (as_it_is(child).state, as_it_is(child).ppn_id) == ("noticed", ppn.pk)
    assert as_it_is(elsewhere).state == "known"
    with acting(TEST):
        assert "T12" in Trigger.objects.filter(ppn=ppn).figures().values_list("code", flat=True)
        assert Subject.objects.filter(ppn=ppn, part="poses_risk").exists()


def test_a_notice_about_somebody_else_moves_nothing(cast):
    child = maisie(with_a_child(cast["rory"], cast["dina"]))
    submitted(cast["olly"])
    assert as_it_is(child).state == "known"


def test_a_discussion_counts_for_each_child_it_named_and_for_nobody_else(cast):
    rory = cast["rory"]
    case = attributed(rory)
    girl, boy = child_of(case, rory), child_of(case, rory, "Tom Pell")
    notice_from(girl, rory)
    meeting = discussed(girl, cast["sam"])
    assert (as_it_is(girl).state, as_it_is(boy).state) == ("discussed", "noticed")
    assert as_it_is(girl).strategy_id == meeting.pk


def test_a_discussion_that_names_the_person_counts_wherever_it_was_asked_from(clock, cast):
    rory, girl = cast["rory"], a_girl(cast["rory"])
    early = agreed(cast["sam"], children=[Child("Maisie Pell", girl)])
    held_before = agreed(cast["sam"], children=[Child("Maisie Pell", girl)])
    clock.shift(timedelta(hours=1))
    child = child_of(attributed(rory), rory, person=girl)
    held(held_before, cast["sam"], at=clock.at - timedelta(minutes=30))
    assert as_it_is(child).discussed_at is None
    held(early, cast["sam"])
    assert (as_it_is(child).state, as_it_is(child).discussed_at) == ("known", clock.at)
    notice_from(child, rory)
    assert as_it_is(child).state == "discussed"


def test_a_namesake_in_a_discussion_of_another_case_opens_nothing(cast):
    child = child_of(attributed(cast["rory"]), cast["rory"])
    held(agreed(cast["sam"], children=[Child("Maisie Pell")]), cast["sam"])
    assert as_it_is(child).discussed_at is None


def test_a_discussion_is_asked_for_a_child_or_for_every_child_of_the_case(cast):
    rory = cast["rory"]
    case = attributed(rory)
    girl = child_of(case, rory)
    child_of(case, rory, "Tom Pell")
    with acting(rory):
        one, every = for_child(girl), for_case(case)
    assert [each.name for each in one.children] == ["Maisie Pell"]
    assert [each.name for each in every.children] == ["Maisie Pell", "Tom Pell"]
    held(agreed(cast["sam"], about=every.about, children=list(every.children)), cast["sam"])
    assert as_it_is(girl).discussed_at


def test_what_is_owed_is_held_once_every_child_has_been_discussed_after_it(clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    child_of(case, cast["rory"], "Tom Pell")
    override = overridden(case, cast["delia"])
    clock.shift(timedelta(minutes=10))
    with acting(cast["rory"]):
        girl, boy = for_case(as_it_is(case)).children
        about = for_case(as_it_is(case)).about
    held(agreed(cast["sam"], about=about, children=[girl]), cast["sam"])
    assert as_it_is(override).state == "owed"
    last = held(agreed(cast["sam"], about=about, children=[boy]), cast["sam"])
    kept = as_it_is(override)
    assert (kept.state, kept.strategy_id, kept.held_at) == ("held", last.pk, clock.at)


def test_a_discussion_before_the_decision_is_not_the_one_that_is_owed(clock, cast):
    enforcement = planned_behind(cast)
    case = very_high(enforcement.online_case, cast, agreed=False)
    clock.shift(timedelta(hours=1))
    override = overridden(case, cast["delia"])
    assert as_it_is(override).state == "owed"
    clock.shift(timedelta(hours=1))
    discussed(maisie(case), cast["sam"])
    assert as_it_is(override).state == "held"


def test_with_no_child_known_by_name_a_discussion_of_the_case_is_enough(clock, cast):
    case = very_high(without_a_child(cast["rory"], cast["dina"]), cast, agreed=False)
    override = overridden(case, cast["delia"])
    clock.shift(timedelta(hours=1))
    about_the_case(case, cast["sam"])
    assert as_it_is(override).state == "held"


def test_a_child_recorded_in_error_no_longer_holds_up_what_is_owed(clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    tom = child_of(case, cast["rory"], "Tom Pell")
    override = overridden(case, cast["delia"])
    clock.shift(timedelta(hours=1))
    notice_from(maisie(case), cast["rory"])
    discussed(maisie(case), cast["sam"])
    assert as_it_is(override).state == "owed"
    no_child(as_it_is(tom), by=cast["dina"], because="Next door")
    assert as_it_is(override).state == "held"


def test_social_care_answers_on_the_notice_and_may_change_its_mind(clock, cast):
    child = maisie(with_a_child(cast["rory"], cast["dina"]))
    ppn = shared(notice_from(child, cast["rory"]), cast["cora"], cast["sam"])
    answer = {"by": cast["cora"], "answer": WHO}
    record_decision(care_delivery(ppn), outcome="s47_single", said="He has moved out", **answer)
    kept = as_it_is(child)
    assert (kept.state, kept.outcome, kept.settled_by) == ("settled", "s47", None)
    assert "He has moved out" in kept.outcome_said
    change_outcome(care_delivery(ppn), outcome="nfa", said="Wrong family", **answer)
    assert as_it_is(child).outcome == "nfa"


def test_that_social_care_wants_a_discussion_settles_nothing(cast):
    child = maisie(with_a_child(cast["rory"], cast["dina"]))
    ppn = shared(notice_from(child, cast["rory"]), cast["cora"], cast["sam"])
    record_decision(care_delivery(ppn), outcome="strategy", said="Today", by=cast["cora"], answer=WHO)
    assert as_it_is(child).state == "noticed"


def test_the_whole_way_from_a_child_to_a_plan(cast):
    case = with_a_child(cast["rory"], cast["dina"], "very_high")
    notice_from(maisie(case), cast["rory"])
    discussed(maisie(case), cast["sam"])
    enforcement = plan_enforcement(Enforcement(), by=cast["dina"], case=as_it_is(case), facts=plan(child_plan="Iris"))
    assert (enforcement.state, enforcement.override) == ("planned", None)
