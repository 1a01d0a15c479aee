"""The pages for agencies in a real browser, on a phone and on a desk: axe finds nothing, and the keyboard is enough."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from access.actor import System, acting, signed
from access.time import now
from partners.disclose import Grounds, disclose
from partners.models import Delivery, Reply
from tests.conftest import hours
from tests.journeys.by_keyboard import Keyboard
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
    for informed in ("no_risk", "not_yet"):
        amy.goto(live_server.url + reverse("portal-sent", args=[not_told(force, school, informed)]))
        amy.get_by_text("Do not tell them").wait_for()
        is_sound(amy, f"the family does not know: {informed}", BOTH)


def not_told(force, school, informed):  # noqa: F811
    """Sent without the family's knowing. Gives its key."""
    more = {"not_informed_because": "He would move", "who_will_tell": "PC Officer", "tell_by": now() + hours(20)}
    grounds = Grounds(basis="public_task", why_needed="To keep her safe", informed=informed, **more)
    with signed(force["cora"]):
        (sent,) = disclose(
            submitted(force["olly"]), to=[school], content={"about": "Seen"}, grounds=grounds, by=force["cora"]
        )
    return sent.pk


def test_on_a_phone_and_with_the_keyboard_alone_she_reads_it_and_says_that_they_have_it(amy, school, force):  # noqa: F811
    delivery = sent(submitted(force["olly"]), school, force["cora"])
    amy.set_viewport_size(PHONE)
    amy.reload()
    keys = Keyboard(amy)
    keys.press(f"Child at risk, {delivery.reference}")
    amy.get_by_role("heading", name="Exactly what you were sent").wait_for()
    keys.press("We have it")
    amy.get_by_role("heading", name="You have it").wait_for()
    keys.press("We have it")
    amy.get_by_text("The police have your answer.").wait_for()
    with acting(System("test")):
        assert Delivery.objects.get(pk=delivery.pk).state == "acknowledged"
    keys.press("We have decided")
    amy.get_by_role("heading", name="What you decided").wait_for()
    keys.choose("What did you decide?", "Early help")
    keys.fill("In your words", "Mr Sample meets her on Monday")
    keys.press("Send to the police")
    amy.get_by_text("Decided: Early help.").wait_for()
    with acting(System("test")):
        assert Delivery.objects.get(pk=delivery.pk).state == "settled"


@pytest.mark.parametrize(
    ("button", "typed"),
    [
        ("We need to know more", {"What do you need to know?": "Who may collect her?"}),
        ("We disagree", {"What do you disagree with?": "Not safe", "What do you ask for, for the child?": "A visit"}),
    ],
)
def test_each_other_answer_is_given_with_the_keyboard_alone(amy, school, force, live_server, button, typed):  # noqa: F811
    delivery = sent(submitted(force["olly"]), school, force["cora"])
    amy.goto(live_server.url + reverse("portal-sent", args=[delivery.disclosure_id]))
    keys = Keyboard(amy)
    keys.press(button)
    amy.get_by_role("button", name="Send to the police").wait_for()
    for label, words in typed.items():
        keys.fill(label, words)
    keys.press("Send to the police")
    amy.get_by_text("The police have your answer.").wait_for()
    is_sound(amy, button, BOTH)


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
