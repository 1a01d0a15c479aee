"""The life of a notice, lived many times by a co-ordinator, a sergeant, an officer and a supervisor: whatever they do,
in whatever order, nothing is filed undecided and nothing waits that nobody watches.

The long run, five hundred lives of fifty steps: LONGSTOP_LONG=1 make test PYTEST_ARGS="-n 0 tests/ppn/test_life.py"
"""

import os
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from access.actor import NotYours, System, acting
from partners.models import Agency
from ppn import workflow
from ppn.models import DetailRequest, Ppn, Trigger
from ppn.triggers import BY_HAND
from ppn.workflow import Harm, SubjectFacts
from sla.models import Clock
from tests.partners.scenes import everybody_settled
from tests.ppn.scenes import GROUNDS, NONE_OF_IT, council
from tests.stories import a_notice
from tests.workflow.lives import MODEST, PLACES, Life
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
LONG = settings(MODEST, max_examples=500, stateful_step_count=50)
QUICK = settings(MODEST, max_examples=30, stateful_step_count=25)
ANSWERS = ["yes", "no", "not_known"]
GRADES = ["red", "amber", "green", "blue"]
ADULT = SubjectFacts(part="adult", name="not known", seen="yes", spoken_to="yes")
WATCHED_BY = {"submitted": "P2", "under_research": "P2", "risk_assessed": "P5", "shared": "PF"}
ON_THE_WAY = {"P2", "P3", "P5", "PF"}


class LifeOfANotice(Life):
    people = ["cora", "sam", "olly", "rosa"]

    @initialize(child=st.sampled_from(ANSWERS), grade=st.sampled_from(GRADES), protected=st.booleans())
    def submit(self, child, grade, protected):
        harm = Harm(police_did=["protection"]) if protected else Harm()
        said = {"child": child, "grade": grade, "types": ["adult_at_risk"]}
        about = {"notice": a_notice(**said), "subjects": [ADULT], "harm": harm}
        self.begin(workflow.submit(Ppn(), by=self.cast["olly"], **about))

    @rule(child=st.sampled_from(ANSWERS), protected=st.booleans())
    def submit_another(self, child, protected):
        if len(self.records) < 3:
            self.submit(child, "amber", protected)

    def facts(self):
        assessed = {"systems_checked": "RMS", "assessment": "x", "because": "History"}
        shared = {"agencies": list(Agency.objects.all()), "summary": "Seen", "grounds": GROUNDS}
        why = {"because": "Agreed with the social worker"}
        asked = [NONE_OF_IT, {**NONE_OF_IT, "T8": "yes"}, {}]
        return {
            workflow.take: [{}],
            workflow.put_back: [{"because": "Going off duty"}],
            workflow.found_a_child: [{"how_we_know": "School record"}],
            workflow.assess: [{**assessed, "grade": grade, "asked": each} for grade in GRADES for each in asked],
            workflow.share: [shared],
            workflow.check: [{"said": "Good that you wrote down her own words"}],
            workflow.force_a_look: [{"code": code, "why": "She said so"} for code in BY_HAND],
            workflow.decide_strategy: [{"decision": each, **why} for each in ("held", "not_needed")],
            workflow.reopen: [{"because": "Her school rang"}],
            workflow.file: [{"strategy_meeting": each, **why} for each in ("held", "not_needed", "requested")],
        }

    def attempt(self, record, verb, who, facts):
        """Who may, where it can be done, may still be refused: something is in the way. Then nothing has happened."""
        by = self.cast[who]
        allowed = by.can(verb.may) and verb.open_from(record.state)
        try:
            with transaction.atomic():
                after = verb(record, by=by, **facts)
        except (NotNow, NotYours):
            assert self.now(record).state == record.state
            return
        assert allowed
        assert after.state in (verb.states_after() or (record.state,))
        self.done[record.pk] += 1

    def one(self, place, *states):
        found = [each for each in map(self.now, self.records) if each.state in states]
        return found[place % len(found)] if found else None

    @rule(place=PLACES)
    def every_agency_is_settled(self, place):
        if ppn := self.one(place, "risk_assessed", "shared"):
            everybody_settled(ppn, self.cast["cora"], self.cast["sam"])

    @rule(place=PLACES)
    def the_officer_is_asked(self, place):
        if ppn := self.one(place, *WATCHED_BY):
            workflow.ask_for_detail(DetailRequest(), by=self.cast["cora"], ppn=ppn, question="Who was there?")

    @rule()
    def the_officer_answers(self):
        for request in looked(DetailRequest, state="asked"):
            workflow.answer_detail(request, by=self.cast["olly"], answer="Not known")

    @rule(meet=st.booleans())
    def a_co_ordinator_proposes(self, meet):
        for trigger in looked(Trigger, state="raised")[:1]:
            proposal = "meet" if meet else "no_meeting"
            workflow.propose(trigger, by=self.cast["cora"], proposal=proposal, because="She is eight")

    @rule(place=PLACES)
    def everything_in_the_way_is_done(self, place):
        """Nothing is filed by luck alone."""
        if ppn := self.one(place, "shared"):
            self.the_officer_answers()
            self.every_agency_is_settled(place)
            sam, why = self.cast["sam"], "Agreed with the social worker"
            self.attempt(ppn, workflow.decide_strategy, "sam", {"decision": "not_needed", "because": why})
            self.attempt(self.now(ppn), workflow.file, "sam", {"strategy_meeting": "not_needed", "because": why})
            assert sam.can(workflow.file.may)

    @invariant()
    def a_filed_notice_has_been_shared_and_decided_and_nothing_is_left(self):
        for ppn in looked(Ppn, state="filed"):
            assert ppn.strategy_decision
            assert ppn.shared_at
            assert not looked(Trigger, ppn=ppn, state__in=["raised", "proposed"])
            assert not looked(DetailRequest, ppn=ppn, state="asked")

    @invariant()
    def exactly_what_is_open_is_watched(self):
        for record in self.records:
            state = self.now(record).state
            running = set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True)) & ON_THE_WAY
            assert running - {"P3"} == ({WATCHED_BY[state]} if state in WATCHED_BY else set())
        for trigger in looked(Trigger):
            assert Clock.running().filter(record=trigger.pk).exists() == (trigger.state != "decided")
        for request in looked(DetailRequest):
            assert Clock.running().filter(record=request.pk).exists() == (request.state == "asked")

    @invariant()
    def no_deadline_runs_twice(self):
        running = Counter(Clock.running().values_list("record", "deadline"))
        assert all(number == 1 for number in running.values())

    @invariant()
    def the_queue_is_in_the_order_of_the_clocks(self):
        for record in self.records:
            first = Clock.running().filter(record=record.pk, deadline__in=ON_THE_WAY).order_by("due_at").first()
            if first:
                assert self.now(record).due_at == first.due_at

    @invariant()
    def a_notice_is_held_by_somebody_exactly_once_it_is_researched(self):
        for record in self.records:
            ppn = self.now(record)
            assert (ppn.taken_by_id is None) == (ppn.state == "submitted")


def looked(model, **which):
    with acting(System("looking")):
        return list(model.objects.filter(**which).order_by("pk"))


def test_the_life_of_a_notice(clock, cast):
    council()
    LifeOfANotice.clock, LifeOfANotice.cast = clock, cast
    run_state_machine_as_test(LifeOfANotice, settings=LONG if os.environ.get("LONGSTOP_LONG") else QUICK)
