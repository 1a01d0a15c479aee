"""Somebody of an agency sees what their agency was sent, and answers; nothing of another agency's is there."""

import pytest
from django.urls import reverse

from access.actor import System, acting
from partners.models import Delivery, Look
from tests.partners.agencies import a_person
from tests.partners.scenes import an_agency, sent
from tests.stories import submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(clock):
    return an_agency("Vale School", "education")


@pytest.fixture
def amy(client, school, sam):
    person = a_person(school, by=sam)
    client.force_login(person.user)
    return person


def test_reading_it_is_a_look_and_it_has_arrived(client, amy, school, olly, cora):
    delivery = sent(submitted(olly), school, cora)
    page = client.get(reverse("portal-sent", args=[delivery.disclosure_id]))
    assert "I hid under the stairs" in page.content.decode()
    with acting(System("test")):
        now_there = Delivery.objects.get(pk=delivery.pk)
        assert (now_there.state, now_there.told_how) == ("delivered", "portal")
        assert [(each.who, each.times) for each in Look.objects.all()] == [("Amy Field", 1)]


def test_what_another_agency_was_sent_is_a_404(client, amy, olly, cora):
    delivery = sent(submitted(olly), an_agency(), cora)
    assert client.get(reverse("portal-sent", args=[delivery.disclosure_id])).status_code == 404


def test_they_say_that_they_have_it(client, amy, school, olly, cora):
    delivery = sent(submitted(olly), school, cora)
    assert client.post(reverse("portal-have-it", args=[delivery.disclosure_id])).status_code == 302
    with acting(System("test")):
        assert Delivery.objects.get(pk=delivery.pk).state == "acknowledged"


def test_somebody_let_out_of_the_police_pages_and_staff_out_of_these(client, amy, cora):
    assert client.get(reverse("portal")).status_code == 200
    assert client.get(reverse("home")).status_code == 403
    client.force_login(cora)
    assert client.get(reverse("portal")).status_code == 403
