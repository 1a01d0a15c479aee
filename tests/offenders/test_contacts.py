"""An offender is in contact with a child: a notice in the same tour, the decision of social care asked for until it is
known, the plan for the offender. What is refused on the way."""

from datetime import timedelta

import pytest

from access.actor import NotYours, System, acting
from cases.models import Finding
from cases.workflow import findings
from cases.workflow.people import declare_conflict
from offenders import tasks
from offenders.contact_chasing import chase_all
from offenders.contact_hearing import look_for_contacts
from offenders.models import ChildContact, HubTask, Nominal
from offenders.workflow import approvals, contacts, nominals
from offenders.workflow.registrations import NominalFacts, take_on
from partners.models import Delivery, Disclosure
from partners.workflow import Answer, change_outcome, record_decision
from tests.households import HERE, is_a_sex_offender, is_the, lives_at, on_record
from tests.offenders.scenes import managed
from tests.offenders.watch_scenes import (
    a_grandchild,
    approval_of,
    as_it_is,
    care_said,
    contact_with,
    decided,
    low_for_years,
    notice_from,
    proposed,
    shared,
)
from tests.stories import hours, submitted
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
WHO = Answer("Sol Worker")


@pytest.fixture
def nominal(clock, stella, omar):
    return managed(stella, omar)


@pytest.fixture
def poppy(omar):
    return a_grandchild(omar)


def deliveries(ppn):
    with acting(System("test")):
        return list(Delivery.objects.filter(record=ppn.pk).order_by("pk"))


def care_delivery(ppn):
    with acting(System("test")):
        sent = Disclosure.objects.filter(record=ppn.pk, agency__kind="social_care").order_by("number").first()
        return Delivery.objects.get(disclosure=sent)


def every(**said):
    with acting(System("test")):
        return list(ChildContact.objects.filter(**said).order_by("discovered_at", "reference"))


def test_it_counts_from_when_the_first_of_us_knew_and_the_hub_is_asked(clock, nominal, omar, poppy):
    contact = contact_with(nominal, omar, poppy, at=clock.at - hours(3))
    assert (contact.state, contact.discovered_at, contact.due_at) == (
        "learned",
        clock.at - hours(3),
        clock.at + hours(9),
    )
    with acting(System("test")):
        task = HubTask.objects.get(arises_from=contact.pk)
    assert (task.kind, task.received_at, poppy.name in task.what) == ("child_contact", contact.discovered_at, False)


@pytest.mark.parametrize(
    "wrong",
    [{"child_said": " "}, {"relation": ""}, {"what": " "}, {"kind": "gossip"}, {"at": timedelta(microseconds=1)}],
)
def test_it_says_who_the_child_is_and_what_is_known(clock, nominal, omar, wrong):
    said = {**wrong, "at": clock.at + wrong["at"]} if "at" in wrong else wrong
    with pytest.raises(NotNow):
        contact_with(nominal, omar, **said)
    assert every() == []


def test_one_child_is_on_record_once_also_under_another_name(clock, nominal, omar, poppy, sam):
    first = contact_with(nominal, omar, poppy)
    with pytest.raises(NotNow, match=first.reference):
        contact_with(nominal, omar, poppy)


def test_nothing_is_recorded_of_somebody_who_is_not_managed_any_more(clock, nominal, omar, stella, poppy):
    nominals.end(nominal, by=stella, because="The period has ended")
    with pytest.raises(NotNow, match="not managed here"):
        contact_with(nominal, omar, poppy)


def test_managing_does_not_end_while_nobody_knows_what_protects_the_child(clock, nominal, omar, stella, poppy):
    contact = contact_with(nominal, omar, poppy)
    with pytest.raises(NotNow, match=f"{contact.reference} is not closed"):
        nominals.end(as_it_is(nominal), by=stella, because="The period has ended")
    contacts.no_contact(as_it_is(contact), by=stella, because="It was his nephew's flat, not his")
    assert nominals.end(as_it_is(nominal), by=stella, because="The period has ended").state == "ended"


def test_the_notice_that_is_raised_from_it_settles_it_in_the_same_transaction(clock, nominal, omar, poppy):
    contact = contact_with(nominal, omar, poppy)
    clock.shift(hours(2))
    ppn = notice_from(contact, omar)
    contact = as_it_is(contact)
    assert (contact.state, contact.ppn, contact.notice_at) == ("notice", ppn, clock.at)
    assert ppn.first_known_at == contact.discovered_at


