"""Several targets of one incident were missed before anybody looked: what follows is one duty, as if somebody had."""

from __future__ import annotations

from typing import Any

import pytest

from access.actor import System, signed
from sla.engine import settle, sweep
from sla.models import Clock, Escalation
from tests.conftest import hours, minutes
from tests.stories import called_in, regraded
from tests.workflow.lives import moments_before

pytestmark = pytest.mark.django_db


def graded_three_times(cast: dict[str, Any], clock: Any) -> Any:
    """Grade 3, then 2, then 1: each of the three targets still runs from the first call."""
    incident = called_in(cast["callie"], grade="G3")
    for grade in ("G2", "G1"):
        clock.shift(minutes(1))
        incident = regraded(incident, cast["callie"], grade)
    return incident


def told(incident: Any) -> list[tuple[str, int, Any]]:
    rows = Escalation.objects.filter(clock__record=incident.pk)
    return sorted(rows.values_list("clock__deadline", "level", "due_at"))


@pytest.mark.parametrize("later", [60, 61, 180, 181, 600, 1440])
def test_one_sweep_long_after_tells_what_a_sweep_each_minute_would_have_told(cast, clock, later):
    often, began = graded_three_times(cast, clock), clock.at
    for minute in range(1, later + 1):
        clock.set(began + minutes(minute))
        sweep()
    clock.set(began - minutes(2))
    late = graded_three_times(cast, clock)
    clock.set(began + minutes(later))
    sweep()
    assert told(late) == told(often)
    assert_nothing_is_in_trouble(late, clock)


def test_a_duty_that_runs_already_and_comes_nearer_in_the_same_moment_is_told_once(cast, clock):
    """Another rule has begun it with four hours between looks; the target that was missed asks for one each hour."""
    incident = called_in(cast["callie"], grade="G2")
    about = {"kind": "triage.incident", "record": incident.pk, "reference": incident.reference, "no_child": False}
    four_hours = {"every": hours(4), "due_at": clock.at + hours(4), "next_at": clock.at + hours(4)}
    with signed(System("test")):
        Clock.objects.create(deadline="K4", started_at=clock.at, **about, **four_hours)
    clock.shift(hours(24))
    with signed(System("test")):
        settle(incident.pk, clock.at)
    assert_nothing_is_in_trouble(incident, clock)
    assert Escalation.objects.filter(clock__record=incident.pk, clock__deadline="K4").count() == 23


def assert_nothing_is_in_trouble(incident, clock):
    for each in Clock.running().filter(record=incident.pk):
        assert each.trouble == "", (each, each.trouble)
        assert each.level == moments_before(each, clock.at), each
