"""The life of an incident, lived many times: graded up and down, looked at again, attended or not, closed."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from sla.models import Clock, Escalation
from tests.stories import CALM, called_in
from tests.workflow.lives import PLACES, Life, live
from triage import workflow
from triage.models import NOT_ATTENDED, Grade

pytestmark = pytest.mark.django_db
PEOPLE = st.sampled_from(["callie", "connie", "dev", "olly", "rosa"])
GRADES = st.sampled_from(["G1", "G2", "G3"])
CHILD = st.sampled_from(["yes", "no", "not_known"])
TARGETS = {"G1": "K1", "G2": "K2", "G3": "K3"}


class LifeOfAnIncident(Life):
    def may_be_refused(self, record, verb, who, facts):
        if verb is workflow.regrade:
            return Grade(facts["grade"]).is_lower_than(record.grade) and who != "connie"
        return verb is workflow.close and record.child != "no" and not facts["no_ppn_because"]

    @rule(grade=GRADES, child=CHILD)
    def take_call(self, grade, child):
        if len(self.records) < 2:
            self.begin(called_in(self.cast["callie"], grade=grade, child=child))

    @rule(place=PLACES, who=PEOPLE, grade=GRADES)
    def regrade(self, place, who, grade):
        self.attempt(place, workflow.regrade, who, grade=grade, assessment=CALM, because="More is known")

    @rule(place=PLACES, who=PEOPLE)
    def reassess(self, place, who):
        self.attempt(place, workflow.reassess, who, assessment=CALM, trigger="interval")

    @rule(place=PLACES, who=PEOPLE)
    def assign(self, place, who):
        self.attempt(place, workflow.assign, who, unit="AB12")

    @rule(place=PLACES, who=PEOPLE)
    def attend(self, place, who):
        self.attempt(place, workflow.attend, who)

    @rule(place=PLACES, who=PEOPLE)
    def end_without_attendance(self, place, who):
        self.attempt(place, workflow.end_without_attendance, who, because="Resolved by telephone")

    @rule(place=PLACES, who=PEOPLE, child=CHILD)
    def record_outcome(self, place, who, child):
        facts = {"outcome": "Words given", "child": child, "child_seen": "no", "child_not_seen_because": "At school"}
        self.attempt(place, workflow.record_outcome, who, **facts)

    @rule(place=PLACES, who=PEOPLE, because=st.sampled_from(["", "Covered by another notice"]))
    def close(self, place, who, because):
        self.attempt(place, workflow.close, who, no_ppn_because=because)

    @invariant()
    def a_target_runs_from_the_first_call_for_every_grade_it_ever_had_until_police_arrive(self):
        for record in self.records:
            incident = self.now(record)
            targets = Clock.objects.filter(record=record.pk, deadline__in=TARGETS.values())
            assert TARGETS[incident.grade] in {clock.deadline for clock in targets}
            assert {clock.started_at for clock in targets} == {incident.reported_at}
            assert all((clock.stopped_at is None) == (incident.state in NOT_ATTENDED) for clock in targets)
            assert incident.attend_by == min(clock.due_at for clock in targets)

    @invariant()
    def once_a_target_was_missed_exactly_one_duty_to_look_again_runs_while_police_are_not_there(self):
        for record in self.records:
            missed = self._missed(record)
            running = Clock.running().filter(record=record.pk, deadline="K4").count()
            waiting = self.now(record).state in NOT_ATTENDED
            assert running == (1 if missed and waiting else 0)

    @invariant()
    def looking_again_never_has_longer_than_the_shortest_interval_of_the_targets_missed(self):
        interval = {"K1": 30, "K2": 60, "K3": 240}
        for record in self.records:
            for clock in Clock.running().filter(record=record.pk, deadline="K4"):
                shortest = min(interval[code] for code in self._missed(record))
                assert clock.every.total_seconds() == shortest * 60

    def _missed(self, record):
        rows = Escalation.objects.filter(clock__record=record.pk, percent=100, clock__deadline__in=TARGETS.values())
        return set(rows.values_list("clock__deadline", flat=True))


def test_the_life_of_an_incident(clock, cast):
    live(LifeOfAnIncident, clock, cast)
