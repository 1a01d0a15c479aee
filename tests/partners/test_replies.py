"""What partners do and say is kept as they said it, and their silence reaches somebody: over weekends, Easter and the
nights the clocks change, and with the sergeant away."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from access.actor import NotYours, System, acting, signed
from partners import workflow
from partners.models import Delivery, Disagreement, Reply
from partners.replies import HANDLERS
from partners.silence import NO_OUTCOME, NOT_ACKNOWLEDGED, NOT_DECIDED, NOT_DELIVERED, SILENT
from partners.workflow import Answer
from tests.partners.scenes import BY_PHONE, an_agency, arrived, latest, sent
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, hours, submitted, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
TEST = System("test")


def local(year, month, day, hour=10, minute=0):
    return timezone.make_aware(datetime(year, month, day, hour, minute)).astimezone(UTC)


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def council(ppn):
    return an_agency()


@pytest.fixture
def delivery(ppn, council, cora):
    return arrived(ppn, council, cora)


def _told(delivery, deadline):
    return [people for *_, people in raised(delivery.pk, deadline)]


def _upto(clock, moment):
    """Exactly on the moment nobody more is told; just after it somebody is."""
    clock.set(moment)
    swept(clock, hours(0))


WORKING_DAYS = {
    "a Tuesday": (local(2026, 3, 3), local(2026, 3, 4), local(2026, 3, 5), local(2026, 3, 6)),
    "a Friday": (local(2026, 3, 6, 16), local(2026, 3, 9, 16), local(2026, 3, 10, 16), local(2026, 3, 11, 16)),
    "a Saturday": (local(2026, 3, 7), local(2026, 3, 10, 0), local(2026, 3, 11, 0), local(2026, 3, 12, 0)),
    "the Thursday before Easter": (
        local(2026, 4, 2, 15),
        local(2026, 4, 7, 15),
        local(2026, 4, 8, 15),
        local(2026, 4, 9, 15),
    ),
    "Good Friday": (local(2026, 4, 3), local(2026, 4, 8, 0), local(2026, 4, 9, 0), local(2026, 4, 10, 0)),
    "before the clocks go forward": (
        local(2026, 3, 27, 9),
        local(2026, 3, 30, 9),
        local(2026, 3, 31, 9),
        local(2026, 4, 1, 9),
    ),
    "before the clocks go back": (
        local(2026, 10, 23, 9),
        local(2026, 10, 26, 9),
        local(2026, 10, 27, 9),
        local(2026, 10, 28, 9),
    ),
}


@pytest.mark.parametrize(("began", "one", "two", "three"), WORKING_DAYS.values(), ids=WORKING_DAYS)
def test_receipt_and_decision_fall_due_in_working_days(clock, olly, cora, cast, began, one, two, three):
    clock.set(began)
    delivery = arrived(submitted(olly), an_agency(), cora)
    assert (clock_of(delivery, "P7").due_at, clock_of(delivery, "P8").due_at) == (one, one)
    _upto(clock, one)
    assert (_told(delivery, "P7"), _told(delivery, "P8")) == ([], [])
    swept(clock, MOMENT)
    assert (_told(delivery, "P7"), _told(delivery, "P8")) == ([["sam"]], [["cole", "cora"]])
    _upto(clock, two)
    assert (len(_told(delivery, "P7")), len(_told(delivery, "P8"))) == (1, 1)
    swept(clock, MOMENT)
    assert (_told(delivery, "P7")[-1], _told(delivery, "P8")[-1]) == (["ines"], ["sam"])
    _upto(clock, three)
    assert len(_told(delivery, "P8")) == 2
    swept(clock, MOMENT)
    assert _told(delivery, "P8") == [["cole", "cora"], ["sam"], ["ines"]]


def test_with_the_sergeant_away_the_inspector_calls_them(clock, delivery, sam, ines):
    away(sam, days=9, cover=ines)
    clock.set(clock_of(delivery, "P7").due_at)
    swept(clock, MOMENT)
    assert _told(delivery, "P7") == [["ines"]]


def test_only_social_care_owes_a_decision(ppn, cora):
    nurses = arrived(ppn, an_agency("Nurses", "health"), cora)
    assert clock_of(nurses, "P8") is None
    assert clock_of(nurses, "P7").stopped_at is None


def test_the_clock_of_receipt_begins_with_delivery_and_not_with_sending(clock, ppn, council, cora):
    waits = sent(ppn, council, cora)
    assert clock_of(waits, "P7") is None
    clock.shift(hours(3))
    told = workflow.told_by_phone(waits, by=cora, to_whom="Kim Sample")
    assert clock_of(told, "P7").started_at == clock.at


def test_an_acknowledgement_stops_the_receipt_and_not_the_decision(clock, delivery, cora):
    done = workflow.acknowledge(delivery, by=cora, answer=BY_PHONE)
    assert (done.state, done.acknowledged_by_whom) == ("acknowledged", BY_PHONE.who)
    assert clock_of(done, "P7").stopped_at == clock.at
    assert clock_of(done, "P8").stopped_at is None


def test_finishing_late_does_not_hide_the_silence(clock, delivery, cora):
    clock.set(clock_of(delivery, "P7").due_at + MOMENT)
    workflow.acknowledge(delivery, by=cora, answer=BY_PHONE)
    assert _told(delivery, "P7") == [["sam"]]


def test_a_decision_is_kept_with_who_and_when_and_ends_the_waiting(clock, delivery, cora):
    at = clock.at
    clock.shift(hours(2))
    answer = Answer(who="Kim Sample", how="mail", at=at + hours(1))
    done = workflow.record_decision(delivery, by=cora, answer=answer, outcome="in_need", said="Assessment begins")
    assert (done.state, done.outcome, done.outcome_at, done.decided_at) == (
        "settled",
        "in_need",
        at + hours(1),
        at + hours(1),
    )
    with acting(cora):
        reply = Reply.objects.get()
    assert (reply.what, reply.outcome, reply.who, reply.said, reply.recorded_by) == (
        "decision",
        "in_need",
        "Kim Sample",
        "Assessment begins",
        cora,
    )
    assert all(clock_of(done, code).stopped_at == clock.at for code in ("P7", "P8", "P18"))


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"outcome": "nonsense"}, "what they decided"),
        ({"outcome": "acted"}, "what they did"),
        ({"answer": Answer(who=" ")}, "who there answered"),
        ({"answer": Answer(who="Kim", how="pigeon")}, "how it reached us"),
        ({"answer": Answer(who="Kim", at=local(2030, 1, 1))}, "still to come"),
    ],
)
def test_a_decision_that_is_half_said_is_refused(delivery, cora, said, says):
    with pytest.raises(NotNow, match=says):
        workflow.record_decision(delivery, by=cora, **{"answer": BY_PHONE, "outcome": "in_need", **said})


def test_a_decision_that_changes_is_heard_by_the_app_that_owns_the_record(delivery, cora, monkeypatch):
    heard = []
    monkeypatch.setitem(HANDLERS, "ppn.ppn", [lambda reply: heard.append((reply.what, reply.outcome))])
    done = workflow.record_decision(delivery, by=cora, answer=BY_PHONE, outcome="nfa")
    with pytest.raises(NotNow, match="what has changed"):
        workflow.change_outcome(done, by=cora, answer=BY_PHONE, outcome="nfa")
    changed = workflow.change_outcome(done, by=cora, answer=BY_PHONE, outcome="s47_joint")
    assert (changed.state, changed.outcome) == ("settled", "s47_joint")
    assert heard == [("decision", "nfa"), ("changed", "s47_joint")]


def test_an_agency_that_asks_for_more_is_answered_within_a_day_and_still_owes_a_decision(clock, delivery, cora, sam):
    asked = workflow.ask_for_more(delivery, by=cora, answer=BY_PHONE, said="Who was in the house?")
    swept(clock, hours(24))
    assert _told(asked, "PM") == [["cole", "cora"]]
    swept(clock, MOMENT)
    assert _told(asked, "PM") == [["cole", "cora"], ["sam"]]
    given = workflow.give_more(asked, by=cora, to_whom="Kim Sample", how="Told on the telephone")
    assert (given.state, given.asked_at) == ("acknowledged", None)
    assert clock_of(given, "PM").stopped_at == clock.at
    assert clock_of(given, "P8").stopped_at is None


def test_what_nobody_asked_for_is_not_given(delivery, cora):
    done = workflow.acknowledge(delivery, by=cora, answer=BY_PHONE)
    with pytest.raises(NotNow, match="not asked"):
        workflow.give_more(done, by=cora, to_whom="Kim", how="Told")


def test_what_came_of_it_is_asked_after_ten_working_days_and_then_each_week(clock, cast, olly, cora):
    clock.set(local(2026, 3, 27, 9))
    delivery = arrived(submitted(olly), an_agency("Nurses", "health"), cora)
    workflow.acknowledge(delivery, by=cora, answer=BY_PHONE)
    due = local(2026, 4, 14, 9)  # Good Friday and Easter Monday are no working days; the clocks went forward
    assert clock_of(delivery, "P18").due_at == due
    _upto(clock, due)
    assert _told(delivery, "P18") == []
    swept(clock, MOMENT)
    assert (_told(delivery, "P18"), _told(delivery, "P18W")) == ([["sam"]], [])
    for week in (1, 2, 3):
        _upto(clock, due + week * hours(7 * 24))
        assert len(_told(delivery, "P18W")) == week - 1
        swept(clock, MOMENT)
        assert _told(delivery, "P18W") == [["sam"]] * week
    done = workflow.record_decision(latest(cora, delivery), by=cora, answer=BY_PHONE, outcome="acted", said="Seen")
    assert clock_of(done, "P18W").stopped_at == clock.at


def test_a_reply_stays_as_it_was_given(delivery, cora):
    workflow.acknowledge(delivery, by=cora, answer=BY_PHONE)
    for change in (lambda: Reply.objects.update(said="Else"), lambda: Reply.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic(), signed(cora):
            change()


def test_what_another_system_says_is_kept_as_its_word(delivery, cora):
    workflow.acknowledge(delivery, by=System("Vale Council's system"), answer=Answer(who="Kim Sample", how="system"))
    with acting(cora):
        reply = Reply.objects.get()
    assert (reply.recorded_by, reply.recorded_by_system) == (None, "Vale Council's system")


def test_an_officer_records_no_reply(delivery, olly):
    with pytest.raises(NotYours):
        workflow.acknowledge(delivery, by=olly, answer=BY_PHONE)


def test_when_they_disagree_it_goes_through_its_stages(delivery, cora):
    workflow.they_disagree(delivery, by=cora, answer=BY_PHONE, said="No referral", they_ask="A joint visit")
    with acting(cora):
        one = Disagreement.objects.get()
    assert (one.raised_by_them, one.why, one.what_we_ask, one.state) == (
        True,
        "No referral",
        "A joint visit",
        "practitioners",
    )


def test_the_silence_of_each_partner_is_counted_where_it_stands(ppn, cora):
    waits = sent(ppn, an_agency("A council"), cora)
    told = arrived(ppn, an_agency("B council"), cora)
    read = workflow.acknowledge(arrived(ppn, an_agency("C nurses", "health"), cora), by=cora, answer=BY_PHONE)
    done = arrived(ppn, an_agency("D council"), cora)
    workflow.record_decision(done, by=cora, answer=BY_PHONE, outcome="nfa")
    with acting(cora):

        def among(condition):
            return set(Delivery.objects.filter(condition))

        assert among(NOT_DELIVERED) == {waits}
        assert among(NOT_ACKNOWLEDGED) == {told}
        assert among(NOT_DECIDED) == {told}
        assert among(NO_OUTCOME) == {told, read}
        assert among(SILENT) == {waits, told, read}
