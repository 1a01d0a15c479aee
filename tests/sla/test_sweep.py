"""The sweep raises everything that is due; one bad row holds up nothing; it beats only at rest."""

import logging
from contextlib import closing
from dataclasses import replace

import pytest
from django.db import OperationalError, connection, connections

from access.actor import current
from accounts.duty import NobodyToTell
from accounts.models import Posting
from ppn import workflow
from sla import engine
from sla.engine import sweep
from sla.models import Clock, Escalation, Heartbeat, Notification
from sla.policy import DEADLINES
from sla.tasks import sweep as sweep_task
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import MOMENT, a_bad_clock, a_clock, raised, submitted
from tests.stories import ANYA, clock_of, swept, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def another():
    """A second connection to the same database that holds what it has locked until the test ends."""
    with closing(connections["owner"].copy()) as second, second.cursor() as cursor:
        cursor.execute("BEGIN")
        yield cursor
        cursor.execute("ROLLBACK")


def _beat():
    return Heartbeat.objects.values_list("at", flat=True).first()


def test_it_says_how_many_clocks_had_something_to_raise(clock, olly):
    for name in ("Anya Example", "Bram Sample", "Cosima Specimen"):
        submitted(olly, subjects=[replace(ANYA, name=name)])
    assert sweep() == 0
    clock.shift(hours(13))
    assert (sweep(), sweep()) == (3, 0)


def test_nobody_acts_any_longer_when_it_has_ended(clock, olly):
    submitted(olly)
    swept(clock, hours(13))
    assert current() is None


def test_what_celery_runs_is_the_same_sweep(clock, olly):
    ppn = submitted(olly)
    clock.shift(hours(13))
    sweep_task()
    assert told(ppn.pk) == ["cora", "cole"]


def test_it_beats_when_nothing_is_left(clock, olly):
    sweep()
    assert _beat() == MONDAY
    submitted(olly)
    swept(clock, hours(13))
    assert _beat() == MONDAY + hours(13)


@pytest.mark.parametrize("batch", [1, 7, 500])
def test_a_long_list_is_raised_to_its_end_whatever_the_size_of_a_batch(clock, cast, batch):
    number = {1: 5, 7: 50, 500: 1200}[batch]
    Clock.objects.bulk_create([a_clock(MONDAY - hours(19), hours(24)) for _ in range(number)])
    assert sweep(batch) == number
    levels = Escalation.objects.values_list("clock", "level")
    assert len(levels) == len(set(levels)) == number * 2
    assert Clock.running().filter(next_at__lt=clock.at).count() == 0
    assert _beat() == MONDAY


def test_the_oldest_is_raised_first(clock, cast):
    young, old = a_clock(MONDAY - hours(13), hours(24)), a_clock(MONDAY - hours(14), hours(24))
    Clock.objects.bulk_create([young, old])
    engine.raise_batch(1)
    assert [raised(each.record) != [] for each in (old, young)] == [True, False]


def test_a_stopped_clock_raises_nothing(clock, olly, cora):
    ppn = workflow.take(submitted(olly), by=cora)
    workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="As graded", grade="amber", because="")
    Clock.running().filter(record=ppn.pk).update(stopped_at=clock.at, stopped_by="test")
    swept(clock, hours(500))
    assert told(ppn.pk) == []


def test_one_bad_row_does_not_stop_the_others(clock, olly, caplog):
    before, bad, after = submitted(olly), a_bad_clock(MONDAY), submitted(olly)
    with caplog.at_level(logging.ERROR):
        swept(clock, hours(13))
    assert told(before.pk) == told(after.pk) == ["cora", "cole"]
    bad.refresh_from_db()
    assert bad.trouble.startswith("KeyError")
    assert "PPN-999999" in caplog.text


def test_a_bad_row_is_tried_again_a_minute_later_and_only_then(clock, cast, caplog):
    bad = a_bad_clock(MONDAY)
    swept(clock, minutes(1))
    bad.refresh_from_db()
    assert bad.next_at == MONDAY + minutes(2)
    caplog.clear()
    swept(clock, minutes(1))
    assert caplog.text == ""
    swept(clock, MOMENT)
    assert "PPN-999999" in caplog.text
    bad.refresh_from_db()
    assert bad.next_at == MONDAY + minutes(3) + MOMENT


def test_a_bad_row_is_no_reason_not_to_beat(clock, cast):
    a_bad_clock(MONDAY)
    swept(clock, minutes(1))
    assert _beat() == clock.at


