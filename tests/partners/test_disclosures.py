"""What leaves the force is one row for each agency, and the row is all that leaves."""

from datetime import date

import pytest
from django.db import IntegrityError

from access.actor import System, acting, signed
from partners.disclose import Grounds, disclose
from partners.models import Agency, Disclosure
from ppn import workflow
from ppn.content import sheet_of
from tests.stories import ANYA, submitted

pytestmark = pytest.mark.django_db
GROUNDS = Grounds(basis="legal_obligation", why_needed="Section 47 enquiry", informed="not_yet")


@pytest.fixture
def council(cast):
    with signed(System("test")):
        return Agency.objects.create(name="Vale Council", kind="social_care", mailbox="mash@vale.example")


def test_the_children_are_named_in_order_with_what_is_known_of_each(olly):
    bo = workflow.SubjectFacts(
        part="child", name="Bo Example", born_on=date(2019, 5, 1), not_spoken_to_because="Asleep; Olly returns at 8"
    )
    ada = workflow.SubjectFacts(part="parent", name="Ada Example")
    ppn = submitted(olly, subjects=[bo, ada, ANYA])
    with acting(olly):
        sections = {section.field_class: section.lines for section in sheet_of(ppn, "Seen").sections}
    assert sections["identity"] == (("Anya Example", "born on not known"), ("Bo Example", "born on 2019-05-01"))
    assert [said for said in sections["voice"] if "own words" in said[0]] == [
        ("Anya Example, in their own words", ANYA.own_words),
        ("Bo Example, in their own words", "not recorded"),
    ]


def test_who_sent_it_and_on_what_grounds_is_kept(clock, olly, cora, council):
    ppn = submitted(olly)
    with signed(cora):
        (row,) = disclose(ppn, to=[council], content={"summary": "Seen"}, grounds=GROUNDS, by=cora)
    assert (row.agency, row.sent_by, row.sent_at) == (council, cora, clock.at)
    assert (row.basis, row.why_needed, row.informed) == ("legal_obligation", "Section 47 enquiry", "not_yet")
    assert str(row) == f"{ppn.reference} to Vale Council"


def test_one_failure_sends_nothing_to_anybody(olly, cora, council):
    ppn = submitted(olly)
    with pytest.raises(IntegrityError), signed(cora):
        disclose(ppn, to=[council, council], content=None, grounds=GROUNDS, by=cora)
    with acting(cora):
        assert not Disclosure.objects.exists()


def test_an_agency_is_known_by_one_name(council):
    with pytest.raises(IntegrityError), signed(System("test")):
        Agency.objects.create(name="Vale Council", kind="health", mailbox="other@vale.example")
