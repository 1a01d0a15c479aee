"""The life of a strategy meeting, lived many times by a co-ordinator and a sergeant in any order."""

from datetime import date, timedelta

import pytest
from hypothesis.stateful import initialize, invariant, rule

from access.actor import System, acting
from access.time import now
from sla.models import Clock
from strategy import workflow
from strategy.codes import OPEN, WAS_HELD, State
from strategy.models import Action, Decision, StrategyMeeting
from strategy.workflow import NOT_DECIDED
from tests.strategy.meetings import GROUNDS, STARTS, TABLE, asked, the_council
from tests.workflow.lives import Life, live
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
RUNS = {
    "requested": {"P10", "P10A"},
    "accepted": {"P10"},
    "declined": {"P10", "P10R"},
    "planned": {"P10", "P11D"},
    "held": {"P11"},
    "minuted": {"SC"},
    "stands": set(),
    "cancelled": set(),
    "closed": set(),
}
"""What runs in each state, besides what a conference owes."""


class LifeOfAMeeting(Life):
    people = ["cora", "sam"]

    @initialize()
    def ask(self):
        self.begin(asked(self.cast["sam"], immediate="no"))

    @rule()
    def ask_for_another(self):
        if len(self.records) < 2:
            self.ask()

    def facts(self):
        because = {"because": "It is so"}
        answer = {"by_name": "Ash", "because": "They said so", "answered_at": now()}
        time = {"planned_for": now() + timedelta(hours=2), "mode": "phone"}
        held = {"held_at": now(), "mode": "phone", "no_quorum_because": "", "next_on": None}
        return {
            workflow.accepted: [answer],
            workflow.declined: [answer],
            workflow.ask_again: [{**because, "grounds": GROUNDS}],
            workflow.let_it_stand: [because],
            workflow.risk_rose: [because],
            workflow.cancel: [because],
            workflow.plan: [time],
            workflow.plan_again: [{**time, **because}],
            workflow.hold: [
                {**held, "attendees": TABLE, "decisions": NOT_DECIDED},
                {**held, "attendees": TABLE, "decisions": STARTS},
                {**held, "attendees": TABLE[:1], "decisions": STARTS},
            ],
            workflow.record_minutes: [{"text": "All agreed", "document": None}],
            workflow.set_conference: [
                {"on": date(2026, 3, 18), "late_because": ""},
                {"on": date(2027, 3, 18), "late_because": "No room before"},
            ],
            workflow.no_conference: [because],
            workflow.close: [{}],
        }

    def may_be_refused(self, record, verb, who, facts):
        if verb is workflow.risk_rose:
            return record.risk_is_immediate == "yes"
        if verb is workflow.hold:
            return len(facts["attendees"]) < 3
        if verb in (workflow.set_conference, workflow.no_conference):
            too_early = verb is workflow.set_conference and record.held_at and facts["on"] < record.held_at.date()
            unsaid = verb is workflow.set_conference and not facts["late_because"] and _late(record, facts["on"])
            return not record.starts_section_47 or too_early or unsaid
        with acting(System("looking")):
            return verb is workflow.close and bool(workflow.still_needed(record))

    @rule()
    def an_action_is_given(self):
        meeting = self.now(self.records[0])
        given = {"what": "See Anya", "owner": self.cast["sam"], "agency": None, "name_there": ""}
        due = self.clock.at + timedelta(days=1)
        if meeting.state in WAS_HELD and due < meeting.held_at + timedelta(days=90):
            workflow.add_action(Action(), by=self.cast["cora"], meeting=meeting, due_at=due, **given)
        else:
            with pytest.raises(NotNow):
                workflow.add_action(Action(), by=self.cast["cora"], meeting=meeting, due_at=due, **given)

    @rule()
    def an_action_is_done(self):
        with acting(System("looking")):
            action = Action.objects.filter(state="open").order_by("reference").first()
        if action:
            workflow.action_done(action, by=self.cast["cora"], how="Seen")

    @invariant()
    def a_closed_meeting_has_nothing_left_to_do(self):
        with acting(System("looking")):
            for meeting in StrategyMeeting.objects.filter(state=State.CLOSED):
                assert not meeting.actions.filter(state="open").exists()
                assert meeting.minutes.exists()
                assert meeting.conference_is_settled or not meeting.starts_section_47
                assert not meeting.conference_is_late

    @invariant()
    def exactly_the_clocks_of_its_state_run(self):
        for record in self.records:
            meeting = self.now(record)
            owes = meeting.starts_section_47 and (not meeting.conference_is_settled or meeting.conference_is_late)
            running = set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True))
            assert running == RUNS[meeting.state] | ({"P12"} if owes else set()), meeting.state

    @invariant()
    def what_is_open_has_its_nearest_time_on_it(self):
        for record in self.records:
            meeting = self.now(record)
            if meeting.state in OPEN:
                nearest = Clock.running().filter(record=record.pk).order_by("due_at").first()
                assert meeting.due_at == nearest.due_at

    @invariant()
    def a_meeting_that_was_held_has_answered_every_question(self):
        with acting(System("looking")):
            for meeting in StrategyMeeting.objects.exclude(held_at=None):
                assert Decision.objects.filter(meeting=meeting).count() == 7
                assert bool(meeting.absent) <= bool(meeting.no_quorum_because)


def _late(record, day):
    return bool(record.conference_by and day > record.conference_by)


def test_the_life_of_a_meeting(clock, cast):
    the_council()
    live(LifeOfAMeeting, clock, cast)
