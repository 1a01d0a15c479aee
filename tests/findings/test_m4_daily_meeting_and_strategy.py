"""M4: the daily meeting looked at children at high risk, and little changed for the others; the agencies were not asked
to meet."""

import pytest

from access.actor import NotYours, System, acting
from missing import workflow
from missing.models import DailyDecision, PlanAction
from tests.conftest import hours, minutes
from tests.missing.scenes import found, graded, reported
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


def told(episode, code):
    return [people for *_, people in raised(episode.pk, code)]


@pytest.mark.parametrize("risk", ["high", "medium", "low"])
def test_each_child_is_decided_at_each_meeting_whatever_the_risk(clock, cast, risk):
    episode = graded(cast, risk)
    due = clock_of(episode, "MC10").due_at
    assert due - clock.at == hours(25)  # reported at nine on Monday: by the end of Tuesday's meeting
    clock.set(due)
    swept(clock, MOMENT)
    assert told(episode, "MC10") == [["dmitri"]]
    swept(clock, hours(25))
    assert told(episode, "MC10") == [["dmitri"], ["sue"]]


def test_yesterdays_decision_is_none_for_today(clock, cast):
    episode = graded(cast, "low")
    clock.shift(hours(24) + minutes(10))
    workflow.decide_daily(episode, by=cast["dmitri"], decision="Ask her school again")
    swept(clock, hours(1))
    assert told(episode, "MC10") == []
    swept(clock, hours(24))
    assert told(episode, "MC10") == [["dmitri"]]


def test_with_the_chair_away_the_cover_is_told(clock, cast):
    episode = graded(cast, "low")
    away(cast["dmitri"], days=7, cover=cast["ines"])
    swept(clock, hours(25) + MOMENT)
    assert told(episode, "MC10") == [["ines"]]


def test_what_the_meeting_decides_is_kept_and_what_it_wants_done_is_somebodys_by_a_time(clock, cast):
    episode = graded(cast)
    about = {"by": cast["dmitri"], "decision": "Dogs, along the river"}
    for missing in ({"owner": None, "due_at": clock.at + hours(2)}, {"owner": cast["olly"], "due_at": None}):
        with pytest.raises(NotNow, match="an owner and a time"):
            workflow.decide_daily(episode, what="Ask for dogs", **about, **missing)
    workflow.decide_daily(episode, what="Ask for dogs", owner=cast["olly"], due_at=clock.at + hours(2), **about)
    with acting(TEST):
        assert [row.decision for row in DailyDecision.objects.filter(episode=episode)] == ["Dogs, along the river"]
        action = PlanAction.objects.get(episode=episode)
    swept(clock, hours(2) + MOMENT)
    assert (action.source, told(action, "MCA")) == ("daily_meeting", [["rosa"]])


def test_a_decision_says_something_and_is_the_meetings(cast):
    episode = graded(cast)
    with pytest.raises(NotNow):
        workflow.decide_daily(episode, by=cast["dmitri"], decision=" ")
    with pytest.raises(NotYours):
        workflow.decide_daily(episode, by=cast["rosa"], decision="Go on")


def test_a_child_reported_three_times_in_ninety_days_is_put_to_the_agencies_at_once(clock, cast, callie, olly):
    episode = reported(callie)
    for _ in range(2):
        found(episode, olly)
        clock.shift(hours(24 * 20))
        episode = reported(callie, episode.person)
    assert "repeated" in episode.needs_meeting
    swept(clock, hours(24) + MOMENT)
    assert told(episode, "MC11") == [["sam"], ["ines"], ["chidi"]]


def test_that_none_is_needed_is_said_with_a_reason_by_a_sergeant_and_by_nobody_else(clock, cast):
    episode = reported(cast["callie"])
    clock.shift(hours(25))
    for who in ("olly", "rosa", "cora", "rashid"):
        with pytest.raises(NotYours):
            workflow.no_meeting(episode, by=cast[who], because="Not needed")
    with pytest.raises(NotNow, match="why the agencies need not meet"):
        workflow.no_meeting(episode, by=cast["sam"], because=" ")
    workflow.no_meeting(episode, by=cast["sam"], because="They met about her this morning")
    swept(clock, hours(48))
    assert told(episode, "MC11") == [["sam"]]