def test_one_notice_is_begun_about_all_the_children_who_wait_for_one(clock, nominal, omar, poppy):
    contact = contact_with(nominal, omar, poppy)
    other = contact_with(nominal, omar, a_grandchild(omar, "Reuben Sallowfold"))
    nobody = contact_with(nominal, omar, child_said="A baby; name not known")
    notice_from(other, omar)
    assert {as_it_is(each).state for each in (contact, other, nobody)} == {"notice"}


def test_a_notice_that_names_one_of_them_settles_one_of_them(clock, nominal, omar, poppy):
    contact = contact_with(nominal, omar, poppy)
    other = contact_with(nominal, omar, a_grandchild(omar, "Reuben Sallowfold"))
    submitted(omar, arises_from=contact.pk)
    assert (as_it_is(contact).state, as_it_is(other).state) == ("notice", "learned")


def test_a_notice_of_before_covers_it_only_if_it_was_submitted_since_and_names_the_child(clock, nominal, omar, poppy):
    early = submitted(omar)
    clock.shift(hours(1))
    contact = contact_with(nominal, omar, poppy)
    clock.shift(hours(1))
    late = submitted(omar)
    for notice, why in ((early, "before this became known"), (late, "does not name this child")):
        with pytest.raises(NotNow, match=why):
            contacts.covered_by_notice(contact, by=omar, notice=notice, because="Same child")
    nameless = contact_with(nominal, omar)
    assert nameless.child is None
    with pytest.raises(NotNow):
        contacts.covered_by_notice(nameless, by=omar, notice=late, because=" ")
    clock.shift(hours(1))
    covered = contacts.covered_by_notice(nameless, by=omar, notice=submitted(omar), because="It is this child")
    assert covered.state == "notice"


def test_shared_with_social_care_its_decision_is_asked_for_and_arrives(clock, nominal, omar, poppy, cora, sam):
    contact = contact_with(nominal, omar, poppy)
    ppn = shared(notice_from(contact, omar), cora, sam)
    assert (as_it_is(contact).state, as_it_is(contact).shared_at) == ("shared", clock.at)
    clock.shift(hours(20))
    record_decision(care_delivery(ppn), by=cora, answer=WHO, outcome="s47_joint", said="He moves out today")
    contact = as_it_is(contact)
    assert (contact.state, contact.decision, contact.decision_at) == ("decided", "s47", clock.at)
    assert contact.protects == "Section 47 enquiry with police. He moves out today"
    assert contact.decision_from == "Sol Worker, Vale Council"


def test_a_decision_without_words_says_that_the_protection_is_not_known(clock, nominal, omar, poppy, cora, sam):
    contact = contact_with(nominal, omar, poppy)
    ppn = shared(notice_from(contact, omar), cora, sam)
    record_decision(care_delivery(ppn), by=cora, answer=WHO, outcome="nfa")
    assert "has not said how the child is protected" in as_it_is(contact).protects


def test_the_manager_may_hear_it_by_telephone_before_anything_was_shared(clock, nominal, omar, poppy):
    contact = contact_with(nominal, omar, poppy)
    notice_from(contact, omar)
    assert decided(contact, omar).state == "decided"


@pytest.mark.parametrize(
    "wrong", [{"decision": "perhaps"}, {"who": " "}, {"protects": ""}, {"decided_at": timedelta(hours=1)}]
)
def test_a_decision_is_known_whole(clock, nominal, omar, poppy, wrong):
    contact = contact_with(nominal, omar, poppy)
    notice_from(contact, omar)
    said = {**wrong, "decided_at": clock.at + wrong["decided_at"]} if "decided_at" in wrong else wrong
    with pytest.raises(NotNow):
        decided(contact, omar, **said)


def test_it_is_settled_only_when_the_plan_has_taken_it_up(clock, nominal, omar, poppy):
    contact = contact_with(nominal, omar, poppy)
    with pytest.raises(NotNow):
        contacts.contact_in_plan(contact, by=omar, effect="Unannounced visits on Sundays")
    notice_from(contact, omar)
    contact = decided(contact, omar)
    with pytest.raises(NotNow):
        contacts.contact_in_plan(contact, by=omar, effect=" ")
    contact = contacts.contact_in_plan(contact, by=omar, effect="Unannounced visits on Sundays")
    assert (contact.state, contact.closed_by) == ("closed", omar)


