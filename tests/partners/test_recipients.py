"""Every agency that is proposed is sent to, or two people say why not. Nothing else lets a record go."""

import pytest

from access.actor import NotYours, System, acting, signed
from demo.people import hire
from partners import workflow
from partners.content import Parcel
from partners.models import Delivery, Disclosure, Recipient
from partners.workflow import open_recipients
from tests.conftest import MONDAY
from tests.partners.scenes import (
    ALL,
    GROUNDS,
    PARCEL,
    SHEET,
    a_recipient,
    an_agency,
    arrived,
    latest,
    proposed,
    sent,
    sent_rows,
)
from tests.sla.made import MOMENT, at_once, raised
from tests.stories import away, clock_of, hours, submitted, swept
from workflow.models import Step
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def council(ppn):
    return an_agency()


@pytest.fixture
def recipient(ppn, council, cora):
    return a_recipient(ppn, council, cora)


def _all(by):
    with acting(by):
        return list(Recipient.objects.select_related("agency"))


def test_to_propose_again_adds_nobody_twice(ppn, council, cora):
    for _ in range(3):
        workflow.propose_recipients(ppn, [proposed(council)], by=cora)
    assert [each.agency for each in _all(cora)] == [council]


def test_new_knowledge_adds_and_never_removes(ppn, recipient, council, cora):
    health = an_agency("Nurses", "health")
    workflow.propose_recipients(ppn, [proposed(health), proposed(council, "Domestic abuse", ["research"])], by=cora)
    workflow.propose_recipients(ppn, [], by=cora)
    found = {each.agency: each for each in _all(cora)}
    assert set(found) == {council, health}
    assert found[council].reasons == ["A child at risk", "Domestic abuse"]
    assert set(found[council].field_classes) == {*ALL, "research"}


def test_what_is_known_later_opens_a_refusal_again(ppn, recipient, council, cora, sam):
    workflow.refuse(recipient, by=cora, because="The father works there")
    refused = workflow.countersign(recipient, by=sam)
    workflow.propose_recipients(ppn, [proposed(council, "High-risk domestic abuse")], by=cora)
    again = latest(cora, refused)
    assert (again.state, again.refused_by, again.countersigned_by) == ("proposed", None, None)
    assert "The father works there" in str(Step.of(again).get(transition="partners.refuse").facts)


def test_what_was_known_already_does_not(ppn, recipient, council, cora, sam):
    workflow.refuse(recipient, by=cora, because="The father works there")
    workflow.countersign(recipient, by=sam)
    workflow.propose_recipients(ppn, [proposed(council)], by=cora)
    assert latest(cora, recipient).state == "refused"


def test_somebody_adds_an_agency_that_no_rule_proposes_and_says_why(ppn, cora):
    housing = an_agency("Vale Homes", "housing")
    added = workflow.add_recipient(
        Recipient(), by=cora, about=ppn, agency=housing, because="The door is broken", classes=["address"]
    )
    assert (added.state, added.reasons, added.added_by, added.field_classes) == (
        "proposed",
        ["The door is broken"],
        cora,
        ["address"],
    )
    with pytest.raises(NotNow, match="in the list already"):
        workflow.add_recipient(Recipient(), by=cora, about=ppn, agency=housing, because="Again", classes=[])


def test_a_refusal_needs_a_reason_and_a_second_person(recipient, cora, cole, sam):
    with pytest.raises(NotNow, match="Say why"):
        workflow.refuse(recipient, by=cora, because=" ")
    refusal = workflow.refuse(recipient, by=cora, because="The father works there")
    with pytest.raises(NotYours):
        workflow.countersign(refusal, by=cole)
    done = workflow.countersign(refusal, by=sam)
    assert (done.state, done.refused_by, done.countersigned_by) == ("refused", cora, sam)


