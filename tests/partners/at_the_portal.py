"""Amy works at Vale School and is let in: what she sees and says, for the tests of the pages for agencies."""

import pytest
from django.urls import reverse

from access.actor import System, acting
from partners import workflow
from partners.models import Delivery, Look, Reply
from tests.partners.agencies import a_person
from tests.partners.scenes import an_agency, sent
from tests.stories import submitted

TEST = System("test")
STEPS = ["have-it", "decided", "interview", "no-interview", "ask", "disagree", "destroyed"]


@pytest.fixture
def ppn(clock, olly):
    return submitted(olly)


@pytest.fixture
def school(ppn):
    return an_agency("Vale School", "education")


@pytest.fixture
def amy(client, school, sam):
    person = a_person(school, by=sam)
    client.force_login(person.user)
    return person


@pytest.fixture
def delivery(ppn, school, cora):
    return sent(ppn, school, cora)


@pytest.fixture
def sees(client, amy):
    """What Amy sees, by the name of the page and what was sent."""

    def read(name="portal", about=None, status=200):
        answer = client.get(reverse(name, args=[about] if about else []))
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    return read


@pytest.fixture
def says(client, amy):
    """Amy answers, and sees the page that follows."""

    def answer(step, about, status=200, **said):
        page = client.post(reverse(f"portal-{step}", args=[about.disclosure_id]), said, follow=True)
        assert page.status_code == status, page.content.decode()
        return page.content.decode()

    return answer


def now_there(delivery):
    with acting(TEST):
        return Delivery.objects.get(pk=delivery.pk)


def replies():
    with acting(TEST):
        return [(each.what, each.who, each.how, each.said) for each in Reply.objects.order_by("recorded_at")]


def settled(delivery, by):
    return workflow.record_decision(delivery, by=by, answer=workflow.Answer(who="Amy Field"), outcome="early_help")


def looks():
    with acting(TEST):
        return [(each.who, each.times) for each in Look.objects.order_by("first_at")]
