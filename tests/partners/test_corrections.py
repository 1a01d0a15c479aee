"""A mistake, and what should never have been sent, reach everybody who received it. Nobody is left out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.actor import NotYours, acting, signed
from partners import workflow
from partners.models import Agency, Delivery, Disclosure
from partners.workflow.disclosing import latest_to_each
from tests.partners.scenes import BY_PHONE, GROUNDS, an_agency, arrived, latest, sent, sent_rows
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, hours, minutes, submitted, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
RIGHT = {"reference": "PPN-000001", "about": "Child at risk", "sections": []}


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def council(ppn):
    return an_agency()


def corrected(ppn, by, because="Anya is 8, not 7"):
    with signed(by):
        return workflow.correct(
            ppn, content=lambda agency: workflow.corrected(RIGHT, because), because=because, grounds=GROUNDS, by=by
        )


def taken_back(ppn, by, because="It is about another family"):
    with signed(by):
        return workflow.withdraw(ppn, because=because, by=by)


def test_everybody_who_received_it_is_sent_what_is_right_and_told_what_was_wrong(clock, ppn, council, cora):
    nurses = an_agency("Nurses", "health")
    for agency in (council, nurses):
        arrived(ppn, agency, cora)
    clock.shift(hours(1))
    rows = corrected(ppn, cora)
    assert {row.agency for row in rows} == {council, nurses}
    for row in rows:
        assert (row.purpose, row.because) == ("correction", "Anya is 8, not 7")
        assert row.content["correction"] == "Anya is 8, not 7"
        assert row.replaces.agency == row.agency
    assert len(sent_rows(cora)) == 4


def test_what_was_sent_before_stays_what_it_was(clock, ppn, council, cora):
    before = arrived(ppn, council, cora).disclosure.content
    corrected(ppn, cora)
    assert sorted((row.purpose, "under the stairs" in str(row.content)) for row in sent_rows(cora)) == [
        ("correction", False),
        ("share", True),
    ]
    assert "under the stairs" in str(before)


def test_what_had_not_arrived_yet_does_not_go_any_more(ppn, council, cora):
    waits = sent(ppn, council, cora)
    corrected(ppn, cora)
    assert latest(cora, waits).state == "superseded"
    with acting(cora):
        (now_waiting,) = Delivery.objects.filter(state="waiting")
    assert now_waiting.purpose == "correction"
    assert set(now_waiting.expects) == {"receipt", "decision", "outcome"}


def test_the_decision_on_what_had_arrived_is_still_owed(ppn, council, cora):
    delivery = arrived(ppn, council, cora)
    (row,) = corrected(ppn, cora)
    assert clock_of(delivery, "P8").stopped_at is None
    assert row.delivery.expects == ["receipt"]


def test_a_correction_can_be_corrected(clock, ppn, council, cora):
    arrived(ppn, council, cora)
    (first,) = corrected(ppn, cora)
    (second,) = corrected(ppn, cora, "Anya is 9")
    assert second.replaces == first


def test_those_who_received_it_are_asked_to_destroy_it_and_confirm_in_five_working_days(
    clock, ppn, council, cora, sam, ines
):
    delivery = arrived(ppn, council, cora)
    clock.shift(minutes(10))
    (row,) = taken_back(ppn, cora)
    assert (row.purpose, row.replaces) == ("withdrawal", delivery.disclosure)
    assert "destroy" in row.content["please"]
    assert "stairs" not in str(row.content)
    old = latest(cora, delivery)
    assert old.state == "withdrawn"
    assert all(clock_of(old, code).stopped_at == clock.at for code in ("P7", "P8", "P18"))
    asked = workflow.delivered(row.delivery, by=cora)
    clock.set(clock_of(asked, "WD").due_at)
    swept(clock, hours(0))
    assert raised(asked.pk, "WD") == []
    away(sam, days=1, cover=ines)
    swept(clock, MOMENT)
    assert [people for *_, people in raised(asked.pk, "WD")] == [["ines"]]
    with pytest.raises(NotNow, match="destroyed it"):
        workflow.acknowledge(asked, by=cora, answer=BY_PHONE)
    done = workflow.confirm_destroyed(asked, by=cora, answer=BY_PHONE, said="Shredded, and deleted")
    assert (done.state, clock_of(done, "WD").stopped_at) == ("confirmed", clock.at)


def test_only_what_was_taken_back_is_destroyed(ppn, council, cora):
    with pytest.raises(NotNow, match="Nothing was taken back"):
        workflow.confirm_destroyed(arrived(ppn, council, cora), by=cora, answer=BY_PHONE)


def test_what_was_taken_back_is_not_corrected_and_not_taken_back_twice(ppn, council, cora):
    arrived(ppn, council, cora)
    taken_back(ppn, cora)
    for again in (corrected, taken_back):
        with pytest.raises(NotNow, match="Nobody has received"):
            again(ppn, cora)


@pytest.mark.parametrize("do", [corrected, taken_back])
def test_it_needs_a_reason_and_the_right(ppn, council, cora, olly, do):
    arrived(ppn, council, cora)
    with pytest.raises(NotNow, match="Say"):
        do(ppn, cora, " ")
    with pytest.raises(NotYours):
        do(ppn, olly)


STEPS = st.lists(st.sampled_from(["A", "B", "C", "correct", "withdraw"]), max_size=8)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_nobody_who_received_is_ever_left_out(clock, cast, olly, cora, steps):
    ppn = submitted(olly)
    agencies = {each: Agency.objects.filter(name=each).first() or an_agency(each, "housing") for each in "ABC"}
    holds: set[str] = set()
    for step in steps:
        clock.shift(minutes(1))
        if step in agencies:
            with signed(cora):
                workflow.disclose(ppn, to=[agencies[step]], content={"summary": step}, grounds=GROUNDS, by=cora)
            holds.add(step)
        elif not holds:
            with pytest.raises(NotNow):
                (corrected if step == "correct" else taken_back)(ppn, cora)
        else:
            rows = (corrected if step == "correct" else taken_back)(ppn, cora)
            assert {row.agency.name for row in rows} == holds
            holds = holds if step == "correct" else set()
    with acting(cora):
        last = {row.agency.name: row.purpose for row in latest_to_each(ppn)}
        assert {name for name, purpose in last.items() if purpose != "withdrawal"} == holds
        assert Disclosure.objects.filter(record=ppn.pk).count() == Delivery.objects.filter(record=ppn.pk).count()
