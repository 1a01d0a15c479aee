"""The life of a return interview, lived many times by the missing team, the MASH and an authority in any order."""

from datetime import timedelta

import pytest
from hypothesis.stateful import initialize, invariant, rule

from access.actor import System, acting
from access.time import now
from missing import chasing
from missing.models import InterviewRequest
from missing.workflow import interviews
from missing.workflow.interviews import as_opened
from partners.models import Disclosure
from sla.models import Clock
from tests.missing.returns import a_child, asked, back, came, council
from tests.workflow.lives import Life, live

pytestmark = pytest.mark.django_db
RUNS = {"requested": {"MC16"}, "held": {"MC17"}, "received": {"MC17R"}, "read": set()}
NAMES = iter(f"Child{number} Example" for number in range(100_000))


class LifeOfAnInterview(Life):
    people = ["maya", "cora", "olly"]

    @initialize()
    def ask(self):
        maya = self.cast["maya"]
        self.begin(asked(maya, back(maya, a_child(maya, next(NAMES)))))

    @rule()
    def ask_for_another(self):
        if len(self.records) < 2:
            self.ask()

    def facts(self):
        last = self.now(self.records[-1])
        none = {"because": "At the door", "who": "Ines"}
        read = {"summary": "The flats", "risks": "None", "learned": [], "plan_updated": "no"}
        return {
            interviews.interview_held: [
                {"held_at": now(), "by_whom": "Ines"},
                {"held_at": last.returned_at - timedelta(hours=1), "by_whom": "Ines"},
            ],
            interviews.interview_came: [
                {"who": "Ines", "said": "She was with Kez", "held_at": now()},
                {"who": "Ines", "said": "More", "held_at": None},
            ],
            interviews.no_interview: [{**none, "outcome": "declined"}, {**none, "outcome": "no_reply"}],
            interviews.read_interview: [{**read, "opened": as_opened(last)}, {**read, "opened": "something else"}],
            interviews.chase: [{}],
        }

    def may_be_refused(self, record, verb, who, facts):
        if verb is interviews.interview_held:
            return facts["held_at"] < record.returned_at
        if verb is interviews.no_interview and facts["outcome"] == "no_reply":
            return record.state not in interviews.OUTSTANDING or not record.chased
        if verb is interviews.read_interview:
            return facts["opened"] != as_opened(record)
        return False

    @rule()
    def the_authority_answers(self):
        record = self.now(self.records[0])
        came(record, System("a partner"), f"Said at {now()}")
        self.done[record.pk] += 1

    @rule()
    def reminders_go_out(self):
        before = {each.pk: self.now(each).chased for each in self.records}
        chasing.chase_all()
        for each in self.records:
            self.done[each.pk] += self.now(each).chased - before[each.pk]

    @invariant()
    def exactly_the_clock_of_its_state_runs(self):
        for record in self.records:
            running = set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True))
            assert running == RUNS[self.now(record).state]

    @invariant()
    def nothing_that_came_is_lost_and_nothing_is_done_unread(self):
        with acting(System("looking")):
            for each in InterviewRequest.objects.all():
                assert (each.state == "read") <= bool(each.summary and each.read_at and each.outcome)
                assert (each.outcome == "completed") <= bool(each.said)
                assert (each.state in interviews.OUTSTANDING) == (not each.outcome)

    @invariant()
    def each_reminder_went_out_once(self):
        with acting(System("looking")):
            for each in InterviewRequest.objects.all():
                assert Disclosure.objects.filter(record=each.pk).count() == each.chased + 1


def test_the_life_of_a_return_interview(clock, cast):
    council()
    live(LifeOfAnInterview, clock, cast)
