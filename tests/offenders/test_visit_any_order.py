"""The visits, assessments and plans of a person, lived many times by two offender managers and a sergeant in any
order."""

from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import NotYours, System, acting
from access.time import now
from offenders.models import Approval, Assessment, ManagementPlan, Nominal, OffenderVisit, PlanTask
from offenders.workflow import approvals, assessments, nominals, plans, visits
from offenders.workflow.nominals import CAN_BE_VISITED
from sla.models import Clock
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    TASKS,
    all_of_it,
    planned_visit,
    task,
    tried_in_vain,
    visited,
    what_a_plan_says,
    what_was_found,
)
from tests.workflow.lives import MODEST, Life
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")
BECAUSE = {"because": "It is so"}
OF_A_VISIT = {"RS12", "RS14"}


class LifeOfAVisit(Life):
    """`records` are visits: one that is planned, and others that come."""

    people = ["omar", "olga", "stella", "hana"]

    @initialize()
    def begin_all(self):
        self.nominal = managed(self.cast["stella"], self.cast["omar"])
        self.begin(planned_visit(self.nominal, self.cast["omar"], now() + timedelta(days=1)))

    def facts(self):
        tried = {"tried_at": now(), "officers": "Omar and Olga", "what_happened": "Nobody answered"}
        soon = {"planned_for": now() + timedelta(days=2)}
        return {
            visits.record_planned_visit: [{"visited_at": now(), "found": what_was_found()}],
            visits.visit_failed: [{**tried, **soon}, {**tried, "planned_for": now()}],
            visits.plan_visit_again: [{**soon, **BECAUSE}, {**soon, "because": " "}],
            visits.cancel_visit: [BECAUSE],
            visits.amend_visit: [{"found": what_was_found()}, {"found": what_was_found(devices="")}],
        }

    def may_be_refused(self, record, verb, who, facts):
        inside = self.of_nominal().state not in CAN_BE_VISITED
        if verb is visits.visit_failed:
            return inside or facts["planned_for"] <= now()
        if verb is visits.record_planned_visit:
            return inside
        if verb is visits.plan_visit_again:
            return facts["because"] == " "
        return verb is visits.amend_visit and facts["found"].devices == ""

    def of_nominal(self):
        with acting(TEST):
            return Nominal.objects.get(pk=self.nominal.pk)

    @rule()
    def another_is_planned_or_refused(self):
        if self.of_nominal().state in CAN_BE_VISITED:
            if len(self.records) < 4:
                self.begin(planned_visit(self.nominal, self.cast["olga"]))
        else:
            with pytest.raises(NotNow):
                planned_visit(self.nominal, self.cast["olga"])

    @rule()
    def somebody_goes_without_a_plan(self):
        if self.of_nominal().state in CAN_BE_VISITED and len(self.records) < 6:
            self.begin(visited(self.nominal, self.cast["omar"]))

    @rule()
    def nobody_answers(self):
        if self.of_nominal().state in CAN_BE_VISITED:
            tried_in_vain(self.nominal, self.cast["omar"])

    @rule()
    def they_are_assessed(self):
        with acting(TEST):
            waits = Assessment.objects.filter(nominal=self.nominal).exclude(state__in=["approved", "superseded"])
            if waits.exists():
                return
        omar, nominal = self.cast["omar"], self.of_nominal()
        draft = assessments.begin_assessment(Assessment(), by=omar, nominal=nominal, tool="arms", why_now="Yearly")
        level = ["low", "medium", "high", "very_high"][len(self.records) % 4]
        assessments.submit_assessment(assessments.write_assessment(draft, by=omar, said=all_of_it(level)), by=omar)

    @rule()
    def a_plan_is_written(self):
        with acting(TEST):
            waits = ManagementPlan.objects.filter(nominal=self.nominal).exclude(state__in=["approved", "superseded"])
            if waits.exists():
                return
        omar = self.cast["omar"]
        plan = plans.begin_plan(ManagementPlan(), by=omar, nominal=self.of_nominal())
        for code in TASKS:
            task(plan, omar, code)
        said = what_a_plan_says(self.nominal, interval_days=20 + 40 * len(self.records))
        plans.submit_plan(plans.write_plan(plan, by=omar, said=said), by=omar)

    @rule()
    def what_waits_is_approved(self):
        self._decide(lambda each: approvals.approve(each, by=self.cast["stella"]))

    @rule()
    def what_waits_is_returned(self):
        self._decide(lambda each: approvals.send_back(each, by=self.cast["stella"], because="Say more"))

    def _decide(self, how):
        with acting(TEST):
            waiting = Approval.objects.filter(state="waiting").order_by("reference").first()
        if waiting is None:
            return
        if waiting.submitted_by_id == self.cast["stella"].pk:
            with pytest.raises(NotYours):
                how(waiting)
            return
        how(waiting)
        if waiting.what == "visit":
            self.done[waiting.record] += 1

    @rule()
    def what_was_returned_goes_again(self):
        with acting(TEST):
            back = [each for kind in (Assessment, ManagementPlan) for each in kind.objects.filter(state="returned")]
        for each in back:
            send = assessments.submit_assessment if isinstance(each, Assessment) else plans.submit_plan
            send(each, by=self.cast["omar"])

    @rule()
    def in_and_out_of_custody(self):
        nominal = self.of_nominal()
        if nominal.state == "in_custody":
            nominals.let_out(nominal, by=TEST, at=now())
        else:
            nominals.taken_in(nominal, by=TEST, whereabouts="remand")

    @rule()
    def reactive_or_active(self):
        nominal = self.of_nominal()
        if nominal.state == "active":
            nominals.made_reactive(nominal, by=TEST)
        elif nominal.state == "reactive":
            nominals.made_active(nominal, by=TEST, because="Seen at a playground", at=now())

    @rule()
    def something_happens(self):
        assessments.reassessment_needed(self.of_nominal(), by=TEST, because="Seen at a playground", at=now())

    @invariant()
    def whoever_is_to_be_visited_is_on_exactly_one_clock_of_a_visit_and_nobody_else_is(self):
        nominal = self.of_nominal()
        runs = Clock.running().filter(record=nominal.pk)
        mine = {each.deadline: each.due_at for each in runs}
        to_visit = nominal.state in ("awaiting_visit", "active", "released")
        assert len(OF_A_VISIT & set(mine)) == int(to_visit), (nominal.state, mine)
        if to_visit:
            assert nominal.visit_due_at == mine.get("RS12", mine.get("RS14"))
        assert "RS15" not in mine or to_visit

    @invariant()
    def whoever_was_seen_waits_for_an_assessment(self):
        nominal = self.of_nominal()
        if nominal.first_visited_at or nominal.assessed_at or nominal.reassess_since:
            assert Clock.running().filter(record=nominal.pk, deadline="RS13").exists()

    @invariant()
    def at_most_one_assessment_and_one_plan_stand(self):
        with acting(TEST):
            for kind in (Assessment, ManagementPlan):
                assert kind.objects.filter(nominal=self.nominal, state="approved").count() <= 1
            assert not PlanTask.objects.filter(plan__state="superseded", state="open").exists()

    @invariant()
    def what_was_sent_waits_for_exactly_one_decision(self):
        with acting(TEST):
            for kind in (OffenderVisit, Assessment, ManagementPlan):
                for each in kind.objects.filter(nominal=self.nominal):
                    waits = Approval.objects.filter(record=each.pk, state="waiting").count()
                    assert waits == int(each.state == "submitted"), each

    @invariant()
    def nobody_approved_their_own(self):
        with acting(TEST):
            for kind in (OffenderVisit, Assessment, ManagementPlan):
                for each in kind.objects.filter(state="approved"):
                    assert each.approved_by_id != each.author_id


def test_the_life_of_visits(clock, cast):
    LifeOfAVisit.clock, LifeOfAVisit.cast = clock, cast
    run_state_machine_as_test(LifeOfAVisit, settings=settings(MODEST, max_examples=12, stateful_step_count=25))
