"""What a meeting asks of somebody, lived many times over many meetings, in any order."""

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import System, acting
from access.time import now
from briefing.models import Meeting, Reckoning
from briefing.workflow import actions, meetings
from tests.briefing.scenes import a_late_incident, acted_on, everything_decided, item_of, owed, there
from tests.workflow.lives import MODEST, Life
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
LOOKING = System("looking")
OF_A_MEETING = (actions.check_daily_action, actions.daily_action_not_done)


class LifeOfADailyAction(Life):
    people = ["rosa", "dmitri", "sue", "sam"]

    @initialize()
    def the_meeting_asks_for_something(self):
        incident = a_late_incident(self.cast)
        meeting = meetings.begin(self._at_its_hour(owed()), by=self.cast["dmitri"])
        self.begin(acted_on(item_of(meeting, incident), self.cast["dmitri"], self.cast["rosa"]))

    def _at_its_hour(self, meeting):
        if self.clock.at < meeting.meets_at:
            self.clock.set(meeting.meets_at)
        return meeting

    @rule()
    def the_next_meeting_begins(self):
        if self._open() is None:
            meetings.begin(self._at_its_hour(owed()), by=self.cast["dmitri"])

    @rule()
    def the_meeting_ends_unless_something_waits_to_be_looked_at(self):
        meeting, (action,) = self._open(), map(self.now, self.records)
        if meeting is None:
            return
        everything_decided(meeting, self.cast["dmitri"])
        with acting(LOOKING):
            if not meeting.attendees.exists():
                there(meeting, self.cast["dmitri"])
        waits = action.state == "done" and action.done_at <= meeting.opened_at
        late = action.state == "open" and action.by_when <= now() and action.given_at < meeting.opened_at
        if waits:
            with pytest.raises(NotNow, match="nobody has looked"), transaction.atomic():
                meetings.end_meeting(meeting, by=self.cast["dmitri"])
            return
        meetings.end_meeting(meeting, by=self.cast["dmitri"])
        self.done[action.pk] += late
        assert self.now(action).carried_over == action.carried_over + late

    def _open(self):
        with acting(LOOKING):
            return Meeting.objects.filter(state="open").first()

    def facts(self):
        said = [{"said": "Looked at it"}, {"said": " "}]
        return {
            actions.daily_action_done: said,
            actions.check_daily_action: said,
            actions.daily_action_not_done: said,
            actions.daily_action_not_needed: [{"said": "They have moved to another force"}, {"said": ""}],
        }

    def may_be_refused(self, record, verb, who, facts):
        if not facts["said"].strip():
            return True
        if verb is actions.daily_action_done:
            return who == "sam"
        return verb in OF_A_MEETING and self._open() is None

    @invariant()
    def each_meeting_at_which_it_was_late_is_written_down_once(self):
        for record in map(self.now, self.records):
            with acting(LOOKING):
                carried = Reckoning.objects.filter(action=record, found="carried_over")
                assert carried.count() == record.carried_over

    @invariant()
    def it_keeps_its_time_and_its_owner(self):
        for made, record in zip(self.records, map(self.now, self.records), strict=True):
            assert (record.by_when, record.owner_id) == (made.by_when, made.owner_id)


def test_the_life_of_an_action_over_many_meetings(clock, cast):
    LifeOfADailyAction.clock, LifeOfADailyAction.cast = clock, cast
    run_state_machine_as_test(LifeOfADailyAction, settings=settings(MODEST, max_examples=10, stateful_step_count=25))
