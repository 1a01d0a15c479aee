"""A4: information reached partners late, and nobody could say what had been sent."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from access.actor import System, acting, signed
from partners.models import Agency, Disclosure
from ppn import workflow
from ppn.workflow import Grounds
from tests.conftest import hours
from tests.sla.made import MOMENT, raised
from tests.stories import ANYA, clock_of, submitted, swept
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
GROUNDS = Grounds(
    basis="public_task",
    why_needed="To see the child today",
    informed="no_risk",
    not_informed_because="He may come back",
)


@pytest.fixture
def agencies(cast):
    with signed(System("test")):
        return [
            Agency.objects.create(name="Vale Council", kind="social_care", mailbox="mash@vale.example"),
            Agency.objects.create(name="Vale Health", kind="health", mailbox="children@health.example"),
        ]


@pytest.fixture
def assessed(clock, olly, cora):
    ppn = workflow.take(submitted(olly), by=cora)
    return workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="As graded", grade="amber", because="")


def classes(row):
    return {section["class"] for section in row.content["sections"]}


def told(row):
    """What was written for partners."""
    return next(each["lines"][0]["text"] for each in row.content["sections"] if each["class"] == "happened")


def _sent(by):
    with acting(by):
        return list(Disclosure.objects.order_by("agency__name", "sent_at"))


def test_each_agency_has_a_row_of_exactly_what_it_was_sent(clock, assessed, cora, agencies):
    workflow.share(assessed, by=cora, agencies=agencies, summary="Under the stairs", grounds=GROUNDS)
    council, health = _sent(cora)
    assert [council.agency, health.agency] == agencies
    assert council.content["reference"] == assessed.reference
    assert council.content["about"] == "Child at risk. Amber / medium"
    voice, identity, happened, *_ = council.content["sections"]
    assert voice["lines"][0] == {"label": "Anya Example, in their own words", "text": ANYA.own_words}
    assert identity["lines"] == [{"label": "Anya Example", "text": "born on not known"}]
    assert happened["lines"][0]["text"] == "Under the stairs"
    assert health.content["marker"] == "Do not show in online access"
    assert classes(health) < classes(council)
    assert (council.sent_at, council.sent_by) == (clock.at, cora)
    assert (council.basis, council.why_needed, council.informed) == (
        "public_task",
        "To see the child today",
        "no_risk",
    )
    assert (council.kind, council.record, council.case_id) == ("ppn.ppn", assessed.pk, assessed.case_id)


def test_what_was_sent_stays_what_it_was_when_more_is_known(clock, assessed, cora, agencies):
    ppn = workflow.share(assessed, by=cora, agencies=agencies[:1], summary="First", grounds=GROUNDS)
    clock.shift(hours(1))
    with signed(cora):
        type(ppn).objects.filter(pk=ppn.pk).update(narrative="Changed", grade="red")
    workflow.share(ppn, by=cora, agencies=agencies[:1], summary="Second", grounds=GROUNDS)
    assert [told(row) for row in _sent(cora)] == ["First", "Second"]


CHANGES = {
    "by the model": lambda row: _save(row),
    "by a queryset": lambda row: Disclosure.objects.update(content={}),
    "in bulk": lambda row: Disclosure.objects.bulk_update([row], ["content"]),
    "by removing it": lambda row: row.delete(),
    "by removing all": lambda row: Disclosure.objects.all().delete(),
}


def _save(row):
    row.content = {}
    row.save()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_sent_cannot_be_changed(assessed, cora, agencies, change):
    workflow.share(assessed, by=cora, agencies=agencies[:1], summary="Under the stairs", grounds=GROUNDS)
    (row,) = _sent(cora)
    with pytest.raises(DatabaseError), signed(cora):
        change(row)
    assert told(_sent(cora)[0]) == "Under the stairs"


def test_sharing_with_nobody_is_no_sharing(assessed, cora):
    with pytest.raises(NotNow):
        workflow.share(assessed, by=cora, agencies=[], summary="Under the stairs", grounds=GROUNDS)
    assert clock_of(assessed, "P5").stopped_at is None


def test_the_step_says_with_whom_and_why(assessed, cora, agencies):
    ppn = workflow.share(assessed, by=cora, agencies=agencies, summary="Under the stairs", grounds=GROUNDS)
    facts = Step.of(ppn).last().facts
    assert [agency["name"] for agency in facts["agencies"]] == ["Vale Council", "Vale Health"]
    assert facts["grounds"]["basis"] == "public_task"


@pytest.mark.parametrize(("grade", "length"), [("red", 2), ("amber", 24), ("green", 24), ("blue", 24)])
def test_a_notice_that_was_reviewed_is_shared_within_its_hours_or_somebody_hears(clock, olly, cora, grade, length):
    ppn = workflow.take(submitted(olly), by=cora)
    ppn = workflow.assess(ppn, by=cora, systems_checked="RMS", assessment="Mine", grade=grade, because="History")
    swept(clock, hours(length))
    assert raised(ppn.pk, "P5") == []
    swept(clock, hours(length * 0.5) + MOMENT)
    assert [people for *_, people in raised(ppn.pk, "P5")] == [["sam"], ["ines"]]


def test_the_first_sharing_is_the_one_that_counts(clock, assessed, cora, agencies):
    first = clock.at
    ppn = workflow.share(assessed, by=cora, agencies=agencies[:1], summary="First", grounds=GROUNDS)
    clock.shift(hours(5))
    ppn = workflow.share(ppn, by=cora, agencies=agencies[1:], summary="Second", grounds=GROUNDS)
    assert (ppn.shared_at, clock_of(ppn, "P5").stopped_at) == (first, first)


def test_nothing_leaves_the_force_when_sharing_fails_half_way(assessed, cora, agencies):
    with pytest.raises(NotNow), transaction.atomic():
        workflow.share(assessed, by=cora, agencies=agencies, summary="Half", grounds=replace(GROUNDS, informed=None))
    assert _sent(cora) == []
    assert clock_of(assessed, "P5").stopped_at is None


def test_no_more_is_sent_than_the_summary_and_what_the_children_said(assessed, cora, agencies):
    workflow.share(assessed, by=cora, agencies=agencies[:1], summary="Under the stairs", grounds=GROUNDS)
    (row,) = _sent(cora)
    assert "narrative" not in str(row.content)
    assert assessed.narrative not in str(row.content)