@pytest.mark.parametrize("verb", ["countersign", "overrule"])
def test_a_sergeant_who_refused_does_not_decide_on_it(recipient, sam, ines, verb):
    refusal = workflow.refuse(recipient, by=sam, because="The father works there")
    said = {} if verb == "countersign" else {"because": "They need it"}
    with pytest.raises(NotYours, match="another person"):
        getattr(workflow, verb)(refusal, by=sam, **said)
    assert getattr(workflow, verb)(refusal, by=ines, **said).state in ("refused", "proposed")


def test_what_a_sergeant_wants_sent_is_not_refused_again_by_a_co_ordinator(recipient, cora, sam):
    workflow.refuse(recipient, by=cora, because="The father works there")
    back = workflow.overrule(recipient, by=sam, because="He left in May")
    assert (back.state, back.refused_by, back.refused_because) == ("proposed", None, "")
    with pytest.raises(NotNow, match="is to be sent"):
        workflow.refuse(back, by=cora, because="Still")


def test_a_refusal_is_countersigned_in_four_hours_or_the_sergeant_hears_and_then_the_inspector(
    clock, recipient, cora, sam, ines
):
    workflow.refuse(recipient, by=cora, because="The father works there")
    swept(clock, hours(4))
    assert raised(recipient.pk, "CS") == []
    swept(clock, MOMENT)
    swept(clock, hours(4) + MOMENT)
    assert [people for *_, people in raised(recipient.pk, "CS")] == [["sam"], ["ines"]]


def test_with_the_sergeant_away_whoever_covers_hears_of_the_refusal(clock, recipient, cora, sam, ines):
    workflow.refuse(recipient, by=cora, because="The father works there")
    away(sam, days=3, cover=ines)
    swept(clock, hours(4) + MOMENT)
    assert [people for *_, people in raised(recipient.pk, "CS")] == [["ines"]]


def test_a_proposed_agency_nobody_decides_on_reaches_the_sergeant_after_a_day(clock, recipient):
    swept(clock, hours(24))
    assert raised(recipient.pk, "PR") == []
    swept(clock, MOMENT)
    assert [people for *_, people in raised(recipient.pk, "PR")] == [["sam"]]


def test_to_propose_a_refusal_does_not_stop_that_clock_and_to_agree_does(clock, recipient, cora, sam):
    workflow.refuse(recipient, by=cora, because="The father works there")
    assert clock_of(recipient, "PR").stopped_at is None
    workflow.countersign(recipient, by=sam)
    assert (clock_of(recipient, "PR").stopped_at, clock_of(recipient, "CS").stopped_at) == (clock.at, clock.at)


def test_everything_that_stands_in_the_way_is_said_in_words(ppn, council, cora, sam):
    nurses, doctor, school = (
        an_agency("Nurses", "health"),
        an_agency("Vale Surgery", "gp"),
        an_agency("Vale Primary", "education"),
    )
    workflow.propose_recipients(ppn, [proposed(None)], by=cora)
    a_recipient(ppn, council, cora)
    workflow.refuse(a_recipient(ppn, doctor, cora), by=cora, because="Reads it to the father")
    sent(ppn, nurses, cora)
    arrived(ppn, school, cora)
    with acting(cora):
        assert open_recipients(ppn) == [
            "Vale Surgery: the decision not to share waits for a countersignature",
            "No agency known: Children's social care for Anya Example: send it, or say why it is not to be sent",
            "Vale Council: send it, or say why it is not to be sent",
            "Nurses: not delivered yet. Telephone them",
        ]


def test_nothing_stands_in_the_way_once_everybody_was_told_or_refused(ppn, council, recipient, cora, sam):
    doctor = an_agency("Vale Surgery", "gp")
    workflow.refuse(a_recipient(ppn, doctor, cora), by=cora, because="Reads it to the father")
    workflow.countersign(a_recipient(ppn, doctor, cora), by=sam)
    arrived(ppn, council, cora)
    with acting(cora):
        assert open_recipients(ppn) == []


def test_where_no_agency_was_known_somebody_names_it(ppn, council, cora):
    workflow.propose_recipients(ppn, [proposed(None)], by=cora)
    (unknown,) = _all(cora)
    with pytest.raises(NotNow, match="which agency it is"):
        workflow.send(unknown, by=cora, about=ppn, grounds=GROUNDS, parcel=PARCEL)
    named = workflow.name_agency(unknown, by=cora, agency=council)
    assert workflow.send(named, by=cora, about=ppn, grounds=GROUNDS, parcel=PARCEL).state == "sent"


