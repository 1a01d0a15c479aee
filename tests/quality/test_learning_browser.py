"""A quality lead follows a theme until it is tested again, an officer books training on a phone, and somebody reads a
newsletter, in a real browser; every page is sound."""

from datetime import timedelta

import pytest
from django.urls import reverse

from access.time import now, today
from quality.models import LearningAction
from quality.workflow import learning
from tests.house.one_of_each import address
from tests.journeys.conftest import BOTH, PHONE, complaints, force, is_sound, sign_in  # noqa: F401 - fixtures
from tests.quality.learning_each import of_each
from tests.quality.learning_scenes import a_notice_to_draw, as_it_is, found
from tests.quality.publication_scenes import published
from tests.quality.training_scenes import proposed, required

pytestmark = pytest.mark.django_db(transaction=True)


TELLING = [
    *("themes", "theme", "learning-actions", "learningaction", "new-learning-action", "retest-judge"),
    *("required-training", "learner", "courses", "course", "new-course", "champions", "trainingneed"),
    *("attendance-lists", "new-attendance", "attendancefile", "attendancerow"),
    *("learning", "publication", "new-publication", "learning-board"),
]


def test_the_pages_are_sound_on_a_phone_and_at_a_desk(sign_in, force, live_server, complaints):  # noqa: F811
    made = of_each(force)
    page = sign_in("quinn")
    for name in TELLING:
        page.goto(live_server.url + address(name, made))
        is_sound(page, name, BOTH)
    assert complaints() == []


def test_a_theme_found_twice_is_taken_up_done_and_tested_again(sign_in, force, live_server):  # noqa: F811
    theme = found(force["reva"], 2)
    page = sign_in("quinn")
    page.get_by_role("link", name="Voice of the child").first.click()
    page.get_by_text("Found twice, and nothing done").first.wait_for()
    page.get_by_role("button", name="Give somebody something to change").click()
    page.get_by_label("What is to change?").fill("Call takers ask who else is at home")
    page.get_by_role("button", name="Give it to them").click()
    page.get_by_role("alert").wait_for()
    is_sound(page, "refused", BOTH)
    assert page.get_by_label("What is to change?").input_value() == "Call takers ask who else is at home"
    page.get_by_label("Who has it?").select_option(label="Connie Control-Supervisor")
    page.get_by_role("button", name="Give it to them").click()
    page.get_by_role("heading", name="Call takers ask who else is at home").wait_for()
    action = as_it_is(LearningAction(pk=page.url.rstrip("/").split("/")[-1]))
    learning.action_done(action, by=force["connie"], evidence="Briefed on three shifts")
    page.reload()
    a_notice_to_draw()
    page.get_by_role("button", name="Draw a new sample").click()
    page.get_by_role("button", name="Draw it").click()
    page.get_by_role("button", name="Say whether it held").click()
    page.get_by_label("How many records were looked at?").fill("10")
    page.get_by_label("In how many of them was the theme found again?").fill("0")
    page.get_by_label("What does the new sample show?").fill("Asked in each call")
    page.get_by_label("Yes, it held").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Found again in 0 of 10").first.wait_for()
    is_sound(page, "held", BOTH)
    assert as_it_is(action).state == "held"
    page.goto(live_server.url + theme.get_absolute_url())
    page.get_by_text("Tested again: it held").first.wait_for()


def test_an_officer_books_what_was_proposed_on_a_phone(sign_in, force, live_server):  # noqa: F811
    required(force["olly"], "Voice of the child")
    need = proposed(force["olly"], force["reva"])
    page = sign_in("olly")
    page.set_viewport_size(PHONE)
    page.get_by_role("heading", name="Training proposed to you").wait_for()
    page.goto(live_server.url + reverse("my-training"))
    page.get_by_text("Never taken").first.wait_for()
    is_sound(page, "my training", [PHONE])
    page.get_by_role("link", name="Olly Officer: Voice of the child").last.click()
    page.get_by_role("button", name="A place is booked").click()
    day = today() + timedelta(days=9)
    for part, typed in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_role("group", name="For which day is it booked?").get_by_label(part).fill(str(typed))
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Booked").first.wait_for()
    is_sound(page, "booked", [PHONE])
    assert as_it_is(need).booked_for == day


def test_a_newsletter_is_read_on_a_phone(sign_in, force, live_server):  # noqa: F811
    letter = published(force)
    page = sign_in("olly")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name=letter.title).click()
    page.get_by_role("heading", name="Figures").wait_for()
    page.get_by_role("link", name="As PDF").wait_for()
    is_sound(page, "newsletter", [PHONE])
    assert letter.published_at <= now()
