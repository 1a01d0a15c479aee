"""A recommendation, lived many times by whoever keeps it, answers for it and confirms it, in any order."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import System, acting
from access.time import now, today
from quality.models import EvidenceItem, ImprovementAction
from quality.workflow import improvement, improvement_actions
from quality.workflow.improvement import TO_BE_MET
from sla.models import Clock
from tests.quality.improvement_scenes import PUBLISHED, asked_for, recommended
from tests.workflow.lives import MODEST, PLACES, Life

pytestmark = pytest.mark.django_db
MUST_ANSWER = (improvement.take_up, improvement.rate, improvement.propose_met)
NOT_THEIRS = (improvement.confirm_met, improvement.closed_by_inspectorate, improvement.close_by_force)


class LifeOfARecommendation(Life):
    people = ["greta", "chidi", "alma", "sue"]

    @initialize()
    def inspectors_publish(self):
        self.begin(recommended(self.cast["greta"]))

    @rule(place=PLACES)
    def something_is_asked_for_and_done(self, place):
        record = self.now(self.records[0])
        if record.sro_id is None or record.state not in TO_BE_MET:
            return
        sro, quinn, connie = (self.cast[name] for name in ("chidi", "quinn", "connie"))
        sro = sro if record.sro == sro else self.cast["sue"]
        with acting(System("looking")):
            left = record.actions.filter(state="open").first()
        if left is None:
            asked_for(record, sro, connie, days=place)
        else:
            left = improvement_actions.say_done(left, person=connie, said="Done")
            improvement_actions.close_action(left, by=quinn, said="Seen")

    def facts(self):
        said, because = {"said": "Looked at it"}, {"because": "It slipped"}
        return {
            improvement.name_sro: [{"sro": self.cast["chidi"]}, {"sro": self.cast["sue"]}, {"sro": self.cast["olly"]}],
            improvement.take_up: [{}],
            improvement.record_plan: [{"plan_ref": "Plan 1", "plan_sent_on": PUBLISHED}],
            improvement.add_evidence: [
                {"what": "28 of 30", "where_it_is": "Folder", "dated_on": today()},
                {"what": "28 of 30", "where_it_is": "Folder", "dated_on": today() + timedelta(days=1)},
            ],
            improvement.rate: [{"rag": "red", "said": "Late"}, {"rag": "green", "said": "On time"}],
            improvement.propose_met: [said, {"said": " "}],
            improvement.confirm_met: [said],
            improvement.send_back: [because],
            improvement.closed_by_inspectorate: [{"letter": "HMI/1", "letter_on": PUBLISHED}],
            improvement.close_by_force: [said],
            improvement.reopen_recommendation: [because],
        }

    def may_be_refused(self, record, verb, who, facts):
        by = self.cast[who]
        if verb is improvement.name_sro:
            return facts["sro"] == self.cast["olly"]
        if verb is improvement.add_evidence:
            return facts["dated_on"] > today()
        if verb in MUST_ANSWER and record.sro_id != by.pk:
            return True
        if verb is improvement.propose_met:
            return facts["said"] == " " or not self._is_ready(record)
        return verb in NOT_THEIRS and by.pk in (record.sro_id, record.proposed_by_id)

    def _is_ready(self, record):
        with acting(System("looking")):
            left = ImprovementAction.objects.filter(recommendation=record, state__in=["open", "said_done"])
            return EvidenceItem.objects.filter(recommendation=record).exists() and not left.exists()

    @invariant()
    def nobody_has_confirmed_or_closed_what_they_answer_for(self):
        for record in map(self.now, self.records):
            theirs = {record.sro_id, record.proposed_by_id} - {None}
            assert record.confirmed_by_id not in theirs
            assert record.closed_by_id not in theirs

    @invariant()
    def what_is_to_be_met_has_its_clock_and_what_is_met_has_none(self):
        for record in map(self.now, self.records):
            running = {clock.deadline for clock in Clock.running().filter(record=record.pk)}
            if record.state in TO_BE_MET:
                assert "GV2" in running
            else:
                assert not running & {"GV1", "GV2", "GV3", "GV8"}, record.state

    @invariant()
    def it_is_red_since_a_moment_exactly_while_it_is_red(self):
        for record in map(self.now, self.records):
            assert (record.red_since is not None) == (record.rag == "red")
            assert record.red_since is None or record.red_since <= now()


def test_the_life_of_a_recommendation(clock, cast):
    LifeOfARecommendation.clock, LifeOfARecommendation.cast = clock, cast
    run_state_machine_as_test(LifeOfARecommendation, settings=settings(MODEST, max_examples=12, stateful_step_count=20))
