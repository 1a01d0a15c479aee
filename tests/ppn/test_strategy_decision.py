"""Whether the agencies must meet: a co-ordinator proposes, a sergeant decides; "no" needs a reason as much as "yes"."""

import pytest
from django.db import DatabaseError, connection, transaction

from access.actor import NotYours, System, acting
from ppn import workflow
from ppn.models import Trigger
from ppn.triggers import BY_HAND
from ppn.workflow import Harm
from sla.models import Clock
from tests.conftest import hours
from tests.ppn.scenes import NONE_OF_IT, assessed, fresh, ready, trigger, triggers, written
from tests.sla.made import MOMENT
from tests.stories import away, clock_of, submitted, swept, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
NOT_SERGEANTS = ["callie", "fin", "olly", "rosa", "rashid", "cora", "cole", "dmitri"]
DECIDE = {"decision": "not_needed", "because": "Her aunt has her; agreed with Kim"}


@pytest.fixture
def ppn(clock, olly):
    """Two things raise the question."""
    return written(olly, harm=Harm(police_did=["protection"], allegation_by_child="yes"))


def rows(ppn):
    with acting(System("test")):
        return list(Trigger.objects.filter(ppn=ppn).select_related("decided_by").order_by("code"))


def test_a_co_ordinator_proposes_and_the_sergeant_has_still_to_decide(ppn, cora):
    why = {"proposal": "meet", "because": "She is eight and it is her father"}
    done = workflow.propose(trigger(ppn, "T8"), by=cora, **why)
    assert (done.state, done.proposal, done.proposed_by) == ("proposed", "meet", cora)
    assert clock_of(done, "P9").stopped_at is None
    with acting(cora):
        assert len(workflow.open_triggers(ppn)) == 2


@pytest.mark.parametrize("said", [{"proposal": "perhaps"}, {"proposal": ""}, {"because": " "}])
def test_a_proposal_is_one_of_two_and_has_a_reason(ppn, cora, said):
    with pytest.raises(NotNow):
        workflow.propose(trigger(ppn, "T8"), by=cora, **{"proposal": "meet", "because": "Her father", **said})


def test_the_sergeant_decides_against_what_was_proposed_and_both_stay_to_be_read(ppn, cora, sam):
    workflow.propose(trigger(ppn, "T8"), by=cora, proposal="meet", because="It is her father")
    workflow.decide_strategy(ppn, by=sam, **DECIDE)
    row = next(each for each in rows(ppn) if each.code == "T8")
    assert (row.proposal, row.proposed_because) == ("meet", "It is her father")
    assert (row.decision, row.because, row.decided_by) == ("not_needed", DECIDE["because"], sam)


@pytest.mark.parametrize("decision", ["requested", "held", "not_needed"])
def test_every_open_trigger_gets_the_decision_and_its_clock_ends(clock, ppn, sam, decision):
    clock.shift(hours(1))
    done = workflow.decide_strategy(ppn, by=sam, decision=decision, because="Spoken to Kim")
    assert {(each.state, each.decision, each.decided_at) for each in rows(ppn)} == {("decided", decision, clock.at)}
    assert (done.strategy_decision, done.state) == (decision, "submitted")
    assert not Clock.running().filter(deadline="P9").exists()


def test_what_was_decided_before_keeps_its_own_decision(clock, ppn, olly, sam):
    workflow.decide_strategy(ppn, by=sam, **DECIDE)
    workflow.force_a_look(fresh(ppn), by=olly, code="T11", why="A car with men in it waits for her")
    workflow.decide_strategy(fresh(ppn), by=sam, decision="requested", because="That is new")
    assert {each.code: each.decision for each in rows(ppn)} == {
        "T8": "not_needed",
        "T11": "requested",
        "T13": "not_needed",
    }


@pytest.mark.parametrize("because", ["", "  ", "\n"])
@pytest.mark.parametrize("decision", ["requested", "not_needed"])
def test_yes_and_no_need_a_reason(ppn, sam, decision, because):
    with pytest.raises(NotNow):
        workflow.decide_strategy(ppn, by=sam, decision=decision, because=because)
    assert {each.state for each in rows(ppn)} == {"raised"}


