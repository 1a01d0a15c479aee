"""Who is told when a meeting, its decisions, its minutes or its actions are late; also with the right person away."""

from datetime import UTC, datetime, timedelta

import pytest

from access.actor import acting
from access.time import now
from briefing.models import AgendaItem, Meeting
from briefing.workflow import actions, agenda, meetings
from tests.briefing.scenes import TEST, TUESDAY, acted_on, as_it_is, item_of, opened, over, owed, signed_off
from tests.conftest import hours, minutes
from tests.stories import away, called_in, clock_of, swept, told
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


def test_a_meeting_nobody_opens_climbs_to_the_superintendent_and_the_chief_officer(cast, clock):
    meeting = owed()
    swept(clock, TUESDAY - now())
    assert told(meeting.pk) == []
    swept(clock, timedelta(seconds=1))
    assert told(meeting.pk) == ["dmitri"]
    swept(clock, minutes(15))
    assert told(meeting.pk) == ["dmitri", "sue"]
    swept(clock, minutes(45))
    assert told(meeting.pk) == ["dmitri", "sue", "alma"]


def test_with_the_chair_away_whoever_covers_is_told(cast, dmitri, ines, clock):
    meeting = owed()
    away(dmitri, days=3, cover=ines)
    swept(clock, TUESDAY - now() + minutes(1))
    assert told(meeting.pk) == ["ines"]


def test_its_hour_is_that_of_the_wall_over_the_night_the_clocks_go_forward(cast, clock):
    clock.set(datetime(2026, 3, 28, 20, 0, tzinfo=UTC))
    assert clock_of(owed(), "DM1").due_at == datetime(2026, 3, 29, 8, 15, tzinfo=UTC)


def test_opening_stops_the_clock_and_the_meeting_has_an_hour_to_decide(cast, dmitri, clock):
    meeting = opened(clock, dmitri)
    assert clock_of(meeting, "DM1").stopped_at == clock.at
    swept(clock, hours(1))
    assert told(meeting.pk) == []
    swept(clock, minutes(1))
    assert told(meeting.pk) == ["dmitri"]
    swept(clock, hours(1))
    assert told(meeting.pk) == ["dmitri", "sue"]


def test_minutes_that_nobody_signs_off_climb(cast, dmitri, clock):
    meeting = over(opened(clock, dmitri), dmitri)
    assert clock_of(meeting, "DM3").due_at == clock.at + hours(4)
    swept(clock, hours(12) + minutes(1))
    assert told(meeting.pk)[-3:] == ["dmitri", "sue", "alma"]
    assert meetings.sign_off(as_it_is(meeting), by=dmitri).state == "signed_off"


@pytest.fixture
def action(cast, dmitri, rosa, clock):
    clock.set(TUESDAY - hours(2))
    incident = called_in(cast["callie"])
    return acted_on(item_of(opened(clock, dmitri), incident), dmitri, rosa)


def test_an_action_tells_whoever_has_it_and_then_the_post_above(action, clock):
    assert clock_of(action, "DM4").due_at == action.by_when
    swept(clock, hours(6) * 0.8)
    assert told(action.pk) == []
    swept(clock, minutes(1))
    assert told(action.pk) == ["rosa"]
    swept(clock, hours(6) * 0.2)
    assert told(action.pk) == ["rosa", "rashid"]
    swept(clock, hours(12))
    assert told(action.pk) == ["rosa", "rashid", "dmitri", "sue"]


def test_an_action_of_a_post_is_whoevers_who_holds_it(cast, dmitri, rosa, clock):
    clock.set(TUESDAY - hours(2))
    incident = called_in(cast["callie"])
    item = item_of(opened(clock, dmitri), incident)
    action = acted_on(item, dmitri, None, post="fim")
    swept(clock, hours(6) * 0.8 + minutes(1))
    assert told(action.pk) == ["fin"]
    with pytest.raises(NotNow, match="Force incident manager"):
        actions.daily_action_done(as_it_is(action), by=cast["quinn"], said="Nothing of mine")
    assert actions.daily_action_done(as_it_is(action), by=cast["fin"], said="A unit was sent").state == "done"


def test_an_action_carried_over_twice_is_the_superintendents_to_know_at_once(action, cast, dmitri, clock):
    signed_off(_open_one(), dmitri)
    for times in (1, 2):
        signed_off(opened(clock, dmitri), dmitri)
        assert as_it_is(action).carried_over == times
    clocks = clock_of(action, "DM5")
    assert clocks.started_at == clock.at
    swept(clock, minutes(1))
    assert "sue" in told(action.pk)


def _open_one():
    with acting(TEST):
        return Meeting.objects.get(state="open")


def test_what_is_said_to_be_done_is_looked_at_by_the_next_meeting(action, rosa, dmitri, clock):
    signed_off(_open_one(), dmitri)
    clock.shift(hours(1))
    actions.daily_action_done(as_it_is(action), by=rosa, said="Seen at home with her aunt")
    with pytest.raises(NotNow, match="while a meeting goes on"):
        actions.check_daily_action(as_it_is(action), by=dmitri, said="Read the log")
    meeting = opened(clock, dmitri)
    with pytest.raises(NotNow, match=action.reference):
        over(meeting, dmitri)
    checked = actions.check_daily_action(as_it_is(action), by=dmitri, said="Read the log")
    assert (checked.state, clock_of(action, "DM6").stopped_at) == ("checked", clock.at)
    assert meetings.end_meeting(as_it_is(meeting), by=dmitri).state == "over"


def test_what_was_not_done_is_as_late_as_it_was(action, rosa, dmitri, clock):
    signed_off(_open_one(), dmitri)
    actions.daily_action_done(as_it_is(action), by=rosa, said="Done")
    opened(clock, dmitri)
    again = actions.daily_action_not_done(as_it_is(action), by=dmitri, said="Nobody was there")
    assert (again.state, clock_of(action, "DM4").due_at, again.done_at) == ("open", action.by_when, None)


def test_nothing_is_asked_for_by_a_meeting_that_is_over(action, dmitri, rosa, clock):
    item = as_it_is(action).item_id
    signed_off(_open_one(), dmitri)
    with acting(TEST):
        of = AgendaItem.objects.get(pk=item)
    with pytest.raises(NotNow, match="does not go on"):
        agenda.decide_item(of, by=dmitri, outcome="nothing_more", decision="Too late")
