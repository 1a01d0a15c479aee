"""An officer at the door with a phone in one hand: arrived, each child heard or not seen, the outcome, the notice."""

import pytest

from tests.journeys.conftest import PHONE, is_sound
from tests.journeys.steps import answer, do, running
from tests.stories import called_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_the_door(force, sign_in, page):
    incident = called_in(force["callie"], child="yes", what_happened="Shouting; two children live there")
    page.set_viewport_size(PHONE)
    page = sign_in("olly", then=incident.get_absolute_url())
    is_sound(page, "before arrival")
    do(page, "Police have arrived")
    is_sound(page, "arrival")
    page.get_by_role("button", name="Record arrival now").click()
    page.get_by_text("Attended", exact=True).first.wait_for()
    return page


def test_a_child_is_heard_in_their_own_words_and_the_notice_begins_with_the_incident(at_the_door):
    page = at_the_door
    do(page, "A child: seen and heard")
    page.get_by_label("Which child?").fill("Anya Example")
    answer(page, "Has the child been seen?", "Yes")
    answer(page, "Has somebody spoken with the child?", "Yes")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Anya Example was spoken to: write what they said, in their own words.").first.wait_for()
    is_sound(page, "voice: refused")
    page.get_by_label("What the child said, in their own words").fill("“I hid under the stairs.”")
    page.get_by_label("What the child wants to happen").fill("To sleep at her aunt's")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Anya Example: seen").wait_for()
    assert page.get_by_text("“I hid under the stairs.”").first.is_visible()
    do(page, "Record the outcome")
    assert page.get_by_role("group", name="Was each child seen").get_by_label("Yes").is_checked()
    page.get_by_label("What was found and done").fill("He has gone to a hotel; her aunt came")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Outcome recorded").first.wait_for()
    is_sound(page, "outcome")
    the_notice_is_submitted(page)


def the_notice_is_submitted(page):
    incident = page.url
    do(page, "Submit a notice from this incident")
    page.get_by_role("heading", level=1).wait_for()
    is_sound(page, "notice")
    page.get_by_label("Child at risk", exact=True).check()
    answer(page, "Is a child involved?", "Yes")
    page.get_by_label("Amber / medium").check()
    page.get_by_label("Not domestic abuse").check()
    page.get_by_label("What happened").fill("A girl was hiding under the stairs.")
    person = page.get_by_role("group", name="Person 1")
    person.get_by_label("Child", exact=True).check()
    person.get_by_label("Name").fill("Anya Example")
    person.get_by_role("group", name="Did you see them?").get_by_label("Yes").check()
    person.get_by_role("group", name="Did you speak to them").get_by_label("Yes").check()
    person.get_by_label("What they said").fill("“I hid under the stairs.”")
    page.get_by_role("button", name="Submit to the MASH").click()
    page.get_by_text("Waiting for review").first.wait_for()
    page.goto(incident)
    notices = page.get_by_role("heading", name="Public protection notices").locator("+ ul")
    assert "Waiting for review" in notices.inner_text()


def test_of_a_child_who_was_not_seen_it_says_why_who_will_and_by_when(at_the_door):
    page = at_the_door
    do(page, "A child: seen and heard")
    page.get_by_label("Which child?").fill("Ben, about four")
    answer(page, "Has the child been seen?", "No")
    answer(page, "Has somebody spoken with the child?", "No")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Ben, about four was not seen: say why, who will see them, and by when.").first.wait_for()
    page.get_by_label("If not seen: why not").fill("At his nursery")
    page.get_by_label("If not seen: who will see the child").fill("PC Olly")
    by = page.get_by_role("group", name="If not seen: by when")
    for part, text in (("Day", "2"), ("Month", "3"), ("Year", "2026"), ("Time", "14:00")):
        by.get_by_label(part).fill(text)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Ben, about four: not seen").wait_for()
    assert page.get_by_text("Not seen because: At his nursery. PC Olly will see them by").is_visible()
    assert running(page, "A child is seen (K7)").is_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Children not seen").click()
    assert page.get_by_text("Nobody has seen the child; no notice (PPN)").is_visible()
    is_sound(page, "children not seen")
