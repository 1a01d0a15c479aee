"""From one tour to the next: many are offered at once, each needs a yes, and a no comes back."""

import pytest

from tests.journeys.conftest import is_sound
from tests.journeys.steps import fact, waiting
from tests.stories import called_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_are_offered_and_each_needs_a_yes(sign_in, force):
    offered = [called_in(force["callie"], child="no", what_happened=f"Shouting {n}") for n in ("one", "two", "three")]
    page = sign_in("dev")
    page.get_by_role("link", name="Handover", exact=True).click()
    page.get_by_role("button", name="Offer the ticked ones").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    is_sound(page, "handover: errors")
    for incident in offered:
        page.get_by_role("checkbox", name=f"Hand over {incident.reference}").check()
    page.get_by_label("To whom?").select_option("Callie Contact")
    page.get_by_label("What they must know").fill("Unit AB12 is free at two")
    page.get_by_role("button", name="Offer the ticked ones").click()
    page.get_by_text("3 offered to Callie Contact.").wait_for()
    assert page.get_by_text("offered to Callie Contact").count() >= 3

    page = sign_in("callie")
    assert waiting(page, "Offered to you, waiting for your yes").get_by_role("link").count() == 3
    page.get_by_role("link", name="Handover", exact=True).click()
    is_sound(page, "handover: offered")
    assert page.get_by_text("You hold no open incident.").is_visible()  # to be told of it is not to have it
    for incident in offered[:2]:
        page.get_by_role("checkbox", name=f"Yes to {incident.reference}").check()
    page.get_by_role("button", name="Yes, the ticked ones are mine").click()
    page.get_by_text("2 accepted.").wait_for()
    the_third_is_declined(page)

    page = sign_in("dev")
    page.get_by_role("link", name="Handover", exact=True).click()
    item = page.get_by_role("listitem").filter(has_text="Shouting three")
    assert "offered to" not in item.inner_text()
    item.get_by_role("link", name="Shouting three").click()
    page.get_by_text("I leave at ten").first.wait_for()
    assert "Dev Dispatcher" in fact(page, "Who has it")


def the_third_is_declined(page):
    page.get_by_role("link", name="Shouting three").click()
    page.get_by_text("Offered to you by Dev Dispatcher. It stays theirs until you say yes.").wait_for()
    assert page.get_by_text("Unit AB12 is free at two").first.is_visible()
    is_sound(page, "offered")
    page.get_by_role("link", name="Not me").click()
    is_sound(page, "decline")
    page.get_by_label("Why?").fill("I leave at ten")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("I leave at ten").first.wait_for()
    assert "offered to" not in fact(page, "Who has it")