def test_another_decision_opens_it_again(clock, nominal, omar, poppy, cora, sam):
    contact = contact_with(nominal, omar, poppy)
    ppn = shared(notice_from(contact, omar), cora, sam)
    record_decision(care_delivery(ppn), by=cora, answer=WHO, outcome="nfa", said="Seen with her mother")
    contacts.contact_in_plan(as_it_is(contact), by=omar, effect="Nothing, because he may see her with her mother")
    change_outcome(care_delivery(ppn), by=cora, answer=WHO, outcome="icpc", said="Conference on Friday")
    contact = as_it_is(contact)
    assert (contact.state, contact.decision, contact.closed_at) == ("decided", "other", None)
    assert "Child protection conference" in contact.protects


def test_social_care_is_asked_again_by_itself_until_the_decision_is_known(clock, nominal, omar, poppy, cora, sam):
    contact = contact_with(nominal, omar, poppy)
    ppn = shared(notice_from(contact, omar), cora, sam)
    clock.shift(timedelta(days=1))
    assert chase_all() == 0
    clock.shift(timedelta(microseconds=1))
    assert (chase_all(), chase_all()) == (1, 0)
    assert as_it_is(contact).chased == 1
    with acting(System("test")):
        last = Disclosure.objects.filter(record=ppn.pk).order_by("number").last()
    assert last.agency.name == "Vale Council"
    assert "Sallowfold" not in str(last.content)
    clock.shift(timedelta(days=3, microseconds=1))
    assert chase_all() == 1
    decided(contact, omar)
    clock.shift(timedelta(days=30))
    assert chase_all() == 0


def test_it_is_asked_for_by_hand_too_and_an_inspector_goes_to_the_head_of_service(
    clock, nominal, omar, stella, imran, poppy
):
    contact = contact_with(nominal, omar, poppy)
    with pytest.raises(NotNow):
        contacts.chase_decision(contact, by=omar, said="No answer")
    notice_from(contact, omar)
    with pytest.raises(NotNow):
        contacts.chase_decision(as_it_is(contact), by=omar, said=" ")
    assert contacts.chase_decision(as_it_is(contact), by=omar, said="Sol rings back").chased == 1
    with pytest.raises(NotYours):
        contacts.raise_with_head(as_it_is(contact), by=stella, whom="Jo Head", said="Today")
    for wrong in ({"whom": " ", "said": "Today"}, {"whom": "Jo Head", "said": ""}):
        with pytest.raises(NotNow):
            contacts.raise_with_head(as_it_is(contact), by=imran, **wrong)
    raised = contacts.raise_with_head(as_it_is(contact), by=imran, whom="Jo Head", said="Today")
    assert (raised.raised_with, raised.raised_at) == ("Jo Head", clock.at)


def test_a_sergeant_says_that_there_was_none(clock, nominal, omar, stella, poppy):
    contact = contact_with(nominal, omar, poppy)
    with pytest.raises(NotYours):
        contacts.no_contact(contact, by=omar, because="Another man")
    with pytest.raises(NotNow):
        contacts.no_contact(contact, by=stella, because=" ")
    assert contacts.no_contact(contact, by=stella, because="Another man").state == "in_error"
    assert contact_with(nominal, omar, poppy).state == "learned"


def test_whoever_was_not_visited_is_visited_again(clock, stella, omar, imran, poppy):
    nominal = low_for_years(clock, stella, omar)
    approvals.approve(approval_of(proposed(nominal, omar)), by=imran)
    assert as_it_is(nominal).state == "reactive"
    contact_with(as_it_is(nominal), omar, poppy, at=clock.at - hours(1))
    assert (as_it_is(nominal).state, as_it_is(nominal).notified_at) == ("active", clock.at - hours(1))


# What the software finds


@pytest.fixture
def found(clock, nominal, stella, poppy, sam):
    """On the register, and Poppy's parent: the links put them together, and nobody has said so."""
    is_a_sex_offender(nominal.person, stella)
    is_the("parent", nominal.person, poppy, sam)
    with acting(System("test")):
        return Finding.objects.get()


def test_a_link_with_somebody_who_is_managed_is_a_contact_that_nobody_reported(clock, found, nominal, poppy):
    (contact,) = every()
    assert (contact.nominal, contact.child, contact.finding, contact.recorded_by) == (nominal, poppy, found.pk, None)
    assert (contact.discovered_at, contact.state) == (found.known_since, "learned")


def test_more_evidence_makes_no_second_contact(clock, found, nominal, poppy, sam):
    for person in (nominal.person, poppy):
        lives_at(person, HERE, sam)
    assert len(every()) == 1


