"""The pages for agencies in a real browser, on a phone and on a desk: axe finds nothing, and the keyboard is enough."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from access.actor import System, acting, signed
from partners.models import Delivery, Reply
from tests.journeys.conftest import BOTH, PASSWORD, PHONE, force, is_sound  # noqa: F401 - fixtures
from tests.partners.agencies import a_person
from tests.partners.scenes import an_agency, arrived, sent
from tests.partners.test_corrections import taken_back
from tests.stories import submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(force):  # noqa: F811 - the fixture
    """Amy Field works there and may sign in."""
    school = an_agency("Vale School", "education")
    user = a_person(school, by=force["sam"]).user
    with signed(System("test")):
        user.password = make_password(PASSWORD)
        user.save()
    return school


@pytest.fixture
def amy(page, live_server, school):
    """Her browser, after she has signed in."""
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("Username").fill("amy")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Today").wait_for()
    return page


def test_every_page_is_sound_on_a_phone_and_on_a_desk(amy, school, force, live_server):  # noqa: F811
    is_sound(amy, "nothing waits", BOTH)
    olly, cora = force["olly"], force["cora"]
    delivery = sent(submitted(olly), school, cora)
    wrong = submitted(olly)
    replaced = arrived(wrong, school, cora)
    (back,) = taken_back(wrong, cora)
    key = delivery.disclosure_id
    addresses = [reverse("portal"), *(reverse("portal-sent", args=[each]) for each in (key, back.pk))]
    addresses += [reverse("portal-sent", args=[replaced.disclosure_id]), reverse("home"), "/portal/nothing/"]
    addresses += [reverse(f"portal-{step}", args=[key]) for step in ("have-it", "decided", "ask", "disagree")]
    addresses += [reverse("portal-destroyed", args=[back.pk])]
    for address in addresses:
        amy.goto(live_server.url + address)
        is_sound(amy, address, BOTH)


def test_on_a_phone_and_with_the_keyboard_alone_she_reads_it_and_says_that_they_have_it(amy, school, force):  # noqa: F811
    delivery = sent(submitted(force["olly"]), school, force["cora"])
    amy.set_viewport_size(PHONE)
    amy.reload()
    _tab_to(amy, delivery.reference)
    amy.keyboard.press("Enter")
    amy.get_by_role("heading", name=delivery.reference).wait_for()
    _tab_to(amy, "We have it")
    amy.keyboard.press("Enter")
    amy.get_by_role("heading", name="You have it").wait_for()
    _tab_to(amy, "We have it")
    amy.keyboard.press("Enter")
    amy.get_by_text("The police have your answer.").wait_for()
    with acting(System("test")):
        assert Delivery.objects.get(pk=delivery.pk).state == "acknowledged"


def test_what_she_forgot_is_named_and_what_she_typed_is_still_there(amy, school, force, live_server):  # noqa: F811
    delivery = sent(submitted(force["olly"]), school, force["cora"])
    amy.goto(live_server.url + reverse("portal-decided", args=[delivery.disclosure_id]))
    amy.get_by_label("In your words").fill("Mr Sample meets her on Monday")
    amy.get_by_role("button", name="Send to the police").click()
    amy.get_by_role("link", name="Answer needed: What did you decide?").click()
    is_sound(amy, "an answer that is missing", BOTH)
    assert amy.get_by_label("In your words").input_value() == "Mr Sample meets her on Monday"
    amy.get_by_label("Early help").check()
    amy.get_by_role("button", name="Send to the police").click()
    amy.get_by_text("The police have your answer.").wait_for()
    with acting(System("test")):
        assert [(each.what, each.said) for each in Reply.objects.all()] == [
            ("decision", "Mr Sample meets her on Monday")
        ]


def _tab_to(page, name):
    """Nothing but the tab key, until what is focused has this name."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || ''").strip() == name:
            return
    raise AssertionError(f"{name} cannot be reached with the tab key")
