"""A supervisor reads what the officer wrote, beside the review and never in front of it; whoever is on duty can."""

import pytest
from django.urls import reverse

from access.actor import NotYours
from ppn import workflow
from tests.conftest import hours
from tests.ppn.scenes import assessed, filed, fresh, ready, told
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, submitted, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
SAID = "Good that you wrote down her own words. Ask next time who else sleeps there."


def test_the_mash_never_waits_for_it(clock, olly, cora, sam):
    ppn = submitted(olly)
    assert ppn.state == "submitted"
    ppn = filed(told(assessed(ppn, cora), cora, sam), cora)
    assert (ppn.state, ppn.checked_at) == ("filed", None)


def test_it_is_checked_after_filing_as_well(clock, olly, cora, sam, rosa):
    ppn = filed(ready(olly, cora, sam), cora)
    assert clock_of(ppn, "P1").stopped_at is None
    done = workflow.check(ppn, by=rosa, said=SAID)
    assert (done.state, done.checked_by, done.checked_at, done.check_said) == ("filed", rosa, clock.at, SAID)
    assert clock_of(ppn, "P1").stopped_by == "ppn.check"


def test_a_check_moves_the_review_neither_on_nor_back(clock, olly, rosa):
    ppn = submitted(olly)
    due = clock_of(ppn, "P2").due_at
    clock.shift(hours(3))
    done = workflow.check(ppn, by=rosa, said=SAID)
    assert (done.state, done.due_at, clock_of(ppn, "P2").due_at) == ("submitted", due, due)
    assert clock_of(ppn, "P2").stopped_at is None


@pytest.mark.parametrize("name", ["rosa", "rashid"])
def test_any_supervisor_checks_it(clock, olly, cast, name):
    assert workflow.check(submitted(olly), by=cast[name], said=SAID).checked_by == cast[name]


@pytest.mark.parametrize("name", ["callie", "olly", "cora", "ravi"])
def test_somebody_who_supervises_nobody_does_not(clock, olly, cast, name):
    with pytest.raises(NotYours):
        workflow.check(submitted(olly), by=cast[name], said=SAID)


def test_nobody_checks_what_they_wrote_themselves(clock, rosa, rashid):
    ppn = submitted(rosa)
    with pytest.raises(NotNow, match="another supervisor"):
        workflow.check(ppn, by=rosa, said=SAID)
    assert workflow.check(ppn, by=rashid, said=SAID).checked_by == rashid


def test_it_is_checked_once(clock, olly, rosa, rashid):
    ppn = workflow.check(submitted(olly), by=rosa, said=SAID)
    with pytest.raises(NotNow, match="has checked it already"):
        workflow.check(ppn, by=rashid, said="Me too")


@pytest.mark.parametrize("said", ["", " \n"])
def test_a_tick_is_no_check_the_officer_is_told_something(clock, olly, rosa, said):
    with pytest.raises(NotNow):
        workflow.check(submitted(olly), by=rosa, said=said)


def test_at_12_hours_and_at_24_somebody_named_is_told_a_microsecond_later(clock, olly):
    ppn, start = submitted(olly), clock.at
    expected = [("P1", 1, start + hours(12), ["rosa"]), ("P1", 2, start + hours(24), ["rashid"])]
    for number, at in enumerate((12, 24)):
        clock.set(start)
        swept(clock, hours(at))
        assert raised(ppn.pk, "P1") == expected[:number]
        swept(clock, MOMENT)
        assert raised(ppn.pk, "P1") == expected[: number + 1]


def test_with_the_sergeant_on_leave_their_cover_is_told_and_checks_it(clock, olly, rosa, cora):
    ppn = submitted(olly)
    away(rosa, days=14, cover=cora)
    swept(clock, hours(12) + MOMENT)
    assert [people for *_, people in raised(ppn.pk, "P1")] == [["cora"]]
    assert workflow.check(fresh(ppn), by=cora, said=SAID).checked_by == cora


def test_993_notices_do_not_wait_for_one_name(client, clock, olly, rosa, rashid):
    ppns = [submitted(olly) for _ in range(3)]
    away(rosa, days=14, cover=rashid)
    client.force_login(rashid)
    page = client.get(reverse("ppn-to-check")).context
    assert {row.reference for row in page["rows"]} == {ppn.reference for ppn in ppns}
    workflow.check(ppns[0], by=rashid, said=SAID)
    assert len(client.get(reverse("ppn-to-check")).context["rows"]) == 2


def test_the_officer_reads_what_the_supervisor_said(client, clock, olly, rosa):
    ppn = workflow.check(submitted(olly), by=rosa, said=SAID)
    client.force_login(olly)
    assert SAID in client.get(ppn.get_absolute_url()).content.decode()
