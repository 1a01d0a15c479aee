"""A child's image was shared: an officer at the door reports it, asks and sees the child on a phone; the specialist
sergeant says how, and allocates it. In a real browser; every page is sound."""

import pytest
from django.urls import reverse

from access.actor import acting
from online.models import SharedImage
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.online.image_scenes import asked, given_to_specialist, ready, reported, resolved, seen
from tests.online.scenes import as_it_is

pytestmark = pytest.mark.django_db(transaction=True)
QUESTIONS = 5
GUIDANCE = ["How is it to be dealt with", "Which questions", "Is anything to be viewed", "What is to be done about"]


def test_every_page_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    new = reported(force["callie"])
    worse = asked(reported(force["olly"], child_said="Orla"), force["olly"], adult="yes")
    worse = seen(given_to_specialist(worse, force["dina"], force["iris"]), force["iris"])
    done = resolved(ready(force), force["rosa"])
    page = sign_in("dina")
    for name, keys in (
        ("online-images", []),
        ("sharedimage-new", []),
        ("sharedimage", [new.pk]),
        ("sharedimage", [worse.pk]),
        ("sharedimage", [done.pk]),
        ("sharedimage-questions", [new.pk]),
        ("sharedimage-guidance", [new.pk]),
        ("sharedimage-allocate", [new.pk]),
        ("sharedimage-seen", [new.pk]),
        ("sharedimage-notice", [new.pk]),
        ("sharedimage-investigate", [worse.pk]),
        ("sharedimage-investigation", [worse.pk]),
        ("sharedimage-resolve", [worse.pk]),
        ("sharedimage-error", [new.pk]),
        ("sharedimage-reopen", [done.pk]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    page.goto(live_server.url + reverse("online-images"))
    page.get_by_text("How reports ended, by month").first.click()
    is_sound(page, "outcomes", BOTH)
    assert complaints() == []


def _an_officer_at_the_door(page):
    """On a phone: told, asked, seen."""
    page.get_by_label("What were you told?").fill("Her mother says that a picture of her goes round at school")
    page.get_by_label("Whose image is it?").fill("Tilly Ashmarsh")
    page.get_by_role("button", name="Save, and go on to the questions").click()
    page.get_by_role("alert").wait_for()  # nobody has said when
    assert page.get_by_label("Whose image is it?").input_value() == "Tilly Ashmarsh"
    is_sound(page, "refused", [PHONE])
    page.get_by_role("button", name="Now").click()
    page.get_by_role("button", name="Save, and go on to the questions").click()
    page.get_by_role("heading", name="Is there more to it?").wait_for()
    is_sound(page, "questions", [PHONE])
    for number in range(QUESTIONS):
        page.get_by_role("radio", name="No", exact=True).nth(number).check()
    page.get_by_label("Who said so, and what did they say?").fill("Tilly: “Nobody made me.”")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="The child was seen in person").click()
    page.get_by_role("button", name="Now").click()
    for label, said in (
        ("Where?", "At home"),
        ("Who was with the child?", "Her mother"),
        ("What did the child say, in their own words?", "“I sent it to him.”"),
        ("How was the child?", "Quiet"),
        ("What does the child want to happen?", "That it goes away"),
        ("What was done about devices, accounts and taking it down?", "Report Remove with her"),
    ):
        page.get_by_label(label).fill(said)
    is_sound(page, "seen", [PHONE])
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="What the child said").wait_for()
    is_sound(page, "report", [PHONE])


def test_from_the_door_to_the_specialist_and_back(sign_in, force, live_server):  # noqa: F811
    page = sign_in("olly", reverse("sharedimage-new"))
    page.set_viewport_size(PHONE)
    _an_officer_at_the_door(page)
    with acting(force["olly"]):
        images = SharedImage.objects.get()
    page.context.clear_cookies()
    page = sign_in("dina", images.get_absolute_url())
    page.get_by_role("button", name="Specialist's guidance").click()
    for label in GUIDANCE:
        page.get_by_label(label).fill("As discussed with her mother")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Allocate it").click()
    page.get_by_label("Response team", exact=True).check()
    page.get_by_label("Which team?").select_option(label="Response team A")
    page.get_by_label("Which officer?").select_option(label="Olly Officer")
    page.get_by_role("button", name="Allocate it").click()
    page.get_by_text("Olly Officer, Response team A").first.wait_for()
    assert as_it_is(images).state == "allocated"