def test_a_link_of_before_somebody_was_managed_becomes_a_contact_once(clock, stella, omar, sam):
    clive, child = on_record(stella, "Clive Marchfold"), a_grandchild(omar, "Willow Sallowfold")
    is_a_sex_offender(clive, stella)
    is_the("parent", clive, child, sam)
    assert every() == []
    managed_as = managed(stella, omar, "Desmond Garmere")
    assert look_for_contacts() == 0
    with acting(System("test")):
        person = type(clive).objects.get(pk=clive.pk)
    facts = NominalFacts(managed_as="violent", manager=omar, category="2")
    nominal = take_on(Nominal(), by=stella, person=person, facts=facts, notified_at=clock.at)
    assert (look_for_contacts(nominal), look_for_contacts(nominal), look_for_contacts()) == (1, 0, 0)
    assert [each.nominal for each in every()] == [nominal]
    assert managed_as != nominal


@pytest.mark.parametrize(
    ("decision", "state"), [("no_contact", "in_error"), ("wrong", "in_error"), ("managed", "learned")]
)
def test_a_decision_on_the_link_is_one_on_the_contact_unless_it_is_said_to_be_managed(
    clock, found, sam, decision, state
):
    findings.decide(found, by=sam, decision=decision, because="Asked her mother")
    (contact,) = every()
    assert (contact.state, contact.closed_by) == (state, sam if state == "in_error" else None)
    assert look_for_contacts() == 0


def test_a_notice_from_the_link_settles_the_contact_and_the_other_way_round(clock, found, omar, poppy, olly):
    (contact,) = every()
    submitted(olly, arises_from=found.pk)
    assert as_it_is(contact).state == "notice"
    assert as_it_is(found).decision == "notice"


def test_a_notice_from_the_contact_settles_the_link(clock, found, omar):
    (contact,) = every()
    ppn = notice_from(contact, omar)
    assert (as_it_is(found).state, as_it_is(found).notice) == ("decided", ppn.reference)


def test_what_an_officer_learned_stays_when_the_link_is_said_to_be_none(clock, nominal, omar, stella, poppy, sam):
    contact = contact_with(nominal, omar, poppy)
    is_a_sex_offender(nominal.person, stella)
    is_the("parent", nominal.person, poppy, sam)
    with acting(System("test")):
        finding = Finding.objects.get()
    assert len(every()) == 1
    findings.decide(finding, by=sam, decision="no_contact", because="Asked her mother")
    assert as_it_is(contact).state == "learned"


def test_a_child_whom_somebody_may_not_see_is_not_there_for_them(clock, nominal, omar, olga, chidi, poppy):
    contact = contact_with(nominal, omar, poppy)
    declare_conflict(poppy, by=chidi, user=olga, because="Her niece")
    with acting(olga):
        assert not ChildContact.objects.filter(pk=contact.pk).exists()
    with acting(omar):
        assert ChildContact.objects.filter(pk=contact.pk).exists()


def test_care_said_is_kept_as_it_was_said(clock, nominal, omar, poppy):
    contact = contact_with(nominal, omar, poppy)
    notice_from(contact, omar)
    said = care_said(decision="plan", who="  Sol Worker ")
    assert contacts.decision_known(as_it_is(contact), by=omar, said=said).decision_from == "Sol Worker"


def test_what_runs_by_itself_finds_contacts_and_asks_for_decisions(clock, nominal, omar, poppy, cora, sam):
    contact = contact_with(nominal, omar, poppy)
    shared(notice_from(contact, omar), cora, sam)
    clock.shift(timedelta(days=1, microseconds=1))
    tasks.chase_decisions()
    tasks.look_for_contacts()
    assert (as_it_is(contact).chased, len(every())) == (1, 1)


def test_one_authority_that_was_told_in_another_way_stops_no_other(clock, nominal, omar, poppy, cora, sam):
    """Its reminder cannot be sent; its clock tells somebody, and the other one is asked."""
    first = contact_with(nominal, omar, poppy)
    notice_from(first, omar)
    contacts.contact_shared(as_it_is(first), by=contacts.FOLLOWS, at=clock.at)
    second = contact_with(nominal, omar, a_grandchild(omar, "Reuben Sallowfold"))
    shared(notice_from(second, omar), cora, sam)
    clock.shift(timedelta(days=1, microseconds=1))
    assert chase_all() == 1
    assert (as_it_is(first).chased, as_it_is(second).chased) == (0, 1)
