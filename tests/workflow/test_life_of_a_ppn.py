"""The life of a notice, lived many times by two co-ordinators, a sergeant and an officer."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from access.actor import System, acting, signed
from partners.models import Agency, Disclosure
from ppn import workflow
from ppn.models import Ppn
from ppn.workflow import Grounds, SubjectFacts
from sla.models import Clock
from tests.stories import submitted
from tests.workflow.lives import Life, live

pytestmark = pytest.mark.django_db
ANSWERS = ["yes", "no", "not_known"]
GRADES = ["red", "amber", "green", "blue"]
GROUNDS = Grounds(basis="public_task", why_needed="To see the child", informed="yes")
NOBODY_KNOWN = SubjectFacts(part="adult", name="not known", seen="yes", spoken_to="yes")
WATCHED_BY = {"submitted": "P2", "under_research": "P2", "risk_assessed": "P5", "shared": "P9"}


class LifeOfAPpn(Life):
    people = ["cora", "cole", "sam", "olly"]

    @initialize(child=st.sampled_from(ANSWERS), grade=st.sampled_from(GRADES))
    def submit(self, child, grade):
        said = {"child": child, "grade": grade, "types": ["adult_at_risk"]}
        self.begin(submitted(self.cast["olly"], subjects=[NOBODY_KNOWN], **said))

    @rule(child=st.sampled_from(ANSWERS))
    def submit_another(self, child):
        if len(self.records) < 3:
            self.submit(child, "amber")

    def facts(self):
        assessed = {"systems_checked": "RMS", "assessment": "x", "because": "History"}
        shared = {"agencies": list(Agency.objects.all()), "summary": "Seen", "grounds": GROUNDS}
        return {
            workflow.take: [{}],
            workflow.put_back: [{"because": "Going off duty"}],
            workflow.found_a_child: [{"how_we_know": "School record"}],
            workflow.assess: [{**assessed, "grade": grade} for grade in GRADES],
            workflow.share: [shared],
            workflow.file: [{"strategy_meeting": each, "because": "Agreed"} for each in ("requested", "not_needed")],
        }

    @invariant()
    def a_filed_notice_has_been_shared_and_has_a_decision(self):
        with acting(System("looking")):
            filed = list(Ppn.objects.filter(state="filed"))
            assert all(ppn.strategy_decision and ppn.shared_at for ppn in filed)
            assert all(Disclosure.objects.filter(record=ppn.pk).exists() for ppn in filed)

    @invariant()
    def exactly_the_deadline_of_its_state_runs(self):
        for record in self.records:
            running = set(Clock.running().filter(record=record.pk).values_list("deadline", flat=True))
            state = self.now(record).state
            assert running == ({WATCHED_BY[state]} if state in WATCHED_BY else set())

    @invariant()
    def the_queue_is_in_the_order_of_the_clocks(self):
        for record in self.records:
            clocks = Clock.objects.filter(record=record.pk)
            first = clocks.filter(stopped_at=None).order_by("due_at").first()
            assert self.now(record).due_at == (first or clocks.get(deadline="P9")).due_at

    @invariant()
    def a_notice_is_held_by_somebody_exactly_while_it_is_researched_or_later(self):
        for record in self.records:
            ppn = self.now(record)
            assert (ppn.taken_by_id is None) == (ppn.state == "submitted")


def test_the_life_of_a_notice(clock, cast):
    with signed(System("test")):
        Agency.objects.create(name="Vale Council", kind="social_care", mailbox="mash@vale.example")
    live(LifeOfAPpn, clock, cast)
