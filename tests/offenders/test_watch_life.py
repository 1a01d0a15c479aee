"""A child in contact with an offender, in any order of whatever people do: it stays open until the plan has taken up
what social care decided, some clock of it runs while it is open, and none does when it is not."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import System, acting
from cases.models import Finding
from cases.workflow import findings
from offenders.contact_chasing import chase_all
from offenders.models import ChildContact
from offenders.workflow import contacts
from partners.workflow import Answer, change_outcome, record_decision
from ppn.workflow import share
from sla.engine import sweep
from sla.models import Clock
from tests.conftest import MONDAY
from tests.households import is_a_sex_offender, is_the
from tests.offenders.scenes import managed
from tests.offenders.test_contacts import care_delivery
from tests.offenders.watch_scenes import a_grandchild, as_it_is, care_said, contact_with, notice_from, shared
from tests.ppn.scenes import GROUNDS, council
from tests.stories import submitted
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHO = Answer("Sol Worker")
OPEN = set(contacts.OPEN)


class Life:
    """What people may do with one contact, whether or not it is the time for it."""

    def __init__(self, contact, cast):
        self.key, self.cast, self.ppn = contact.pk, cast, None

    @property
    def contact(self):
        return as_it_is(ChildContact(pk=self.key))

    def notice(self):
        if self.ppn is None:
            self.ppn = notice_from(self.contact, self.cast["omar"])

    def other_notice(self):
        notice = submitted(self.cast["olly"])
        about = {"notice": notice, "because": "Says it already"}
        contacts.covered_by_notice(self.contact, by=self.cast["omar"], **about)

    def share(self):
        if self.ppn and self.contact.shared_at is None:
            shared(self.ppn, self.cast["cora"], self.cast["sam"])

    def share_again(self):
        if self.ppn and self.contact.shared_at:
            agencies = {"agencies": [council()], "summary": "More", "grounds": GROUNDS}
            share(as_it_is(self.ppn), by=self.cast["cora"], **agencies)

    def answers(self):
        if self.ppn and self.contact.shared_at:
            about = {"by": self.cast["cora"], "answer": WHO, "outcome": "nfa", "said": "Seen"}
            record_decision(care_delivery(self.ppn), **about)

    def changes(self):
        if self.ppn and self.contact.shared_at:
            about = {"by": self.cast["cora"], "answer": WHO, "outcome": "strategy", "said": "Tomorrow"}
            change_outcome(care_delivery(self.ppn), **about)

    def hears(self):
        contacts.decision_known(self.contact, by=self.cast["omar"], said=care_said())

    def chases(self):
        contacts.chase_decision(self.contact, by=self.cast["omar"], said="Rings back")

    def by_itself(self):
        chase_all()

    def head(self):
        contacts.raise_with_head(self.contact, by=self.cast["imran"], whom="Jo Head", said="Today")

    def plan(self):
        contacts.contact_in_plan(self.contact, by=self.cast["omar"], effect="Visits on Sundays")

    def none(self):
        contacts.no_contact(self.contact, by=self.cast["stella"], because="Another man")

    def link(self):
        """The software finds the two together."""
        contact = self.contact
        is_a_sex_offender(contact.nominal.person, self.cast["stella"])
        is_the("parent", contact.nominal.person, contact.child, self.cast["sam"])

    def link_is_wrong(self):
        with acting(System("test")):
            finding = Finding.objects.filter(state="open").first()
        if finding:
            findings.decide(finding, by=self.cast["sam"], decision="wrong", because="Another man")


STEPS = [name for name in vars(Life) if not name.startswith("_") and name != "contact"]


@FEW
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 40)), max_size=12))
def test_in_any_order_it_stays_somebody_s_until_it_is_settled(clock, cast, steps):
    clock.set(MONDAY)
    nominal = managed(cast["stella"], cast["omar"], "Desmond Garmere")
    life = Life(contact_with(nominal, cast["omar"], a_grandchild(cast["omar"])), cast)
    with acting(System("test")):
        others = set(ChildContact.objects.exclude(pk=life.key).figures().values_list("pk", flat=True))
    for step, hours in steps:
        clock.shift(timedelta(hours=hours))
        sweep()
        with suppress(NotNow):
            getattr(life, step)()
        contact = life.contact
        running = set(Clock.running().filter(record=life.key).values_list("deadline", flat=True))
        assert bool(running) == (contact.state in OPEN), (step, contact.state, running)
        assert len(running) <= 1
        assert contact.state in OPEN or contact.closed_at
        assert contact.state != "closed" or (contact.decision and contact.effect and contact.ppn_id)
        assert contact.state not in ("shared", "decided") or contact.ppn_id
        assert contact.state != "in_error" or contact.error_because
        with acting(System("test")):
            pairs = ChildContact.objects.exclude(pk__in=others).filter(state__in=OPEN, child=contact.child_id)
            assert pairs.count() <= 1
