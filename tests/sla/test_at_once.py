"""Two sweeps, or a sweep and a person, at the same moment: nothing is told twice and nothing is lost."""

import pytest

from ppn import workflow
from sla.engine import raise_batch, sweep
from sla.models import Clock, Escalation, Heartbeat, Notification
from tests.conftest import MONDAY, hours, minutes
from tests.sla.made import a_clock, at_once, raised, submitted
from tests.stories import CALM, called_in, told
from triage import workflow as triage_workflow

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_sweeps_at_once_raise_each_level_of_each_clock_exactly_once(clock, cast):
    Clock.objects.bulk_create([a_clock(MONDAY, hours(24)) for _ in range(200)])
    clock.set(MONDAY + hours(25))
    found = at_once(*[lambda: sweep(20)] * 4)
    assert sum(found) == 200
    assert Escalation.objects.count() == 200 * 3
    assert Notification.objects.count() == 200 * 4
    assert set(Clock.objects.values_list("level", flat=True)) == {3}
    assert Heartbeat.objects.get().at == MONDAY + hours(25)


def test_two_batches_at_once_share_the_work_between_them(clock, cast):
    Clock.objects.bulk_create([a_clock(MONDAY, hours(24)) for _ in range(40)])
    clock.set(MONDAY + hours(13))
    assert sum(at_once(*[lambda: raise_batch(20)] * 2)) <= 40
    sweep()
    assert Escalation.objects.count() == 40


def test_a_duty_that_begins_with_a_miss_begins_once_however_many_sweeps_see_the_miss(clock, callie):
    incidents = [called_in(callie, grade="G1") for _ in range(20)]
    clock.set(MONDAY + minutes(46))
    at_once(*[lambda: sweep(3)] * 4)
    for incident in incidents:
        assert Clock.objects.filter(record=incident.pk, deadline="K4").count() == 1
        assert [level for _, level, *_ in raised(incident.pk, "K4")] == [1, 2]


def test_a_review_that_ends_while_it_is_swept_has_its_breach_recorded_once(clock, olly, cora):
    ppns = [workflow.take(submitted(olly), by=cora) for _ in range(5)]
    clock.set(MONDAY + hours(25))

    def assess_all():
        for ppn in ppns:
            workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="Late", grade="amber", because="")

    at_once(assess_all, lambda: sweep(1), lambda: sweep(1))
    for ppn in ppns:
        assert told(ppn.pk) == ["cora", "cole", "sam", "ines"]


def test_incidents_looked_at_while_they_are_swept_are_neither_lost_nor_doubled(clock, callie, connie):
    incidents = [called_in(callie, grade="G1") for _ in range(5)]
    clock.set(MONDAY + minutes(16))

    def look_at_all():
        for incident in incidents:
            triage_workflow.reassess(incident, by=connie, assessment=CALM, trigger="target_missed")

    answers = at_once(look_at_all, lambda: sweep(1), lambda: sweep(1))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    for incident in incidents:
        assert [(code, level) for code, level, *_ in raised(incident.pk)] == [("K1", 1), ("K4", 1)]
        assert Clock.running().filter(record=incident.pk, deadline="K4").count() == 1
