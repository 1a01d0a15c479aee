"""The triage hub: what waits, who deals with it, a second look, images of a child."""

import pytest

from tests.journeys.conftest import is_sound
from tests.journeys.steps import answer, do, waiting
from tests.stories import called_in
from triage.suitability import QUESTIONS

pytestmark = pytest.mark.django_db(transaction=True)
IMAGES = "Her daughter of 14 says that a boy at school has passed round a photo of her"


def suitable(page, **otherwise):
    """Each question on suitability: yes to whether the caller can talk, no to the rest, unless it says otherwise."""
    usual = dict.fromkeys(QUESTIONS, "No") | {"safe_to_talk": "Yes"} | otherwise
    for name, said in usual.items():
        answer(page, QUESTIONS[name], said)


def send_to_the_phone(page, **otherwise):
    suitable(page, **otherwise)
    page.get_by_label("Resolution centre: by phone").check()
    page.get_by_label("Why?").fill("She asks for advice and is safe to talk")
    page.get_by_role("button", name="Save").click()


def test_an_officer_allocates_a_child_to_the_phone_and_a_supervisor_takes_a_second_look(sign_in, force):
    called_in(force["callie"], grade="G4", child="no", what_happened="Music at night")
    called_in(force["callie"], grade="G4", child="yes", what_happened="He is bullied by a boy in his year")
    page = sign_in("tara")
    page.get_by_role("link", name="Triage hub").click()
    page.get_by_text(
        "2 to decide: 1 with a child, 0 possibly, 0 where nobody knows. 0 decisions are overdue."
    ).wait_for()
    assert "bullied" in page.get_by_role("row").nth(1).inner_text()  # the child first
    is_sound(page, "hub")
    page.get_by_role("link", name="He is bullied by a boy in his year").click()
    do(page, "Decide who deals with it")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    is_sound(page, "allocate: errors")
    send_to_the_phone(page, child_concerned="Yes", child_to_be_seen="Not known")
    refused = "It cannot be dealt with by phone: a child has to be seen, or nobody knows whether one has."
    page.get_by_text(refused).first.wait_for()
    assert page.get_by_label("Why?").input_value() == "She asks for advice and is safe to talk"
    send_to_the_phone(page, child_concerned="Yes")
    page.get_by_text("Waiting for a second look").first.wait_for()
    assert page.get_by_text("A second look, because a child is, or may be, concerned").is_visible()
    page = sign_in("tess")
    waiting(page, "Waiting for a second look").get_by_role("link").click()
    is_sound(page, "second look")
    do(page, "Second look: agree")
    is_sound(page, "agree")
    page.get_by_label("Why?").fill("His mother is with him")
    page.get_by_role("button", name="Agree").click()
    page.get_by_text("Allocated, not yet accepted").first.wait_for()


def test_images_of_a_child_go_nowhere_by_phone_without_the_specialist_sergeants_note(sign_in, force):
    incident = called_in(force["callie"], grade="G3", child="yes", what_happened=IMAGES)
    page = sign_in("tara", then=incident.get_absolute_url())
    do(page, "Decide who deals with it")
    send_to_the_phone(page, child_concerned="Yes", abuse_or_images="Yes", images_shared="Yes")
    page.get_by_text("images of a child were, or may have been, shared, and the specialist sergeant").first.wait_for()
    is_sound(page, "refused")
    page = sign_in("dina")
    waiting(page, "Images of a child shared: your guidance first").get_by_role("link").click()
    do(page, "Specialist's guidance on images")
    is_sound(page, "guidance")
    page.get_by_label("How is it to be dealt with, and by whom?").fill("Seize nothing yet. DC Example calls her mother")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Seize nothing yet. DC Example calls her mother").first.wait_for()
    page = sign_in("tara", then=incident.get_absolute_url())
    do(page, "Decide who deals with it")
    send_to_the_phone(page, child_concerned="Yes", abuse_or_images="Yes", images_shared="Yes")
    page.get_by_text("Waiting for a second look").first.wait_for()
    assert page.get_by_text("it is, or may be, about abuse: going there is the default").is_visible()
