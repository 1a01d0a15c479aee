"""A sergeant records a meeting in a real browser, on a phone and at a desk; every page is sound."""

import pytest
from django.urls import reverse

from access.actor import acting
from strategy.models import StrategyMeeting
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.stories import hours, submitted
from tests.strategy.meetings import SERGEANT, SOCIAL_WORKER, STARTS, agreed, asked, given, held, minuted, the_council

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_of_a_meeting_is_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    sam, council = force["sam"], the_council()
    waiting = asked(sam, immediate="yes")
    accepted = agreed(sam)
    meeting = held(agreed(sam), sam, attendees=[SOCIAL_WORKER, SERGEANT], because="The nurse is ill", decisions=STARTS)
    action = given(meeting, sam, due_at=meeting.held_at + hours(4))
    given(meeting, sam, due_at=meeting.held_at + hours(4), owner=None, agency=council, name_there="Ash")
    meeting = minuted(meeting, sam)
    page = sign_in("sam")
    for name, keys in (
        ("strategy-queue", []),
        ("strategy-new", []),
        ("strategy", [waiting.pk]),
        ("strategy", [meeting.pk]),
        ("strategy-accepted", [waiting.pk]),
        ("strategy-plan", [accepted.pk]),
        ("strategy-hold", [accepted.pk]),
        ("strategy-minutes", [meeting.pk]),
        ("strategy-conference", [meeting.pk]),
        ("strategy-give-action", [meeting.pk]),
        ("strategy-close", [meeting.pk]),
        ("action", [action.pk]),
        ("action-done", [action.pk]),
    ):
        page.goto(live_server.url + reverse(name, args=keys))
        is_sound(page, name, BOTH)
    assert complaints() == []


def test_from_a_notice_to_a_meeting_that_was_held_on_a_phone(sign_in, force, live_server):  # noqa: F811
    ppn = submitted(force["olly"])
    the_council()
    page = sign_in("sam", reverse("ppn", args=[ppn.pk]))
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Ask for a strategy meeting").first.click()
    assert page.get_by_label("Anya Example").is_checked()
    page.get_by_label("What makes you suspect significant harm?").fill("Bruises in three places")
    page.get_by_role("group", name="Is the risk immediate?").get_by_label("No", exact=True).check()
    page.get_by_label("Public task").check()
    page.get_by_label("Why do they need it?").fill("To decide with us")
    page.get_by_role("group", name="Has the family been told that we share?").get_by_label("Yes").check()
    page.get_by_role("button", name="Send the request").click()
    page.get_by_role("heading", name="Strategy meeting about Anya Example").wait_for()
    page.get_by_role("button", name="They accept").click()
    page.get_by_label("Who at the authority answered?").fill("Ash, duty manager")
    page.get_by_label("What did they say, and why?").fill("They will chair it")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Record the meeting").click()
    page.get_by_role("group", name="How is it held?").get_by_label("Telephone").check()
    people = [("Sol Worker", "Vale Council"), ("Nell Nurse", "Vale NHS"), ("Sam Sergeant", "Police")]
    for number, (name, agency) in enumerate(people, start=1):
        row = page.get_by_role("group", name=f"Person {number}", exact=True)
        row.get_by_label("Name", exact=True).fill(name)
        row.get_by_label("Agency").fill(agency)
        row.get_by_label("Their role").fill("Manager")
    page.get_by_role("group", name="Does a section 47 enquiry start?").get_by_label("Not decided").check()
    page.get_by_label("Why?", exact=True).fill("More is known tonight")
    page.get_by_role("group", name="Who investigates?").get_by_label("Not decided").check()
    page.get_by_label("Who sees the child, and by when").fill("The social worker, today")
    page.get_by_role("group", name="Is a medical needed?").get_by_label("No", exact=True).check()
    page.get_by_label("Safety plan").fill("She stays with her aunt")
    page.get_by_label("What is the family told, by whom?").fill("Not decided")
    page.get_by_label("Anything else decided?").fill("Nothing else")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="What was decided", exact=True).wait_for()
    assert page.get_by_text("All were there").is_visible()
    is_sound(page, "held", [PHONE])
    with acting(force["sam"]):
        assert StrategyMeeting.objects.get().state == "held"