def test_once_it_is_known_which_agency_it_is_the_open_line_is_answered_by_itself(ppn, council, cora):
    workflow.propose_recipients(ppn, [proposed(None)], by=cora)
    workflow.propose_recipients(ppn, [proposed(council, "Bo Example: a child at risk")], by=cora)
    assert {each.state for each in _all(cora)} == {"proposed"}
    workflow.propose_recipients(ppn, [proposed(council, "Anya Example: a child at risk")], by=cora)
    unknown, known = sorted(_all(cora), key=lambda each: each.agency is not None)
    assert (unknown.state, known.state) == ("covered", "proposed")
    assert "Vale Council" in unknown.covered_how


def test_an_agency_that_is_known_cannot_be_passed_over_in_that_way(recipient, cora):
    with pytest.raises(NotNow, match="countersigns"):
        workflow.cover(recipient, by=cora, how="They know")


def test_what_was_refused_can_still_be_sent(ppn, recipient, cora, sam):
    workflow.refuse(recipient, by=cora, because="The father works there")
    workflow.countersign(recipient, by=sam)
    assert workflow.send(recipient, by=cora, about=ppn, grounds=GROUNDS, parcel=PARCEL).state == "sent"


def test_more_can_be_sent_to_who_was_told(ppn, council, cora):
    sent(ppn, council, cora)
    recipient = latest(cora, _all(cora)[0])
    with pytest.raises(NotNow):
        workflow.send(recipient, by=cora, about=ppn, grounds=GROUNDS, parcel=PARCEL)
    workflow.send_more(recipient, by=cora, about=ppn, grounds=GROUNDS, parcel=PARCEL)
    assert len(sent_rows(cora)) == 2


def test_what_was_sent_is_not_copied_into_the_steps(ppn, recipient, cora):
    workflow.send(recipient, by=cora, about=ppn, grounds=GROUNDS, parcel=PARCEL)
    assert "under the stairs" not in str(Step.of(recipient).last().facts)


def test_nobody_sends_one_record_as_another(ppn, recipient, olly, cora):
    other = submitted(olly)
    with pytest.raises(NotNow, match="another record"):
        workflow.send(recipient, by=cora, about=other, grounds=GROUNDS, parcel=PARCEL)


def test_a_hidden_case_hides_whom_it_goes_to_and_what_went(ppn, council, cora, cole):
    delivery = sent(ppn, council, cora)
    with signed(System("test")):
        type(ppn.case).objects.filter(pk=ppn.case_id).update(restricted=True)
    with acting(cole):
        assert not Recipient.objects.exists()
        assert not Disclosure.objects.exists()
        assert not Delivery.objects.exists()
    with pytest.raises(Delivery.DoesNotExist):
        workflow.told_by_phone(delivery, by=cole, to_whom="Kim Sample")


@pytest.mark.django_db(transaction=True)
def test_two_people_who_send_at_once_send_once():
    people = hire(MONDAY)
    cora, cole, ppn = people["cora"], people["cole"], submitted(people["olly"])
    recipient = a_recipient(ppn, an_agency(), cora)

    def send(by):
        return workflow.send(recipient, by=by, about=ppn, grounds=GROUNDS, parcel=Parcel(SHEET))

    answers = at_once(lambda: send(cora), lambda: send(cole))
    assert sorted(type(each).__name__ for each in answers) == ["NotNow", "Recipient"]
    assert len(sent_rows(cora)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_propose_at_once_propose_each_agency_once():
    people = hire(MONDAY)
    cora, cole, ppn, council = people["cora"], people["cole"], submitted(people["olly"]), an_agency()
    at_once(*(lambda by=by: workflow.propose_recipients(ppn, [proposed(council)], by=by) for by in (cora, cole)))
    assert len(_all(cora)) == 1
