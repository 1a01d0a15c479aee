"""What became of what was sent: the mail says so, the school says so, or somebody here does, and all agree."""

from __future__ import annotations

import json

import pytest
from django.core import mail
from django.urls import reverse

from access.actor import acting
from access.time import now
from encompass import workflow
from partners.models import Delivery, Disclosure
from partners.posting import deliver_waiting
from partners.workflow import delivery as way
from partners.workflow import replies
from tests.encompass.conftest import local
from tests.encompass.scenes import POPPY, raised_one, screened
from tests.partners.agencies import a_person
from tests.stories import as_seen_by, clock_of
from workflow.models import Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(friday_night, olly, lark):
    return screened(raised_one(olly, school=lark), olly)


def deliveries(by):
    with acting(by):
        return list(Delivery.objects.order_by("sent_at", "pk"))


def test_when_the_mail_is_in_the_secure_mailbox_the_school_is_told_and_the_bell_is_kept(sent, cora):
    assert deliver_waiting() == 1
    done = as_seen_by(cora, sent)
    assert (done.state, done.told_how, done.delivered_at, done.late) == ("delivered", "mail", now(), False)
    assert clock_of(done, "P6").stopped_at == now()
    (letter,) = mail.outbox
    assert letter.to == ["dsl@900001.example"]
    assert POPPY in letter.body
    assert "POPPY" not in letter.subject.upper()


def test_what_is_mailed_is_what_was_kept(sent, cora):
    deliver_waiting()
    with acting(cora):
        (disclosure,) = Disclosure.objects.all()
    assert disclosure.content == as_seen_by(cora, sent).content
    body = mail.outbox[0].body
    assert all(text in body for text in json.loads(json.dumps(disclosure.content)).values())


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "tests.encompass.no_server.Backend"


def test_a_mail_that_cannot_be_delivered_comes_back_to_be_telephoned_and_the_bell_runs_on(
    sent, cora, friday_night, no_server
):
    for _ in range(3):
        deliver_waiting()
        friday_night.set(now().replace(minute=(now().minute + 6) % 60))
    back = as_seen_by(cora, sent)
    assert (back.state, clock_of(back, "P6").stopped_at) == ("ready", None)
    assert "could not be sent" in back.trouble
    done = workflow.told_by_phone(back, by=cora, name="Lena Lead", because="", support_note="")
    assert done.state == "delivered"
    assert [each.state for each in deliveries(cora)] == ["superseded", "delivered"]


def test_told_by_telephone_here_nothing_is_mailed_any_more(sent, cora):
    workflow.told_by_phone(sent, by=cora, name="Lena Lead", because="", support_note="")
    assert (deliver_waiting(), mail.outbox) == (0, [])
    (delivery,) = deliveries(cora)
    assert (delivery.state, delivery.told_whom) == ("delivered", "Lena Lead")


def test_told_by_telephone_on_the_page_of_the_sharing(sent, cora):
    (delivery,) = deliveries(cora)
    way.told_by_phone(delivery, by=cora, to_whom="Lena Lead")
    done = as_seen_by(cora, sent)
    assert (done.state, done.told_how, done.told_name) == ("delivered", "phone", "Lena Lead")


def test_a_school_that_answers_by_its_own_system_has_acknowledged_it(sent, cora):
    deliver_waiting()
    (delivery,) = deliveries(cora)
    replies.acknowledge(delivery, by=cora, answer=replies.Answer(who="Lena Lead"))
    done = as_seen_by(cora, sent)
    assert (done.state, done.acknowledged_name) == ("acknowledged", "Lena Lead")


def test_a_school_that_reads_it_on_our_pages_is_told_by_whom_it_was_read_and_is_asked_by_when_its_day_ends(
    client, sent, cora, sam
):
    (delivery,) = deliveries(cora)
    client.force_login(a_person(delivery.agency, by=sam, username="holly").user)
    assert "Operation Encompass: domestic abuse" in client.get(reverse("portal")).content.decode()
    page = client.get(reverse("portal-sent", args=[delivery.disclosure_id])).content.decode()
    assert POPPY in page
    assert "Please tell us that you have it by 3:30 pm on Monday 9 March." in page
    assert "Do not tell them before you have asked us." in page
    told = as_seen_by(cora, sent)
    assert (told.state, told.told_how, told.told_name) == ("delivered", "portal", "Holly Field")
    assert clock_of(told, "P6").stopped_at == now()
    assert deliver_waiting() == 0
    steps = Step.objects.filter(record=delivery.pk).values_list("transition", flat=True)
    assert list(steps.order_by("pk")) == ["partners.hand_over", "partners.fetched"]
    client.post(reverse("portal-have-it", args=[delivery.disclosure_id]))
    assert as_seen_by(cora, sent).acknowledged_name == "Holly Field, Safeguarding lead"
    assert "Nothing waits for your answer." in client.get(reverse("portal")).content.decode()


def test_an_answer_before_the_mail_said_anything_is_an_answer(sent, cora):
    (delivery,) = deliveries(cora)
    replies.acknowledge(delivery, by=cora, answer=replies.Answer(who="Lena Lead"))
    done = as_seen_by(cora, sent)
    assert (done.state, done.delivered_at) == ("acknowledged", now())
    assert deliver_waiting() == 0


def test_acknowledged_here_it_is_acknowledged_there(sent, cora):
    deliver_waiting()
    workflow.acknowledge(as_seen_by(cora, sent), by=cora, name="Lena Lead")
    assert [(each.state, each.acknowledged_by_whom) for each in deliveries(cora)] == [("acknowledged", "Lena Lead")]


def test_delivered_here_it_is_delivered_there(sent, cora):
    workflow.delivered(sent, by=cora)
    assert [each.state for each in deliveries(cora)] == ["delivered"]


def test_what_came_back_after_it_was_delivered_has_not_told_the_school(sent, cora, friday_night):
    deliver_waiting()
    (delivery,) = deliveries(cora)
    way.failed(delivery, by=cora, because="No such mailbox")
    back = as_seen_by(cora, sent)
    assert (back.state, back.trouble, back.delivered_at) == ("ready", "No such mailbox", None)
    assert clock_of(back, "P6A").stopped_at == now()
    assert clock_of(back, "P6").due_at == local(2026, 3, 9, 8, 40)
    assert clock_of(back, "P6").stopped_at is None


def test_what_came_back_here_is_not_tried_again_by_itself(sent, cora):
    back = workflow.not_delivered(sent, by=cora, what_happened="Mailbox full")
    assert (back.state, deliver_waiting(), mail.outbox) == ("ready", 0, [])
    again = workflow.send(back, by=cora, because="")
    assert deliver_waiting() == 1
    assert as_seen_by(cora, again).state == "delivered"


def test_nothing_is_owed_twice_the_schools_own_clock_counts(sent, cora):
    (delivery,) = deliveries(cora)
    assert delivery.expects == []
