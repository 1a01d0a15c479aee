"""A task of the ViSOR hub, lived many times by two of the hub, its manager and an inspector in any order."""

from datetime import timedelta

import pytest
from hypothesis.stateful import initialize, invariant, rule

from access.actor import System, acting
from access.time import now
from offenders.models import HubQuery
from offenders.workflow import hub_tasks
from sla.lengths import set_number
from sla.models import Clock
from tests.offenders.hub_scenes import task_of
from tests.offenders.scenes import managed
from tests.workflow.lives import PLACES, Life, live

pytestmark = pytest.mark.django_db
BECAUSE = {"because": "ViSOR has it already"}
KINDS = ["change", "travel_out", "release"]
TO_BE_CHECKED = "Updates on ViSOR checked by a second person, of a hundred"


class LifeOfATask(Life):
    people = ["hana", "hugo", "stella", "imran"]

    @initialize()
    def somebody_tells_the_hub(self):
        self.nominal = managed(self.cast["hana"], self.cast["omar"], "Conrad Fernfold")
        share = {"by": self.cast["imran"], "number": 50, "starts": now(), "because": "Every other"}
        set_number(TO_BE_CHECKED, **share)
        self.begin(task_of(self.cast["hana"], self.nominal))

    @rule(kind=PLACES)
    def of_another(self, kind):
        if len(self.records) < 4:
            happens = now() + timedelta(hours=30) if kind % 3 else None
            self.begin(task_of(self.cast["hana"], self.nominal, kind=KINDS[kind % 3], happens_at=happens))

    @rule(place=PLACES)
    def the_manager_answers(self, place):
        with acting(System("looking")):
            query = HubQuery.objects.filter(state="asked").order_by("pk").first()
        if query:
            task = query.task_id
            if place % 2:
                hub_tasks.answer_query(query, by=self.cast["omar"], answer="The second one")
            else:
                hub_tasks.take_query_back(query, by=self.cast["hana"], because="Found it")
            self.done[task] += 1

    def facts(self):
        return {
            hub_tasks.take_task: [{}],
            hub_tasks.begin_task: [{}],
            hub_tasks.assign_task: [{"to": self.cast["hana"]}, {"to": self.cast["cora"]}],
            hub_tasks.ask_manager: [
                {"question": "Which?", "asked_of": self.cast["omar"]},
                {"question": " ", "asked_of": self.cast["omar"]},
            ],
            hub_tasks.put_on_visor: [
                {"visor_ref": "V-1", "updated_at": now()},
                {"visor_ref": " ", "updated_at": now()},
                {"visor_ref": "V-1", "updated_at": now() + timedelta(minutes=1)},
            ],
            hub_tasks.verify_task: [{}],
            hub_tasks.find_error: [{"found": "Another number"}],
            hub_tasks.close_without_update: [BECAUSE],
        }

    def may_be_refused(self, record, verb, who, facts):
        if verb is hub_tasks.assign_task:
            return facts["to"] == self.cast["cora"]
        if verb in (hub_tasks.verify_task, hub_tasks.find_error):
            return record.updated_by_id == self.cast[who].pk
        if verb is hub_tasks.put_on_visor:
            return facts["visor_ref"] == " " or facts["updated_at"] > now()
        return facts.get("question") == " "

    @invariant()
    def what_visor_does_not_have_has_a_clock_and_what_is_closed_has_none(self):
        for task in map(self.now, self.records):
            running = Clock.running().filter(record=task.pk).count()
            assert running == (0 if task.state == "closed" else 1), task.state
            assert task.due_at

    @invariant()
    def a_question_is_open_exactly_while_its_task_waits(self):
        with acting(System("looking")):
            for task in map(self.now, self.records):
                open_ones = HubQuery.objects.filter(task=task, state="asked")
                assert open_ones.count() == (1 if task.state == "queried" else 0)
                assert Clock.running().filter(record__in=[each.pk for each in open_ones]).count() == open_ones.count()

    @invariant()
    def nobody_has_checked_their_own_update(self):
        for task in map(self.now, self.records):
            assert task.verified_by_id is None or task.verified_by_id != task.updated_by_id


def test_the_life_of_a_task(clock, cast):
    live(LifeOfATask, clock, cast)
