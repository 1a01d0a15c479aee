"""A strategy meeting from request to close, and each thing that is refused on the way."""

from datetime import date

import pytest

from sla.models import Clock
from strategy import workflow
from tests.stories import hours
from tests.strategy.meetings import STARTS, answered, asked, given, held, minuted

pytestmark = pytest.mark.django_db


def running(record):
    return set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True))


def test_the_whole_life_of_a_meeting(sam, cora, clock):
    meeting = asked(sam)
    assert (meeting.state, running(meeting)) == ("requested", {"P10", "P10A"})
    meeting = answered(meeting, cora)
    assert (meeting.state, running(meeting)) == ("accepted", {"P10"})
    meeting = workflow.plan(meeting, by=cora, planned_for=clock.at + hours(2), mode="video")
    assert (meeting.state, running(meeting)) == ("planned", {"P10", "P11D"})
    clock.shift(hours(3))
    meeting = held(meeting, cora, decisions=STARTS)
    assert (meeting.state, running(meeting)) == ("held", {"P11", "P12"})
    action = given(meeting, cora, due_at=clock.at + hours(4))
    meeting = minuted(meeting, cora)
    assert (meeting.state, running(meeting)) == ("minuted", {"P12", "SC"})
    meeting = workflow.set_conference(meeting, by=cora, on=date(2026, 3, 19), late_because="")
    workflow.action_done(action, by=cora, how="Seen by her nurse")
    meeting = workflow.close(meeting, by=cora)
    assert (meeting.state, running(meeting)) == ("closed", set())
