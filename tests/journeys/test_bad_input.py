"""What somebody gets wrong while taking a call: a plain message that names the question, and nothing typed is lost."""

import pytest
from django.urls import reverse

from tests.journeys.conftest import is_sound
from tests.journeys.steps import answer, fill_thrive

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = "A child is crying." * 60_000


@pytest.fixture
def call(sign_in, force):
    """Everything filled in but the question about a child."""
    page = sign_in("callie", then=reverse("incident-new"))
    page.get_by_label("999", exact=True).check()
    page.get_by_label("Where?").fill("4 Sample Road")
    page.get_by_label("What is happening?").fill("Shouting next door")
    answer(page, "Is it, or may it be, domestic abuse?", "No")
    fill_thrive(page, "Low", "As the caller says")
    page.get_by_label("G3 Scheduled").check()
    return page


def save(page):
    """Sends it, and gives what the summary of errors says."""
    page.get_by_role("button", name="Save and grade").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
    assert page.get_by_label("Where?").input_value() == "4 Sample Road"
    assert page.get_by_label("Threat (optional)", exact=True).input_value() == "As the caller says"
    assert page.get_by_label("G3 Scheduled").is_checked()
    return page.get_by_role("alert").filter(has_text="There is a problem").inner_text()


def test_a_blank_question_about_a_child_is_asked_again(call):
    said = save(call)
    assert "Choose yes, no or not known: Is a child there, or does a child live there?" in said
    call.get_by_role("alert").get_by_role("link").first.click()
    group = call.get_by_role("group", name="Is a child there, or does a child live there?")
    assert "Is a child there" in call.evaluate("document.activeElement.closest('fieldset').innerText")
    group.get_by_label("Not known").check()
    call.get_by_role("button", name="Save and grade").click()
    call.get_by_role("heading", name="Shouting next door").wait_for()


def test_a_time_that_has_not_come_yet_is_refused_where_it_was_typed(call):
    answer(call, "Is a child there", "Yes")
    call.get_by_text("A safe way to call back, urgency, category, area").click()
    came_in = call.get_by_role("group", name="When did it come in?")
    for part, text in (("Day", "3"), ("Month", "3"), ("Year", "2026"), ("Time", "09:00")):
        came_in.get_by_label(part).fill(text)
    assert "The call cannot have come in later than now" in save(call)
    assert came_in.get_by_text("later than now").is_visible()  # opened again by itself
    assert came_in.get_by_label("Day").input_value() == "3"
    is_sound(call, "future time")


def test_a_megabyte_is_refused_and_comes_back_whole(call):
    answer(call, "Is a child there", "Yes")
    call.get_by_label("What is happening?").fill(MEGABYTE)
    said = save(call)
    assert f"What is happening?: write at most 20000 characters. This has {len(MEGABYTE)}" in said
    assert call.get_by_label("What is happening?").input_value() == MEGABYTE


def test_a_code_that_nobody_offered_is_refused_by_name(call):
    answer(call, "Is a child there", "Yes")
    call.get_by_label("999", exact=True).evaluate("radio => { radio.value = 'pigeon' }")
    call.get_by_text("A safe way to call back, urgency, category, area").click()
    category = call.get_by_label("Category", exact=True)
    category.evaluate("list => { list.selectedOptions[0].value = 'other' }")
    said = save(call)
    assert "Choose one of the answers offered: How did it come in?" in said
    assert "Choose one of the answers offered: Category" in said
    is_sound(call, "unknown codes")
