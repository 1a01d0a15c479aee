"""A deadline counts hours that pass, also on the two nights when the clock on the wall jumps."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sla.engine import sweep
from tests.conftest import hours, minutes
from tests.sla.made import MOMENT, raised
from tests.stories import CALM, called_in, clock_of, submitted, swept, told
from triage import workflow

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
FORWARD = datetime(2026, 3, 28, 12, 0, tzinfo=LONDON)
BACK = datetime(2026, 10, 24, 12, 0, tzinfo=LONDON)
BOTH_NIGHTS = pytest.mark.parametrize("saturday", [FORWARD, BACK], ids=["forward", "back"])


@BOTH_NIGHTS
def test_a_review_has_24_hours(clock, olly, saturday):
    clock.set(saturday.astimezone(UTC))
    ppn = submitted(olly)
    swept(clock, hours(24))
    assert "ines" not in told(ppn.pk)
    swept(clock, MOMENT)
    assert told(ppn.pk)[-1] == "ines"


@BOTH_NIGHTS
def test_a_call_that_was_told_of_in_local_time_has_48_hours(clock, callie, saturday):
    clock.set(saturday + hours(1))
    incident = called_in(callie, grade="G3", reported_at=saturday)
    running = clock_of(incident, "K3")
    assert running.due_at - running.started_at == hours(48)
    assert running.due_at.astimezone(UTC) == saturday.astimezone(UTC) + hours(48)


@BOTH_NIGHTS
@pytest.mark.parametrize("before", [0, 1, 2, 3])
@pytest.mark.parametrize("grade", ["G1", "G2"])
def test_a_call_of_that_night_has_its_minutes(clock, callie, saturday, before, grade):
    midnight = (saturday + hours(12)).astimezone(UTC)
    reported = (midnight + hours(before) + minutes(30)).astimezone(LONDON)
    clock.set(reported.astimezone(UTC) + minutes(1))
    incident = called_in(callie, grade=grade, reported_at=reported)
    running = clock_of(incident, {"G1": "K1", "G2": "K2"}[grade])
    assert running.due_at - running.started_at == minutes({"G1": 15, "G2": 60}[grade])
    assert running.started_at == reported.astimezone(UTC)


@BOTH_NIGHTS
def test_the_levels_of_a_call_told_of_in_local_time_are_reached_in_elapsed_time(clock, callie, saturday):
    clock.set(saturday.astimezone(UTC) + hours(1))
    incident = called_in(callie, grade="G3", reported_at=saturday)
    clock.set(saturday.astimezone(UTC) + hours(48))
    sweep()
    assert [level for _, level, *_ in raised(incident.pk, "K3")] == [1]
    swept(clock, MOMENT)
    assert [level for _, level, *_ in raised(incident.pk, "K3")] == [1, 2]


@BOTH_NIGHTS
def test_looking_at_the_risk_again_falls_due_after_elapsed_hours(clock, callie, connie, saturday):
    clock.set(saturday.astimezone(UTC) - hours(48))
    incident = called_in(callie, grade="G3")
    swept(clock, hours(60))
    workflow.reassess(incident, by=connie, assessment=CALM, trigger="target_missed")
    assert clock_of(incident, "K4").due_at == clock.at.astimezone(UTC) + hours(4)
