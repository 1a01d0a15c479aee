"""A call taker takes calls with the hands on the keys: in full, from a child, from somebody who says nothing."""

from datetime import date

import pytest

from cases.models import PlaceMarker
from cases.workflow.markers import mark_number
from tests.households import HERE, TOLD, is_a_sex_offender, on_record
from tests.journeys.by_keyboard import Keyboard
from tests.journeys.conftest import is_sound
from tests.journeys.steps import SIX, fact, running
from tests.stories import called_in

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "07700 900461"


@pytest.fixture
def known(force):
    """A girl and a man on the register live there, and the number belongs to high-risk domestic abuse."""
    on_record(force["cora"], "Poppy Sallowfold", born=date(2018, 1, 5), home=HERE)
    is_a_sex_offender(on_record(force["cora"], "Desmond Garmere", home=HERE, said_to_be_child="no"), force["cora"])
    warns = {"kind": "high_risk_da", "note": "", "starts": None, "ends": None, "source": TOLD}
    return mark_number(PlaceMarker(), by=force["cora"], number=NUMBER, **warns)


@pytest.fixture
def at_the_desk(sign_in):
    """Signed in; from the first page to the questions without a mouse."""

    def open_questions():
        page = sign_in("callie")
        keys = Keyboard(page)
        keys.press("Late incidents")
        page.get_by_role("heading", name="Late incidents").wait_for()
        keys.press("Take a call")
        page.get_by_role("heading", name="Take a call").wait_for()
        return page, keys

    return open_questions


def short_questions(page, keys):
    keys.press("The short questions")
    page.get_by_role("heading", name="A child is calling, or nobody speaks").wait_for()


def test_a_call_is_taken_in_full_by_keyboard_and_what_is_known_is_shown_before_the_grade(at_the_desk, known):
    page, keys = at_the_desk()
    keys.choose("How did it come in?", "101")
    keys.fill("Where?", f"{HERE.address}, {HERE.postcode}")
    keys.fill("Who is calling?", "A neighbour")
    keys.fill("Number they call from", NUMBER)
    keys.fill("What is happening?", "A girl is crying next door")
    what_we_know = page.get_by_role("region", name="What we know")
    what_we_know.get_by_text("Registered sex offender").first.wait_for()
    what_we_know.get_by_text("High-risk domestic abuse").first.wait_for()
    what_we_know.get_by_text("Poppy Sallowfold is linked with Desmond Garmere").first.wait_for()
    is_sound(page, "what is known")
    the_risk_is_assessed_and_the_grade_chosen(page, keys)
    page.get_by_role("heading", name="A girl is crying next door").wait_for()
    for said in ("G2 Priority", "Waiting for a unit", "Threat", "A neighbour, 07700 900461"):
        assert page.get_by_text(said).first.is_visible(), said
    assert "07700 900999, after six. Leave no message" in fact(page, "Safe to call back")
    is_sound(page, "the incident")


def the_risk_is_assessed_and_the_grade_chosen(page, keys):
    keys.choose("Is a child there, or does a child live there?", "Yes")
    keys.fill("The children: names, ages, how many. Are they safe now?", "One girl, about seven")
    keys.choose("Is it, or may it be, domestic abuse?", "Not known")
    for name in SIX:
        keys.choose(f"{name}: level", "High")
        keys.fill(name, "A child alone with him")
    keys.fill("What could happen before we arrive?", "He may hurt her")
    keys.choose("Overall risk", "High")
    keys.choose("Grade", "G2 Priority")
    keys.press("A safe way to call back, urgency, category, area")
    keys.fill("A safe number to call back", "07700 900999")
    keys.fill("When is it safe to call?", "after six")
    keys.press("Save and grade")


def test_a_child_who_calls_is_asked_only_what_is_needed_to_send_somebody(at_the_desk, live_server):
    page, keys = at_the_desk()
    short_questions(page, keys)
    assert page.get_by_role("group").count() == 3  # how it came in, a child, the grade
    is_sound(page, "short questions")
    keys.choose("How did it come in?", "999")
    keys.fill("Where?", "4 Sample Road")
    keys.fill("What is happening?", "Dad is shouting at mum")
    keys.choose("Is a child there, or is a child calling?", "Yes")
    keys.press("Save and grade")
    page.get_by_role("heading", name="Dad is shouting at mum").wait_for()
    assert page.get_by_text("A child is calling", exact=False).first.is_visible()
    assert page.get_by_text("Not asked: a child is calling").first.is_visible()
    assert page.get_by_text("Not known risk: First call").is_visible()


def test_a_silent_call_from_where_there_is_high_risk_abuse_becomes_immediate_and_the_page_says_so(at_the_desk, known):
    page, keys = at_the_desk()
    short_questions(page, keys)
    keys.choose("How did it come in?", "Silent or abandoned 999")
    keys.fill("Where?", "Not known")
    keys.fill("Number they call from", NUMBER)
    keys.fill("What is happening?", "Nobody speaks. A door slams")
    page.get_by_role("region", name="What we know").get_by_text("High-risk domestic abuse").first.wait_for()
    keys.choose("Grade", "G3 Scheduled")
    keys.press("Save and grade")
    page.get_by_role("heading", name="Nobody speaks. A door slams").wait_for()
    assert page.get_by_text("G1 Immediate").first.is_visible()
    because = "A silent or abandoned call from where there is high-risk domestic abuse is Immediate"
    assert page.get_by_text(because).first.is_visible()
    is_sound(page, "a silent call")


def test_a_second_call_is_shown_as_one_and_the_risk_has_to_be_looked_at_again(at_the_desk, force):
    first = called_in(force["callie"], location="4 Sample Road", child="no", what_happened="Shouting next door")
    page, keys = at_the_desk()
    short_questions(page, keys)
    keys.choose("How did it come in?", "999")
    keys.fill("Where?", "4 Sample Road")
    keys.fill("What is happening?", "It is worse now")
    page.get_by_text("Called before, in the last 24 hours:").wait_for()
    assert page.get_by_role("link", name=first.reference).is_visible()
    keys.press("Save and grade")
    page.get_by_role("heading", name="It is worse now").wait_for()
    assert page.get_by_role("heading", name="Other contacts about it").is_visible()
    keys.press(first.reference)
    page.get_by_role("heading", name="Shouting next door").wait_for()
    assert "15 minutes left" in running(page, "Re-assessment after a repeat call (K6)").inner_text()
    is_sound(page, "called again")


def test_who_saves_before_they_have_looked_is_shown_what_is_known_and_nothing_is_lost(at_the_desk, known, page):
    page.route("**/incidents/new/known/**", lambda asked: asked.abort())  # the line is slow: nothing was shown
    page, keys = at_the_desk()
    short_questions(page, keys)
    keys.choose("How did it come in?", "Silent or abandoned 999")
    keys.fill("Where?", "Not known")
    keys.fill("Number they call from", NUMBER)
    keys.fill("What is happening?", "Nobody speaks")
    keys.press("Save and grade")
    page.get_by_text("Not saved yet: there is something known of this address or number.").wait_for()
    assert page.get_by_role("region", name="What we know").get_by_text("High-risk domestic abuse").first.is_visible()
    assert page.get_by_label("What is happening?").input_value() == "Nobody speaks"
    is_sound(page, "look first")
    keys.press("Save and grade")
    page.get_by_role("heading", name="Nobody speaks").wait_for()
