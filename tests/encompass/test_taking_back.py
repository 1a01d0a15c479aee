"""It went to the wrong school: they are asked to destroy it, and the child's own school is told after all."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from access.actor import NotYours, acting
from access.time import now
from encompass import workflow
from partners.models import Delivery, Disclosure, Purpose
from partners.posting import deliver_waiting
from partners.workflow import confirm_destroyed, they_disagree
from partners.workflow import delivery as way
from sla.engine import sweep
from tests.encompass.conftest import local
from tests.encompass.scenes import raised_one, screened, who_was_told
from tests.partners.scenes import BY_PHONE
from tests.stories import as_seen_by, clock_of
from workflow.transitions import NotNow

pytestmark = pytest.mark.django_db
WRONG = "Another child has the same name"


@pytest.fixture
def notice(friday_night, olly, lark):
    sent = screened(raised_one(olly, school=lark), olly)
    deliver_waiting()
    return as_seen_by(olly, sent)


def withdrawal(by):
    with acting(by):
        return Delivery.objects.select_related("agency", "disclosure").get(purpose=Purpose.WITHDRAWAL)


def found(notice, by, school):
    about = {"place": "school", "school": school, "authority": None, "agency": None, "how_we_know": "Her mother"}
    return workflow.find_school(notice, by=by, **about)


def test_the_school_that_has_it_is_asked_to_destroy_it_and_somebody_hears_if_it_does_not(notice, cora, lark):
    back = workflow.take_back(notice, by=cora, because=WRONG)
    letter = withdrawal(cora)
    assert str(lark) in str(letter.agency)
    assert letter.disclosure.content["taken_back"] == WRONG
    assert clock_of(letter, "WD").stopped_at is None
    deliver_waiting()
    assert "TAKEN BACK" in mail.outbox[-1].subject
    assert as_seen_by(cora, back).state == "needs_school"
    confirm_destroyed(withdrawal(cora), by=cora, answer=BY_PHONE)
    assert clock_of(letter, "WD").stopped_at == now()
    assert as_seen_by(cora, back).state == "needs_school"


def test_the_childs_own_school_counts_as_not_told_from_the_moment_the_grounds_were_recorded(notice, cora, friday_night):
    friday_night.set(local(2026, 3, 9, 10, 0))
    back = workflow.take_back(notice, by=cora, because=WRONG)
    for code in ("P6", "P6F"):
        running = clock_of(back, code)
        assert (running.stopped_at, running.started_at, running.due_at) == (None, notice.grounds_at, notice.bell_at)
    assert clock_of(back, "P6A").stopped_at == now()
    sweep()
    assert who_was_told(back)[-1] == "ines"


def test_the_right_school_is_screened_anew_and_its_letter_is_another(notice, cora, olly, mill):
    back = workflow.take_back(notice, by=cora, because=WRONG)
    again = found(back, olly, mill)
    assert (again.state, again.refuge, again.screened_at) == ("to_screen", "", None)
    sent = screened(again, olly)
    assert sent.state in ("sent", "ready")
    assert withdrawal(cora).state == "waiting"  # what asks to destroy is not replaced by what goes to another school
    deliver_waiting()
    with acting(cora):
        states = {(each.purpose, each.state) for each in Delivery.objects.all()}
    assert ("share", "withdrawn") in states
    assert ("withdrawal", "delivered") in states


def test_a_letter_that_asks_to_destroy_and_arrives_late_does_not_tell_the_right_school(notice, cora, olly, mill):
    back = workflow.take_back(notice, by=cora, because=WRONG)
    sent = screened(found(back, olly, mill), olly)
    way.delivered(withdrawal(cora), by=cora)
    assert as_seen_by(cora, sent).state == sent.state


def test_nor_does_anything_that_the_wrong_school_says_of_it(notice, cora, olly, mill):
    back = workflow.take_back(notice, by=cora, because=WRONG)
    letter = way.delivered(withdrawal(cora), by=cora)
    sent = screened(found(back, olly, mill), olly)
    they_disagree(letter, by=cora, answer=BY_PHONE, said="She is a pupil here", they_ask="To keep it")
    assert as_seen_by(cora, sent).state == sent.state
    confirm_destroyed(letter, by=cora, answer=BY_PHONE)
    assert (as_seen_by(cora, sent).state, as_seen_by(cora, sent).acknowledged_at) == (sent.state, None)


def test_what_had_not_arrived_does_not_go_any_more(friday_night, olly, cora, lark):
    sent = screened(raised_one(olly, school=lark), olly)
    workflow.take_back(sent, by=cora, because=WRONG)
    deliver_waiting()
    assert [letter.subject.split(":")[1].strip() for letter in mail.outbox] == ["TAKEN BACK"]


def test_it_needs_a_reason_and_somebody_of_the_mash(notice, cora, olly):
    with pytest.raises(NotNow, match="taken back"):
        workflow.take_back(notice, by=cora, because=" ")
    with pytest.raises(NotYours):
        workflow.take_back(notice, by=olly, because=WRONG)
    with acting(cora):
        assert not Disclosure.objects.filter(purpose=Purpose.WITHDRAWAL).exists()


def test_by_its_page(client, notice, cora):
    client.force_login(cora)
    assert client.post(reverse("encompass-take-back", args=[notice.pk]), {"because": WRONG}).status_code == 302
    page = client.get(notice.get_absolute_url()).content.decode()
    assert "What went out" in page
    assert "taken back" in page
    assert WRONG in page
