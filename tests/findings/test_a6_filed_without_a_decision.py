"""A6: notices were shared and filed, and nobody asked whether the agencies must meet about the child."""

import pytest
from django.db import DatabaseError, connection, transaction

from access.actor import NotYours, acting
from ppn import workflow
from ppn.meetings import from_notice
from ppn.models import Ppn
from ppn.workflow import Harm
from sla.models import Clock
from tests.conftest import hours
from tests.ppn.scenes import GROUNDS, assessed, council, filed, fresh, ready, told, trigger, written
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, submitted, swept
from tests.strategy.meetings import asked
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
OTHERS = ["callie", "fin", "olly", "rosa", "rashid", "dmitri"]


@pytest.fixture
def shared(clock, olly, cora, sam):
    """Nothing ever raised the question, and nothing is left to do."""
    return ready(olly, cora, sam)


@pytest.fixture
def in_question(clock, olly, cora, sam):
    """Police protection was used: the agencies must meet, or a sergeant must say why not."""
    return told(assessed(written(olly, harm=Harm(police_did=["protection"])), cora), cora, sam)


@pytest.mark.parametrize("decision", ["held", "not_needed"])
def test_a_sergeant_files_a_notice_with_a_decision_and_a_reason(shared, sam, decision):
    done = filed(shared, sam, decision)
    assert (done.state, done.strategy_decision) == ("filed", decision)
    facts = {"strategy_meeting": decision, "because": "Agreed with the social worker"}
    assert Step.of(done).last().facts == facts


def test_a_decision_to_meet_is_no_meeting_somebody_has_to_ask_the_authority_for_it(shared, sam):
    with pytest.raises(NotNow, match="nobody has asked the authority"):
        filed(shared, sam, "requested")
    with acting(sam):
        about = from_notice(fresh(shared)).about
    asked(sam, about=about)
    assert filed(shared, sam, "requested").strategy_decision == "requested"


@pytest.mark.parametrize("decision", ["", "perhaps"])
def test_without_a_decision_it_is_not_filed(shared, sam, decision):
    with pytest.raises((NotNow, DatabaseError, ValueError)), transaction.atomic():
        workflow.file(shared, by=sam, strategy_meeting=decision, because="Busy")
    with acting(sam):
        assert Ppn.objects.get().state == "shared"


@pytest.mark.parametrize("because", ["", "  "])
def test_without_a_reason_it_is_not_filed(shared, sam, because):
    with pytest.raises(NotNow):
        workflow.file(shared, by=sam, strategy_meeting="not_needed", because=because)


def test_the_database_itself_refuses_a_filed_notice_without_a_decision(shared):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="filed_with_a_decision"):
        cursor.execute("UPDATE ppn_ppn SET state = 'filed' WHERE id = %s", [shared.pk])


@pytest.mark.parametrize("name", OTHERS)
def test_only_the_mash_files(shared, cast, name):
    with pytest.raises(NotYours):
        workflow.file(shared, by=cast[name], strategy_meeting="not_needed", because="I think so")


def test_where_nothing_raised_the_question_a_co_ordinator_files(shared, cora):
    assert filed(shared, cora).strategy_decision == "not_needed"


@pytest.mark.parametrize("decision", ["requested", "held"])
def test_a_co_ordinator_does_not_file_with_a_meeting_of_which_no_sergeant_knows(shared, cora, decision):
    with pytest.raises(NotNow, match="a MASH sergeant files it"):
        filed(shared, cora, decision)


@pytest.mark.parametrize("name", ["cora", "sam", "ines"])
def test_while_a_trigger_has_no_decision_nobody_files_it(in_question, cast, name):
    with pytest.raises(NotNow):
        filed(in_question, cast[name])
    assert fresh(in_question).state == "shared"


def test_once_the_sergeant_has_decided_the_sergeant_files_it_and_a_co_ordinator_does_not(in_question, cora, sam):
    workflow.decide_strategy(in_question, by=sam, decision="not_needed", because="Her aunt has her; agreed with Kim")
    with pytest.raises(NotNow, match="a MASH sergeant files it"):
        filed(in_question, cora)
    assert filed(in_question, sam).state == "filed"


def test_a_co_ordinator_who_covers_for_the_sergeant_may_decide_while_it_lasts(clock, in_question, sam, cora):
    away(sam, days=1, cover=cora)
    decided = {"decision": "not_needed", "because": "For Sam"}
    clock.shift(hours(24))
    with pytest.raises(NotYours):
        workflow.decide_strategy(in_question, by=cora, **{**decided, "because": "Sam is back"})
    clock.shift(-MOMENT)
    workflow.decide_strategy(in_question, by=cora, **decided)
    assert filed(in_question, cora).state == "filed"


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_nothing_is_filed_before_it_was_shared(clock, olly, cora, sam, steps):
    ppn = submitted(olly)
    if steps > 0:
        ppn = workflow.take(ppn, by=cora)
    if steps > 1:
        ppn = assessed(ppn, cora)
    with pytest.raises(NotNow):
        workflow.file(ppn, by=sam, strategy_meeting="not_needed", because="Quick")


def test_what_is_filed_stays_filed(shared, sam, cora):
    done = filed(shared, sam, "held")
    with pytest.raises(NotNow):
        workflow.share(done, by=cora, agencies=[council()], summary="More", grounds=GROUNDS)
    with pytest.raises(NotNow):
        workflow.file(done, by=sam, strategy_meeting="not_needed", because="After all")


def test_a_decision_that_nobody_makes_climbs(clock, olly):
    start, waits = clock.at, trigger(written(olly, harm=Harm(police_did=["protection"])), "T13")
    swept(clock, MOMENT)
    assert raised(waits.pk) == [("P9", 1, start, ["sam"])]
    swept(clock, hours(16))
    assert raised(waits.pk)[1:] == [("P9", 2, start + hours(8), ["ines"]), ("P9", 3, start + hours(16), ["chidi"])]


def test_a_decision_made_late_leaves_the_breach_on_record(clock, olly, sam):
    ppn = written(olly, harm=Harm(police_did=["protection"]))
    waits = trigger(ppn, "T13")
    clock.shift(hours(8) + MOMENT)
    workflow.decide_strategy(ppn, by=sam, decision="requested", because="Late")
    assert [level for _, level, *_ in raised(waits.pk)] == [1, 2]
    assert clock_of(waits, "P9").stopped_by == "ppn.decide_trigger"


def test_to_assess_and_to_share_give_the_decision_no_more_time(clock, olly, cora, sam):
    ppn = written(olly, harm=Harm(police_did=["protection"]))
    due = clock_of(trigger(ppn, "T13"), "P9").due_at
    clock.shift(hours(3))
    told(assessed(ppn, cora), cora, sam)
    assert clock_of(trigger(ppn, "T13"), "P9").due_at == due
    assert Clock.running().filter(deadline="P9").count() == 1


def test_to_tell_one_more_agency_gives_the_filing_no_more_time(clock, shared, cora):
    due = clock_of(shared, "PF").due_at
    clock.shift(hours(3))
    workflow.share(shared, by=cora, agencies=[council()], summary="More", grounds=GROUNDS)
    assert clock_of(shared, "PF").due_at == due
