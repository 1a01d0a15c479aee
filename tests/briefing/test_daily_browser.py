"""The chair goes through a meeting on a screen and on a phone; every page is sound."""

import os

import pytest
from django.urls import reverse

from access import time
from briefing.models import Meeting
from briefing.workflow import meetings
from tests.briefing.scenes import LATE, TUESDAY, acted_on, items
from tests.conftest import hours
from tests.journeys.conftest import BOTH, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.missing.scenes import searched_for
from tests.stories import called_in

pytestmark = pytest.mark.django_db(transaction=True)


def seen(page, name):
    """For looking at by eye, where somebody asks for it."""
    if folder := os.environ.get("PICTURES"):
        for size in BOTH:
            page.set_viewport_size(size)
            page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)


def test_the_chair_decides_child_by_child_until_the_minutes_are_signed_off(sign_in, force, complaints):  # noqa: F811
    searched_for(force)
    time.freeze(TUESDAY - LATE)
    called_in(force["callie"])
    meeting = meetings.ensure_meeting()
    time.freeze(TUESDAY)
    page = sign_in("dmitri", meeting.get_absolute_url())
    is_sound(page, "to come", BOTH)
    page.get_by_role("button", name="Open the meeting").click()
    page.get_by_role("button", name="Open it").click()
    page.get_by_text("0 of 2 children decided").wait_for()
    is_sound(page, "going on", BOTH)
    seen(page, "meeting")
    page.get_by_role("link", name="Go through what is not decided").click()
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_text("There is a problem").wait_for()
    is_sound(page, "refused", BOTH)
    seen(page, "item")
    while page.get_by_role("button", name="Record the decision").count():
        page.get_by_label("Nothing more to do").check()
        page.get_by_label("The decision, in words").fill("The family was reached and is safe tonight")
        page.get_by_role("button", name="Record the decision").click()
        page.wait_for_load_state()
    page.get_by_text("2 of 2 children decided").wait_for()
    page.get_by_role("link", name="Write down who is there").click()
    page.get_by_label("Who of the force is there?").select_option(label=str(force["dmitri"]))
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("button", name="The meeting is over").click()
    page.get_by_role("button", name="It is over").click()
    page.get_by_role("button", name="Sign off the minutes").click()
    page.get_by_role("button", name="Sign off", exact=True).click()
    page.get_by_text("Minutes signed off by").first.wait_for()
    is_sound(page, "signed off", BOTH)
    seen(page, "minutes")
    assert complaints() == []


def test_what_is_asked_of_somebody_is_sound_on_a_phone_too(sign_in, force, live_server):  # noqa: F811
    called_in(force["callie"])
    time.freeze(time.now() + hours(2))
    begun = meetings.want_meeting(Meeting(), by=meetings.OWES, after=time.now() - hours(24))
    begun = meetings.begin(begun, by=force["dmitri"])
    action = acted_on(items(begun)[0], force["dmitri"], force["rosa"])
    page = sign_in("rosa", action.get_absolute_url())
    is_sound(page, "action", BOTH)
    seen(page, "action")
    for name in ("daily-actions", "home"):
        page.goto(live_server.url + reverse(name))
        is_sound(page, name, BOTH)
