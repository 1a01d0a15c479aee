"""The stay of a child in the cohort, lived many times by a co-ordinator, a sergeant and an inspector in any order."""

from datetime import timedelta

import pytest
from hypothesis.stateful import initialize, invariant, rule

from access.actor import System, acting
from access.time import now
from cohort import workflow
from cohort.models import CohortEntry, CohortMeeting, ExploitationAssessment, PlanStep, RiskPlan
from sla.models import Clock
from tests.cohort.children import WORDS, a_child, given, met, plan_of, proposed
from tests.strategy.meetings import the_council
from tests.workflow.lives import Life, live
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
BECAUSE = {"because": "It is so"}


class LifeOfAnEntry(Life):
    people = ["maya", "milo", "ines"]

    @initialize()
    def propose(self):
        number = len(self.records)
        self.begin(proposed(self.cast["maya"], a_child(self.cast["maya"], f"Child{'abc'[number]} Example")))

    @rule()
    def propose_another(self):
        if len(self.records) < 3:
            self.propose()

    @rule()
    def the_same_child_is_proposed_again(self):
        entry = self.now(self.records[0])
        if entry.state in ("proposed", "in_cohort"):
            with pytest.raises(NotNow):
                proposed(self.cast["maya"], entry.person)

    def facts(self):
        kinds = {"exploitation": ["cse"], "tool": "ceraf", "tool_score": "High", **BECAUSE}
        vale, sallow = the_council(), the_council("Sallow Council")
        return {
            workflow.take_in: [
                {**kinds, "authority": vale, "lead": self.cast["maya"]},
                {**kinds, "authority": sallow, "lead": self.cast["milo"]},
                {**kinds, "authority": vale, "lead": self.cast["olly"]},
            ],
            workflow.not_take: [BECAUSE, {"because": " "}],
            workflow.assess: [kinds, {**kinds, "exploitation": ["none_known", "cce"]}],
            workflow.change_lead: [{**BECAUSE, "lead": self.cast["cora"]}],
            workflow.change_authority: [{**BECAUSE, "authority": sallow}],
            workflow.leave: [{**BECAUSE, "answers": {}}, {**BECAUSE, "answers": self.answers()}],
        }

    def answers(self):
        with acting(System("looking")):
            return {step.pk: "Her adviser does it" for step in PlanStep.objects.filter(state="open")}

    def may_be_refused(self, record, verb, who, facts):
        if verb is workflow.take_in:
            return facts["lead"] == self.cast["olly"]
        if verb is workflow.assess:
            return "none_known" in facts["exploitation"]
        if verb is workflow.not_take:
            return facts["because"] == " "
        if verb is workflow.leave:
            with acting(System("looking")):
                return not facts["answers"] and bool(workflow.open_steps(record))
        return False

    @rule()
    def the_plan_is_updated(self):
        for entry in self.in_cohort()[:1]:
            workflow.update_risk_plan(plan_of(entry), by=self.cast["maya"], said=WORDS)

    @rule()
    def a_step_is_given(self):
        for entry in self.in_cohort()[-1:]:
            given(entry, self.cast["maya"])

    @rule()
    def the_child_is_missing(self):
        for entry in self.in_cohort()[:1]:
            before = plan_of(entry).due_at
            workflow.went_missing(entry.person, reference="MIS-1", at=now())
            assert plan_of(entry).due_at <= before

    @rule()
    def the_agencies_meet(self):
        with acting(System("looking")):
            meetings = list(CohortMeeting.objects.filter(state="planned").select_related("authority"))
        for meeting in meetings[:1]:
            met(meeting, self.cast["maya"])

    @rule()
    def the_meeting_is_cancelled(self):
        with acting(System("looking")):
            meetings = list(CohortMeeting.objects.filter(state="planned"))
        for meeting in meetings[-1:]:
            workflow.cancel_meeting(meeting, by=self.cast["milo"], because="Snow")

    def in_cohort(self):
        with acting(System("looking")):
            rows = CohortEntry.objects.filter(state="in_cohort").select_related("person").order_by("reference")
            return list(rows)

    @invariant()
    def a_child_in_the_cohort_has_a_plan_a_clock_an_assessment_and_a_meeting_to_come(self):
        for entry in self.in_cohort():
            plan = plan_of(entry)
            assert plan.state == "current"
            assert Clock.running().get(record=plan.pk).deadline == "MC19R"
            assert Clock.running().get(record=plan.pk).due_at == plan.due_at
            with acting(System("looking")):
                assert ExploitationAssessment.objects.filter(entry=entry).exists()
                meeting = CohortMeeting.objects.get(authority=entry.authority_id, state="planned")
            assert Clock.running().get(record=meeting.pk).deadline == "MC19"

    @invariant()
    def whoever_is_proposed_waits_on_a_clock_and_whoever_is_not_in_waits_on_none(self):
        for record in self.records:
            entry = self.now(record)
            running = set(Clock.running().filter(record=entry.pk).values_list("deadline", flat=True))
            assert running == ({"MC19D"} if entry.state == "proposed" else set())

    @invariant()
    def nothing_of_a_child_who_left_is_open(self):
        with acting(System("looking")):
            assert not PlanStep.objects.filter(plan__entry__state="left", state="open").exists()
            assert not RiskPlan.objects.filter(entry__state="left", state="current").exists()
            assert not CohortEntry.objects.filter(state="left", left_because="").exists()

    @invariant()
    def a_meeting_is_never_due_later_than_a_month_after_the_last(self):
        with acting(System("looking")):
            for meeting in CohortMeeting.objects.filter(state="planned"):
                assert meeting.due_at <= meeting.counts_from + timedelta(days=31)


def test_the_life_of_an_entry(clock, cast):
    the_council()
    the_council("Sallow Council")
    live(LifeOfAnEntry, clock, cast)
