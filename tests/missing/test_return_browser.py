"""A return interview in a real browser: somebody who holds them says on our pages what came of one, and the
co-ordinator reads it into the record. Axe finds nothing, on a phone and on a desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from access import time
from access.actor import System, signed
from missing.workflow import notices
from tests.conftest import MONDAY, hours
from tests.journeys.by_keyboard import Keyboard
from tests.journeys.conftest import BOTH, PASSWORD, PHONE, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.missing.returns import (
    GROUNDS,
    RISKS,
    SUMMARY,
    TEXT,
    a_child,
    as_it_is,
    asked,
    back,
    came,
    council,
    learned_from,
    missing,
    raised,
    sent_about,
)  # fmt: skip
from tests.missing.test_notices_life import of_authority, of_school
from tests.partners.agencies import a_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def amy(page, live_server, force):  # noqa: F811 - the fixture
    """Amy holds return interviews for the council, and has no system but a browser."""
    user = a_person(council(), by=force["sam"], post="Return interview worker").user
    with signed(System("test")):
        user.password = make_password(PASSWORD)
        user.save()
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_label("Username").fill("amy")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Today", exact=True).wait_for()
    return page


def test_with_the_keyboard_alone_she_says_what_came_of_it_and_the_co_ordinator_reads_it(amy, force, sign_in):  # noqa: F811
    request = asked(force["maya"])
    time.freeze(MONDAY + hours(30))
    amy.set_viewport_size(PHONE)
    amy.reload()
    keys = Keyboard(amy)
    keys.press(f"Request for a return interview, {request.reference}")
    amy.get_by_role("heading", name="Exactly what you were sent").wait_for()
    is_sound(amy, "a request for a return interview", BOTH)
    keys.press("It was held")
    amy.get_by_role("heading", name="The return interview was held").wait_for()
    for label, value in (("Day", "3"), ("Month", "3"), ("Year", "2026"), ("Time", "14:00")):
        keys.fill(label, value)
    keys.fill("What came of it?", TEXT)
    is_sound(amy, "what came of it", BOTH)
    keys.press("Send to the police")
    amy.get_by_text("The police have your answer.").wait_for()
    assert (as_it_is(request).state, as_it_is(request).said) == ("received", TEXT)

    page = sign_in("maya")
    keys = Keyboard(page)
    page.get_by_role("heading", name="Return interviews that came back, unread").wait_for()
    keys.press("Anya Example")
    page.get_by_text(TEXT).wait_for()
    keys.press("Read it into the record")
    page.get_by_role("heading", name="What was learned").wait_for()
    keys.fill("What does the next officer have to know?", SUMMARY)
    keys.fill("Which risks does it show?", RISKS)
    page.get_by_label("What is it?").first.select_option(label="Place")
    page.get_by_label("In words").first.fill("Flats behind the station")
    keys.choose("Is the trigger plan up to date with this?", "No")
    keys.press("It is read")
    page.get_by_role("heading", name="What the next officer has to know").wait_for()
    is_sound(page, "a return interview that was read", BOTH)
    assert (as_it_is(request).state, learned_from(request)) == ("read", ["Flats behind the station"])


def test_that_there_was_none_is_said_as_well(amy, force, live_server):  # noqa: F811
    request = asked(force["maya"])
    amy.goto(live_server.url + reverse("portal-no-interview", args=[sent_about(request)[0].pk]))
    is_sound(amy, "why there was none", BOTH)
    keys = Keyboard(amy)
    keys.choose("Why was there none?", "The child did not want one")
    keys.fill("What is known of it?", "Offered twice, at the door")
    keys.press("Send to the police")
    amy.get_by_text("The police have your answer.").wait_for()
    assert as_it_is(request).outcome == "declined"


def test_every_page_of_the_force_is_sound_on_a_phone_and_on_a_desk(live_server, force, sign_in):  # noqa: F811
    maya = force["maya"]
    waits = asked(maya)
    unread = came(asked(maya, back(maya, a_child(maya, "Bea Example"))), maya)
    rows = raised(missing(maya, a_child(maya, "Cy Example"), responsible=council("Sallow Council")), maya)
    notice, other = of_authority(rows)
    sent = notices.send_notice(other, by=maya, grounds=GROUNDS)
    school = of_school(rows)
    to_ask = back(maya, a_child(maya, "Di Example"))
    addresses = [reverse(name) for name in ("interviews", "missing-notices", "missing-notices-send-all")]
    addresses += [reverse("interview-new", args=[to_ask.pk]), to_ask.get_absolute_url()]
    addresses += [each.get_absolute_url() for each in (waits, unread, notice, sent, school)]
    addresses += [reverse(f"interview-{step}", args=[waits.pk]) for step in ("held", "came", "none", "chase")]
    addresses += [reverse("interview-read", args=[unread.pk]), reverse("missing-notice-school", args=[school.pk])]
    addresses += [reverse(f"missing-notice-{step}", args=[notice.pk]) for step in ("send", "authority", "not-sent")]
    page = sign_in("maya")
    for address in addresses:
        page.goto(live_server.url + address)
        is_sound(page, address, BOTH)
    page = sign_in("sam", reverse("school-schemes"))
    is_sound(page, "where the scheme is live", BOTH)
