"""The inspectors' case: a registered sex offender was in contact with his grandchildren. Five days went by until a
notice was submitted, five more until anybody read it, and nobody asked what social care had decided. Here it cannot
happen unseen: the clock runs from when the first of us knew, somebody is told at each stage, and it stays open until
the decision is known and stands in the plan for him."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access.actor import System, acting
from access.time import now
from offenders.contact_chasing import chase_all
from offenders.models import ChildContact, Nominal
from offenders.workflow import contacts
from offenders.workflow.registrations import NominalFacts, take_on
from partners.models import Disclosure
from partners.workflow import Answer, record_decision
from ppn.origins import origin_of
from sla.models import Clock
from tests.conftest import hours
from tests.households import is_a_sex_offender, is_the, on_record
from tests.offenders.test_contacts import care_delivery
from tests.offenders.watch_scenes import a_grandchild, as_it_is, contact_with, decided, notice_from, shared
from tests.sla.made import MOMENT, raised
from tests.stories import away, clock_of, swept
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
DAY = 24


@pytest.fixture
def desmond(clock, stella, omar):
    """He is managed by Omar; that he has grandchildren is on record nowhere."""
    person = on_record(stella, "Desmond Garmere")
    facts = NominalFacts(managed_as="violent", manager=omar, category="2")
    return take_on(Nominal(), by=stella, person=person, facts=facts, notified_at=now())


@pytest.fixture
def poppy(omar):
    return a_grandchild(omar)


@pytest.fixture
def contact(desmond, omar, poppy):
    return contact_with(desmond, omar, poppy)


def found_of(**said):
    with acting(System("test")):
        return ChildContact.objects.get(**said)


def told_of(contact, code):
    return [people for *_, people in raised(contact.pk, code)]


# Five days until the notice


def test_nobody_waits_five_days_to_hear_that_there_is_no_notice(clock, contact):
    swept(clock, hours(12) + MOMENT)
    assert told_of(contact, "RS16") == [["omar"], ["stella"], ["imran"], ["dmitri"]]
    swept(clock, hours(4 * DAY))
    assert told_of(contact, "RS16")[-1] == ["sue"]


def test_it_counts_from_when_the_first_of_us_knew_and_not_from_when_it_was_typed(clock, desmond, omar, poppy):
    clock.shift(hours(5 * DAY))
    contact = contact_with(desmond, omar, poppy, at=clock.at - hours(5 * DAY))
    swept(clock, MOMENT)
    assert told_of(contact, "RS16") == [["omar"], ["stella"], ["imran"], ["dmitri"], ["sue"]]


def test_with_omar_on_leave_his_cover_is_told_and_with_the_sergeant_away_hers(clock, contact, omar, olga, stella, seb):
    away(omar, days=14, cover=olga)
    away(stella, days=14, cover=seb)
    swept(clock, hours(6) + MOMENT)
    assert told_of(contact, "RS16") == [["olga"], ["seb"]]


def test_what_the_software_finds_counts_from_when_it_was_on_record_though_nobody_reported_it(
    clock, desmond, poppy, stella, sam
):
    is_a_sex_offender(desmond.person, stella)
    is_the("parent", desmond.person, poppy, sam)
    contact = found_of(nominal=desmond)
    assert contact.recorded_by is None
    swept(clock, hours(12) + MOMENT)
    assert told_of(contact, "RS16") == [["omar"], ["stella"], ["imran"], ["dmitri"]]


def test_the_manager_is_led_straight_into_the_notice_and_the_age_is_one_age(client, clock, contact, omar, cora):
    clock.shift(hours(5 * DAY))
    client.force_login(omar)
    page = client.get(contact.get_absolute_url()).content.decode()
    assert "We have known since 5 days ago" in page
    assert f"{reverse('ppn-new')}?from={contact.pk}" in page
    ppn = notice_from(contact, omar)
    assert ppn.submitted_at - ppn.first_known_at == hours(5 * DAY)
    assert clock_of(contact, "RS16").stopped_at == clock.at
    client.force_login(cora)
    clock.shift(hours(5 * DAY))
    assert "10 days so far: 5 days until the notice, then 5 days" in client.get(ppn.get_absolute_url()).content.decode()


# Five days unread


def test_five_days_unread_the_manager_s_side_hears_of_it_too_and_not_only_the_mash(clock, contact, omar):
    ppn = notice_from(contact, omar)
    swept(clock, hours(5 * DAY))
    assert told_of(contact, "RS16S") == [["omar"], ["stella"], ["imran"], ["dmitri"]]
    assert told_of(ppn, "P2")[-1] == ["sue"]


# The decision of social care


def test_it_is_asked_for_until_it_is_known_and_the_inspector_goes_to_the_head_of_service(
    clock, contact, omar, cora, sam, imran
):
    ppn = shared(notice_from(contact, omar), cora, sam)
    asked = 0
    for _ in range(14 * 4):
        swept(clock, hours(6))
        asked += chase_all()
    clock.shift(MOMENT)
    swept(clock, MOMENT)
    assert asked == as_it_is(contact).chased >= 3
    with acting(System("test")):
        assert Disclosure.objects.filter(record=ppn.pk, agency__kind="social_care").count() == asked + 1
    assert told_of(contact, "RS17") == [["omar"], ["omar"], ["stella"], ["imran"]]
    contacts.raise_with_head(as_it_is(contact), by=imran, whom="Jo Head", said="Tomorrow at nine")
    clock.shift(timedelta(days=1))
    record_decision(care_delivery(ppn), by=cora, answer=Answer("Jo Head"), outcome="s47_joint", said="He moves out")
    assert (as_it_is(contact).state, as_it_is(contact).decision) == ("decided", "s47")
    assert clock_of(contact, "RS17").stopped_at == clock.at
    clock.shift(timedelta(days=30))
    assert chase_all() == 0


def test_it_cannot_be_settled_before_the_decision_is_known_and_stands_in_the_plan(clock, contact, omar, stella):
    with pytest.raises(NotNow):
        contacts.contact_in_plan(contact, by=omar, effect="Visits on Sundays")
    notice_from(contact, omar)
    with pytest.raises(NotNow):
        contacts.contact_in_plan(as_it_is(contact), by=omar, effect="Visits on Sundays")
    decided(contact, omar)
    swept(clock, timedelta(days=7) + MOMENT)
    assert told_of(contact, "RS17P") == [["omar"], ["omar"], ["stella"]]
    contacts.contact_in_plan(as_it_is(contact), by=omar, effect="Unannounced visits on Sundays")
    assert as_it_is(contact).state == "closed"


def test_no_child_is_forgotten_beside_the_other(clock, desmond, contact, omar):
    """His second grandchild waits for a notice of their own where the first one's does not name them."""
    reuben = contact_with(desmond, omar, a_grandchild(omar, "Reuben Sallowfold"))
    with acting(omar):
        begun = origin_of(contact.pk)
    assert [each["name"] for each in begun.subjects] == ["Poppy Sallowfold", "Reuben Sallowfold", "Desmond Garmere"]
    notice_from(contact, omar)
    assert as_it_is(reuben).state == "notice"


def test_at_any_hour_some_clock_of_it_runs_and_its_page_says_what_is_missing(client, clock, contact, omar, cora, sam):
    client.force_login(omar)

    def page():
        return client.get(contact.get_absolute_url()).content.decode()

    def runs():
        return [each.deadline for each in Clock.running().filter(record=contact.pk)]

    assert (runs(), "No notice has been submitted" in page()) == (["RS16"], True)
    ppn = notice_from(contact, omar)
    assert runs() == ["RS16S"]
    shared(ppn, cora, sam)
    clock.shift(timedelta(days=1, seconds=1))
    assert (runs(), "is not known: ask for it" in page()) == (["RS17"], True)
    decided(contact, omar)
    assert (runs(), "The plan has not taken up" in page()) == (["RS17P"], True)
    contacts.contact_in_plan(as_it_is(contact), by=omar, effect="Unannounced visits on Sundays")
    assert runs() == []
