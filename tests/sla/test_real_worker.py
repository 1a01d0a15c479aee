"""With a real Celery worker and beat: a notice that nobody reads reaches named people, whatever dies on the way."""

import pytest

from sla.models import Clock, Escalation, Heartbeat, Notification
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import a_bad_clock, submitted
from tests.sla.programs import Programs, broker
from tests.stories import away, called_in, clock_of, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programs(clock, tmp_path):
    broker().flushdb()
    started = Programs(tmp_path)
    yield started
    started.stop()
    broker().flushdb()


def _beaten_at(moment):
    return lambda: Heartbeat.objects.filter(at=moment).exists()


def _told(ppn, *names):
    return lambda: told(ppn.pk) == list(names)


def _alive(programs, clock):
    """Everything due has been raised and the sweep has said so."""
    clock.shift(minutes(1) / 60)
    programs.wait_until(_beaten_at(clock.at), "a sweep that came to its end")


def _exactly_once():
    rows = Escalation.objects.values_list("clock", "level")
    pairs = Notification.objects.values_list("escalation", "person")
    return len(rows) == len(set(rows)) and len(pairs) == len(set(pairs))


def test_a_notice_24_hours_old_is_escalated_by_itself_also_with_the_sergeant_on_leave(clock, programs, olly, sam, cole):
    programs.worker()
    programs.beat()
    ppn = submitted(olly)
    away(sam, days=14, cover=cole)
    _alive(programs, clock)
    assert told(ppn.pk) == []
    clock.set(MONDAY + hours(24) + minutes(1))
    programs.wait_until(_told(ppn, "cora", "cole", "cole", "ines"), "the inspector told")
    _alive(programs, clock)
    assert told(ppn.pk) == ["cora", "cole", "cole", "ines"]
    assert _exactly_once()


def test_a_worker_that_was_killed_loses_nothing_and_the_next_one_tells_exactly_once(clock, programs, olly):
    first = programs.worker()
    programs.beat()
    early = submitted(olly)
    clock.shift(hours(13))
    programs.wait_until(_told(early, "cora", "cole"), "the co-ordinators told")
    programs.kill(first)
    late = submitted(olly)
    clock.shift(hours(24) + minutes(1))
    broker().flushdb()
    programs.worker()
    programs.wait_until(_told(late, "cora", "cole", "sam", "ines"), "the inspector told")
    _alive(programs, clock)
    assert told(early.pk) == ["cora", "cole", "sam", "ines", "chidi"]
    assert told(late.pk) == ["cora", "cole", "sam", "ines"]
    assert _exactly_once()


def test_two_workers_and_two_beats_that_lose_their_queue_again_and_again_tell_exactly_once(
    clock, programs, olly, callie
):
    programs.worker()
    programs.worker()
    programs.beat()
    programs.beat()
    ppns = [submitted(olly) for _ in range(5)]
    incident = called_in(callie, grade="G2")
    bad = a_bad_clock(MONDAY)
    for _ in range(5):
        clock.shift(hours(5))
        broker().flushdb()
        _alive(programs, clock)
    for ppn in ppns:
        assert told(ppn.pk) == ["cora", "cole", "sam", "ines"]
    assert clock_of(incident, "K4").level == 25
    assert Clock.objects.get(pk=bad.pk).trouble.startswith("KeyError")
    assert _exactly_once()