def test_a_row_that_is_bad_no_longer_catches_up_and_forgets_its_trouble(clock, cast, monkeypatch):
    bad = a_bad_clock(MONDAY)
    swept(clock, minutes(1))
    monkeypatch.setitem(DEADLINES, "X9", workflow.deadlines.REVIEW)
    swept(clock, minutes(2))
    bad.refresh_from_db()
    assert (bad.trouble, bad.level) == ("", 5)
    assert len(raised(bad.record)) == 5


def test_where_nobody_can_be_told_the_row_waits_and_is_raised_when_somebody_can(clock, olly, sue, cast):
    ppn = submitted(olly)
    everybody = Posting.objects.filter(person__username__in=["cora", "cole", "sam", "ines", "chidi", "sue"])
    everybody.update(ends=clock.at)
    swept(clock, hours(13))
    assert (told(ppn.pk), clock_of(ppn, "P2").level) == ([], 0)
    assert NobodyToTell.__name__ in clock_of(ppn, "P2").trouble
    everybody.filter(person=sue).update(ends=None)
    swept(clock, minutes(2))
    assert told(ppn.pk) == ["sue"]


def test_a_bad_clock_does_not_stop_the_work_on_its_record(clock, olly, cora):
    ppn = submitted(olly)
    Clock.objects.create(
        deadline="X8", kind="ppn.ppn", record=ppn.pk, reference="x", started_at=MONDAY, due_at=MONDAY, next_at=MONDAY
    )
    clock.shift(hours(1))
    assert workflow.take(ppn, by=cora).state == "under_research"
    ppn = workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="As graded", grade="amber", because="")
    assert ppn.state == "risk_assessed"
    assert clock_of(ppn, "X8").trouble.startswith("KeyError")


def test_an_escalation_and_who_is_told_of_it_stand_or_fall_together(clock, olly, monkeypatch):
    ppn = submitted(olly)
    monkeypatch.setattr(engine.Duty, "answering", lambda self, role, team: [olly.pk, None])
    swept(clock, hours(13))
    assert (Escalation.objects.count(), Notification.objects.count()) == (0, 0)
    monkeypatch.undo()
    swept(clock, minutes(2))
    assert told(ppn.pk) == ["cora", "cole"]


def test_finishing_on_the_moment_is_in_time_and_a_microsecond_later_is_a_breach(clock, olly, cora):
    for late, levels in ((hours(0), [50, 75]), (MOMENT, [50, 75, 100])):
        clock.set(MONDAY)
        ppn = workflow.take(submitted(olly), by=cora)
        clock.shift(hours(24) + late)
        workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="As graded", grade="amber", because="")
        rows = Escalation.objects.filter(clock__record=ppn.pk).order_by("level")
        assert list(rows.values_list("percent", flat=True)) == levels


class TestWithASecondConnection:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_a_clock_that_another_sweep_holds_is_left_to_it_and_the_others_are_raised(self, clock, olly, another):
        held, free = submitted(olly), submitted(olly)
        clock.set(MONDAY + hours(13))
        another.execute("SELECT FROM sla_clock WHERE record = %s FOR UPDATE", [held.pk])
        assert sweep() == 1
        assert (told(held.pk), told(free.pk)) == ([], ["cora", "cole"])

    def test_it_does_not_beat_while_another_sweep_holds_what_is_due(self, clock, olly, another):
        ppn = submitted(olly)
        sweep()
        clock.set(MONDAY + hours(13))
        another.execute("SELECT FROM sla_clock WHERE record = %s FOR UPDATE", [ppn.pk])
        sweep()
        assert _beat() == MONDAY
        another.execute("ROLLBACK")
        sweep()
        assert (_beat(), told(ppn.pk)) == (MONDAY + hours(13), ["cora", "cole"])

    def test_trouble_with_the_database_itself_is_nobodys_row_and_is_not_hidden(self, clock, olly, another):
        ppn = submitted(olly)
        clock.set(MONDAY + hours(13))
        another.execute("LOCK TABLE sla_escalation IN ACCESS EXCLUSIVE MODE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        with pytest.raises(OperationalError):
            sweep()
        assert (clock_of(ppn, "P2").trouble, clock_of(ppn, "P2").level, _beat()) == ("", 0, None)
        another.execute("ROLLBACK")
        sweep()
        assert told(ppn.pk) == ["cora", "cole"]

    def test_a_sweep_that_lost_its_connection_says_so_and_the_next_one_finds_the_same_rows(self, clock, olly):
        ppn = submitted(olly)
        clock.set(MONDAY + hours(13))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = cursor.fetchone()[0]
        with connections["audit"].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
        with pytest.raises(OperationalError):
            sweep()
        connection.close()
        sweep()
        assert told(ppn.pk) == ["cora", "cole"]
        assert _beat() == MONDAY + hours(13)
