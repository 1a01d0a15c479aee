"""The gate: what keeps it shut, by name; looking for children; and each child until social care has decided."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from access.actor import NotYours, System, acting, signed
from access.time import now
from online.gate_known import known_near
from online.models import CandidateAddress, Enforcement, LinkedChild, NotConcerned
from online.workflow.cases import link
from online.workflow.checks import (
    child_not_concerned,
    children_found,
    look_again_for_children,
    no_child_found,
)
from online.workflow.children import (
    care_decided,
    care_decided_otherwise,
    child_seen_by_us,
    covered_by_discussion,
    covered_by_earlier_notice,
    no_child,
    social_worker_spoken_to,
)
from online.workflow.enforcing import plan_enforcement
from online.workflow.gate import shut_because
from online.workflow.research import attribute
from sla.models import Clock
from tests.households import HERE, is_the, on_record
from tests.online.gate_scenes import (
    a_girl,
    care_said,
    discussed,
    maisie,
    notice_from,
    open_gate,
    settled,
    very_high,
)
from tests.online.scenes import (
    address_of,
    as_it_is,
    attributed,
    candidate_of,
    check_of,
    child_of,
    lives_there,
    plan,
    triaged,
    with_a_child,
    without_a_child,
)
from tests.stories import submitted
from tests.strategy.meetings import agreed, held
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


def missing(case):
    with acting(TEST):
        return shut_because(as_it_is(case))


# What keeps the gate shut


def test_each_thing_that_is_missing_is_named_and_goes_when_it_is_done(cast):
    case = attributed(cast["rory"])
    child = child_of(case, cast["rory"])
    assert missing(case) == [
        "No KIRAT level has been set.",
        "Nobody has looked for children at 4 Larch Rise, Vale.",
        f"{child}: no notice has been submitted.",
        f"{child}: no strategy discussion has been held.",
    ]
    case = with_a_child(cast["rory"], cast["dina"])
    child = maisie(case)
    assert missing(case) == [
        f"{child}: no notice has been submitted.",
        f"{child}: no strategy discussion has been held.",
    ]
    notice_from(child, cast["rory"])
    assert missing(case) == [f"{child}: no strategy discussion has been held."]
    discussed(child, cast["sam"])
    assert missing(case) == []


def test_an_address_that_was_ruled_out_opens_no_gate_by_itself(cast):
    case = without_a_child(cast["rory"], cast["dina"])
    with signed(TEST):
        address = QuerySet(CandidateAddress).filter(pk=address_of(case).pk)
        address.update(state="ruled_out", ruled_out_because="He moved out in May")
    assert "Nobody has looked for children: no address has been attributed." in missing(case)


def test_a_second_address_shuts_it_again_until_somebody_has_looked_there_too(cast):
    case = without_a_child(cast["rory"], cast["dina"])
    attribute(candidate_of(case, cast["rory"], "9 Elm Way, Vale"), by=cast["rory"], because="He sleeps there")
    assert missing(case) == ["Nobody has looked for children at 9 Elm Way, Vale."]


def test_a_level_that_nobody_ratified_keeps_it_shut(cast):
    case = very_high(without_a_child(cast["rory"], cast["dina"]), cast, agreed=False)
    assert missing(case) == ["No sergeant has ratified the KIRAT level."]


# Looking for children


def test_none_found_is_said_only_with_where_somebody_looked(cast):
    check = check_of(attributed(cast["rory"]))
    with pytest.raises(NotNow, match="where you looked"):
        no_child_found(check, by=cast["rory"], sources=" ", result="Nobody")
    with pytest.raises(NotNow, match="what you found"):
        no_child_found(check, by=cast["rory"], sources="Records", result="")
    assert as_it_is(check).state == "due"


def test_children_found_needs_a_child_on_the_case(cast):
    check = check_of(attributed(cast["rory"]))
    with pytest.raises(NotNow, match="Record each child"):
        children_found(check, by=cast["rory"], sources="Records", result="A girl")


def test_a_child_whom_our_own_records_put_there_is_taken_or_explained_before_none_was_found(cast):
    rory = cast["rory"]
    case = attributed(rory)
    address = address_of(case)
    poppy = on_record(rory, "Poppy Pell", home=type(HERE)(address.written, address.postcode))
    said = {"sources": "Records", "result": "Nobody"}
    with pytest.raises(NotNow, match="Our own records name 1 who may be a child"):
        no_child_found(check_of(case), by=rory, **said)
    about = {"person": poppy, "occupant": None}
    with pytest.raises(NotNow, match="why the case does not concern"):
        child_not_concerned(case, by=rory, because=" ", **about)
    child_not_concerned(case, by=rory, because="Moved to Wales with her mother in May", **about)
    no_child_found(check_of(case), by=rory, **said)
    with acting(TEST):
        assert NotConcerned.objects.get().person == poppy


def test_looking_again_shuts_the_gate_and_has_its_time_again(clock, cast):
    case = without_a_child(cast["rory"], cast["dina"])
    clock.shift(timedelta(days=2))
    look_again_for_children(check_of(case), by=cast["rory"], because="A lodger moved in")
    assert missing(case) == ["Nobody has looked for children at 4 Larch Rise, Vale."]
    running = Clock.running().get(record=check_of(case).pk)
    assert running.due_at == clock.at + timedelta(hours=24)


# A child


def test_the_same_child_is_linked_once(cast):
    case = attributed(cast["rory"])
    girl = a_girl(cast["rory"])
    child = child_of(case, cast["rory"], person=girl)
    with pytest.raises(NotNow, match=f"already: {child}"):
        child_of(case, cast["rory"], person=girl)


def test_an_earlier_notice_covers_a_child_only_if_it_names_them_and_came_after_we_knew(clock, cast):
    rory = cast["rory"]
    case = attributed(rory)
    before = submitted(cast["olly"])
    clock.shift(timedelta(hours=1))
    child = child_of(case, rory, person=a_girl(rory))
    with pytest.raises(NotNow, match="before this became known"):
        covered_by_earlier_notice(child, by=rory, notice=before, because="Says it")
    after = submitted(cast["olly"])
    with pytest.raises(NotNow, match="does not name this child"):
        covered_by_earlier_notice(child, by=rory, notice=after, because="Says it")
    unnamed = child_of(case, rory, "A boy of about four")
    with pytest.raises(NotNow, match="how that notice covers"):
        covered_by_earlier_notice(unnamed, by=rory, notice=after, because="")
    covered_by_earlier_notice(unnamed, by=rory, notice=after, because="The boy under the stairs")
    assert (as_it_is(unnamed).state, as_it_is(child).state) == ("noticed", "known")


def test_a_sergeant_says_which_discussion_was_about_a_child_and_nobody_below(clock, cast):
    case = with_a_child(cast["rory"], cast["dina"])
    early = held(agreed(cast["sam"]), cast["sam"], at=clock.at - timedelta(hours=1))
    planned_only = agreed(cast["sam"])
    child = maisie(case)
    notice_from(child, cast["rory"])
    about = {"because": "Anya is her sister, and both were discussed"}
    with pytest.raises(NotYours):
        covered_by_discussion(child, by=cast["iris"], meeting=early, **about)
    with pytest.raises(NotNow, match="before we knew"):
        covered_by_discussion(child, by=cast["dina"], meeting=early, **about)
    with pytest.raises(NotNow, match="has not been held"):
        covered_by_discussion(child, by=cast["dina"], meeting=planned_only, **about)
    covered_by_discussion(child, by=cast["dina"], meeting=held(planned_only, cast["sam"]), **about)
    assert as_it_is(child).state == "discussed"
    assert missing(case) == []


def test_a_social_worker_is_spoken_to_between_when_we_knew_and_now(clock, cast):
    child = maisie(with_a_child(cast["rory"], cast["dina"]))
    said = {"who": "Sol Worker", "said": "At nursery"}
    for at in (clock.at - timedelta(days=1), clock.at + timedelta(minutes=1)):
        with pytest.raises(NotNow, match="between when we knew"):
            social_worker_spoken_to(child, by=cast["iris"], at=at, **said)
    clock.shift(timedelta(days=1))
    child_seen_by_us(as_it_is(child), by=cast["iris"], at=clock.at, said="She laughed, and asked for her bear")
    social_worker_spoken_to(as_it_is(child), by=cast["iris"], at=clock.at, **said)
    kept = as_it_is(child)
    assert (kept.contacted_at, kept.seen_at) == (clock.at, clock.at)


def test_no_child_is_settled_without_a_notice_and_an_outcome(cast):
    child = maisie(with_a_child(cast["rory"], cast["dina"]))
    with pytest.raises(NotNow, match="cannot be done now"):
        care_decided(child, by=cast["iris"], said=care_said())
    notice_from(child, cast["rory"])
    for wrong, match in (
        (care_said(outcome=""), "Choose what social care decided"),
        (care_said(said=" "), "how the child is protected"),
        (care_said(who=""), "who told us"),
        (care_said(at=now() + timedelta(days=1)), "in the future"),
    ):
        with pytest.raises(NotNow, match=match):
            care_decided(as_it_is(child), by=cast["iris"], said=wrong)
    settled(child, cast["iris"])
    care_decided_otherwise(as_it_is(child), by=cast["iris"], said=care_said(outcome="plan"))
    assert (as_it_is(child).state, as_it_is(child).outcome) == ("settled", "plan")


def test_a_settled_child_whom_nobody_discussed_still_keeps_the_gate_shut(cast):
    case = with_a_child(cast["rory"], cast["dina"])
    notice_from(maisie(case), cast["rory"])
    settled(maisie(case), cast["iris"])
    assert missing(case) == [f"{maisie(case)}: no strategy discussion has been held."]
    assert Clock.running().filter(record=maisie(case).pk, deadline="OC9").exists()
    discussed(maisie(case), cast["sam"])
    assert (maisie(case).state, missing(case)) == ("settled", [])


def test_only_a_sergeant_says_that_there_is_no_such_child_and_why(cast):
    case = with_a_child(cast["rory"], cast["dina"])
    with pytest.raises(NotYours):
        no_child(maisie(case), by=cast["iris"], because="Next door")
    with pytest.raises(NotNow, match="why the case does not concern"):
        no_child(maisie(case), by=cast["dina"], because=" ")
    no_child(maisie(case), by=cast["dina"], because="She lives next door")
    assert missing(case) == []
    assert not Clock.running().filter(record=maisie(case).pk).exists()


# A case that becomes part of another


def test_a_notice_about_a_child_of_two_cases_that_become_one_is_the_notice_of_both(cast):
    rory = cast["rory"]
    case, other = (attributed(rory) for _ in range(2))
    child, twin = child_of(case, rory), child_of(other, rory)
    link(as_it_is(case), by=rory, to=as_it_is(other), because="The same account")
    ppn = notice_from(twin, rory)
    assert (as_it_is(child).ppn_id, as_it_is(twin).ppn_id) == (ppn.pk, ppn.pk)
    third = attributed(rory)
    late = child_of(third, rory)
    link(as_it_is(third), by=rory, to=as_it_is(other), because="The same account")
    assert (as_it_is(late).state, as_it_is(late).ppn_id) == ("noticed", ppn.pk)


def test_a_closed_case_takes_no_child(cast):
    case = triaged(cast["rory"])
    link(case, by=cast["rory"], to=triaged(cast["rory"]), because="The same account")
    with pytest.raises(NotNow, match="not open any more"):
        child_of(as_it_is(case), cast["rory"])
    with acting(TEST):
        assert not LinkedChild.objects.exists()


def test_children_of_adults_there_who_live_elsewhere_are_proposed_as_well(cast):
    rory = cast["rory"]
    case = attributed(rory)
    father = on_record(rory, "Graham Pell", said_to_be_child="no")
    girl = a_girl(rory, "Una Pell")
    is_the("parent", father, girl, rory)
    lives_there(case, rory, person=father)
    lives_there(case, rory, "Somebody young", age="not_known", is_suspect="not_known")
    with acting(rory):
        found, hidden = known_near(case)
    assert [(each.name, each.how, each.age) for each in found] == [
        ("Somebody young", "lives_there", "not known"),
        ("Una Pell", "contact", "2"),
    ]
    assert hidden == 0


def test_open_means_that_a_sergeant_can_plan(cast):
    case = open_gate(cast)
    assert plan_enforcement(Enforcement(), by=cast["dina"], case=case, facts=plan()).state == "planned"


def test_somebody_on_record_there_whom_research_calls_an_adult_is_no_child(cast):
    rory = cast["rory"]
    case = attributed(rory)
    written = address_of(case)
    on_record(rory, "Graham Pell", home=type(HERE)(written.written, written.postcode))
    with acting(rory):
        assert [each.name for each in known_near(case)[0]] == ["Graham Pell"]
    lives_there(case, rory, "Graham Pell")
    with acting(rory):
        assert known_near(case) == ([], 0)
