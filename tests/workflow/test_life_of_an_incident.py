"""The life of an incident, lived many times: graded up and down, looked at again, attended or not, closed."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from sla.models import Clock, Escalation
from tests.stories import CALM, called_in
from tests.workflow.lives import Life, live
from triage import workflow
from triage.models import NOT_ATTENDED, Grade

pytestmark = pytest.mark.django_db
ANSWERS = ["yes", "no", "not_known"]
TARGETS = {"G1": "K1", "G2": "K2", "G3": "K3"}


class LifeOfAnIncident(Life):
    people = ["callie", "connie", "dev", "olly", "rosa"]

    def may_be_refused(self, record, verb, who, facts):
        if verb is workflow.regrade:
            return Grade(facts["grade"]).is_lower_than(record.grade) and who != "connie"
        return verb is workflow.close and record.child != "no" and not facts["no_ppn_because"]

    @initialize(grade=st.sampled_from(list(TARGETS)), child=st.sampled_from(ANSWERS))
    def take_call(self, grade, child):
        self.begin(called_in(self.cast["callie"], grade=grade, child=child))

    def facts(self):
        found = {"outcome": "Words given", "child_seen": "no", "child_not_seen_because": "At school"}
        return {
            workflow.regrade: [{"grade": each, "assessment": CALM, "because": "More is known"} for each in TARGETS],
            workflow.reassess: [{"assessment": CALM, "trigger": "interval"}],
            workflow.assign: [{"unit": "AB12"}],
            workflow.attend: [{}],
            workflow.end_without_attendance: [{"because": "Resolved by telephone"}],
            workflow.record_outcome: [{**found, "child": each} for each in ANSWERS],
            workflow.close: [{"no_ppn_because": each} for each in ("", "Covered by another notice")],
        }

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
