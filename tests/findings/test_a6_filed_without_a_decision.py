"""A6: notices were shared and filed, and nobody asked whether the agencies must meet about the child."""

import pytest
from django.db import DatabaseError, connection, transaction

from access.actor import NotYours, System, acting, signed
from partners.models import Agency
from ppn import workflow
from ppn.models import Ppn
from ppn.workflow import Grounds
from tests.conftest import hours
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, submitted, swept
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
GROUNDS = Grounds(basis="public_task", why_needed="To see the child today", informed="yes")


@pytest.fixture
def agencies(cast):
    with signed(System("test")):
        return [
            Agency.objects.create(name="Vale Council", kind="social_care", mailbox="mash@vale.example"),
            Agency.objects.create(name="Vale Health", kind="health", mailbox="children@health.example"),
        ]


@pytest.fixture
def shared(clock, olly, cora, agencies):
    ppn = workflow.take(submitted(olly), by=cora)
    ppn = workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="As graded", grade="amber", because="")
    return workflow.share(ppn, by=cora, agencies=agencies, summary="Seen", grounds=GROUNDS)


@pytest.mark.parametrize("decision", ["requested", "held", "not_needed"])
def test_a_sergeant_files_a_notice_with_a_decision_and_a_reason(shared, sam, decision):
    filed = workflow.file(shared, by=sam, strategy_meeting=decision, because="Agreed with the social worker")
    assert (filed.state, filed.strategy_decision) == ("filed", decision)
    assert Step.of(filed).last().facts == {"strategy_meeting": decision, "because": "Agreed with the social worker"}


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


@pytest.mark.parametrize("name", ["callie", "fin", "olly", "rosa", "rashid", "cora", "cole", "dmitri"])
def test_filing_is_a_sergeants_decision(shared, cast, name):
    with pytest.raises(NotYours, match="decide on a strategy meeting"):
        workflow.file(shared, by=cast[name], strategy_meeting="not_needed", because="I think so")


def test_a_co_ordinator_who_covers_for_the_sergeant_may_decide_while_it_lasts(clock, shared, sam, cora):
    away(sam, days=1, cover=cora)
    clock.shift(hours(24))
    with pytest.raises(NotYours):
        workflow.file(shared, by=cora, strategy_meeting="not_needed", because="Sam is back")
    clock.shift(-MOMENT)
    assert workflow.file(shared, by=cora, strategy_meeting="not_needed", because="For Sam").state == "filed"


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_nothing_is_filed_before_it_was_shared(clock, olly, cora, sam, steps):
    ppn = submitted(olly)
    if steps > 0:
        ppn = workflow.take(ppn, by=cora)
    if steps > 1:
        ppn = workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="As graded", grade="amber", because="")
    with pytest.raises(NotNow):
        workflow.file(ppn, by=sam, strategy_meeting="not_needed", because="Quick")


def test_what_is_filed_stays_filed(shared, sam, cora, agencies):
    filed = workflow.file(shared, by=sam, strategy_meeting="held", because="On Monday")
    with pytest.raises(NotNow):
        workflow.share(filed, by=cora, agencies=agencies, summary="More", grounds=GROUNDS)
    with pytest.raises(NotNow):
        workflow.file(filed, by=sam, strategy_meeting="not_needed", because="After all")


def test_a_decision_that_nobody_makes_climbs(clock, shared):
    start = clock.at
    swept(clock, hours(8) + MOMENT)
    assert raised(shared.pk, "P9") == [
        ("P9", 1, start + hours(6), ["sam"]),
        ("P9", 2, start + hours(8), ["ines"]),
    ]


def test_a_decision_made_late_leaves_the_breach_on_record(clock, shared, sam):
    clock.shift(hours(8) + MOMENT)
    workflow.file(shared, by=sam, strategy_meeting="requested", because="Late")
    assert [level for _, level, *_ in raised(shared.pk, "P9")] == [1, 2]
    assert clock_of(shared, "P9").stopped_by == "ppn.file"


def test_telling_one_more_agency_gives_the_decision_no_more_time(clock, shared, cora, agencies):
    due = clock_of(shared, "P9").due_at
    clock.shift(hours(3))
    workflow.share(shared, by=cora, agencies=agencies[:1], summary="More", grounds=GROUNDS)
    assert clock_of(shared, "P9").due_at == due