@pytest.mark.parametrize("decision", ["", "perhaps", "yes"])
def test_a_decision_is_one_of_three(ppn, sam, decision):
    with pytest.raises(NotNow):
        workflow.decide_strategy(ppn, by=sam, decision=decision, because="So")


@pytest.mark.parametrize("name", NOT_SERGEANTS)
def test_nobody_but_a_sergeant_or_above_decides(ppn, cast, name):
    with pytest.raises(NotYours):
        workflow.decide_strategy(ppn, by=cast[name], **DECIDE)
    with pytest.raises(NotYours):
        workflow.decide_trigger(trigger(ppn, "T8"), by=cast[name], **DECIDE)


@pytest.mark.parametrize("name", ["sam", "ines", "chidi"])
def test_a_sergeant_or_somebody_above_decides(ppn, cast, name):
    assert workflow.decide_strategy(ppn, by=cast[name], **DECIDE).strategy_decision == "not_needed"


def test_whoever_covers_for_the_sergeant_decides_and_is_asked(clock, ppn, sam, cole):
    away(sam, days=1, cover=cole)
    swept(clock, MOMENT)
    assert told(trigger(ppn, "T8").pk) == ["cole"]
    clock.shift(hours(24) - 2 * MOMENT)
    assert workflow.decide_strategy(ppn, by=cole, **DECIDE).strategy_decision == "not_needed"


def test_the_cover_ends_on_the_moment(clock, ppn, sam, cole):
    away(sam, days=1, cover=cole)
    clock.shift(hours(24))
    with pytest.raises(NotYours):
        workflow.decide_strategy(ppn, by=cole, **DECIDE)


def test_what_was_decided_is_not_decided_again(ppn, sam):
    workflow.decide_trigger(trigger(ppn, "T8"), by=sam, **DECIDE)
    with pytest.raises(NotNow):
        workflow.decide_trigger(trigger(ppn, "T8"), by=sam, decision="requested", because="After all")


def test_the_database_itself_refuses_a_decision_without_a_reason(ppn):
    refused = pytest.raises(DatabaseError, match="trigger_decided_with_a_reason")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ppn_trigger SET state = 'decided' WHERE ppn_id = %s", [ppn.pk])


# Any officer can put it before the sergeant


def test_an_officer_puts_a_notice_before_the_sergeant_at_once(clock, olly, sam):
    ppn = submitted(olly)
    workflow.force_a_look(ppn, by=olly, code="T11", why="A car with men in it waits for her")
    row = trigger(ppn, "T11")
    assert (row.why, row.raised_by) == ("A car with men in it waits for her", olly)
    swept(clock, MOMENT)
    assert told(row.pk) == ["sam"]


@pytest.mark.parametrize("said", [{"code": "T1"}, {"code": ""}, {"why": " "}])
def test_they_say_what_they_have_seen(clock, olly, said):
    with pytest.raises(NotNow):
        workflow.force_a_look(submitted(olly), by=olly, **{"code": "T8", "why": "She said so", **said})


def test_two_who_have_seen_the_same_are_two(clock, olly, rosa, cora):
    ppn = submitted(olly)
    for by in (olly, rosa):
        workflow.force_a_look(fresh(ppn), by=by, code="T8", why="She said so")
    assert triggers(ppn) == ["T8", "T8"]


def test_a_notice_that_was_filed_can_be_put_before_the_sergeant_and_is_open_again(clock, olly, cora, sam):
    ppn = ready(olly, cora, sam)
    ppn = workflow.file(ppn, by=sam, strategy_meeting="not_needed", because="So")
    workflow.force_a_look(ppn, by=olly, code="T8", why="She rang and said so")
    assert fresh(ppn).state == "shared"


# The questions of every review


@pytest.mark.parametrize("code", BY_HAND)
def test_a_yes_in_the_review_raises_it_and_a_no_does_not(clock, olly, cora, code):
    assert triggers(assessed(submitted(olly), cora, asked={**NONE_OF_IT, code: "yes"})) == [code]
    assert triggers(assessed(submitted(olly), cora)) == []


def test_not_known_is_no_answer(clock, olly, cora):
    ppn = assessed(submitted(olly), cora, asked={**NONE_OF_IT, "T8": "not_known"})
    with acting(cora):
        assert any("T8" in reason for reason in workflow.in_the_way(ppn))
