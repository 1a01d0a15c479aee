"""A board that nobody touches: what comes in elsewhere appears, and what cannot be asked says so.

Time in the browser is moved on by the test, so that nobody waits for the quarter of a minute.
"""

import pytest
from django.urls import reverse

from tests.journeys.conftest import is_sound, late_by
from tests.stories import called_in

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS_AGAIN = 15_500


@pytest.fixture
def board(sign_in, force, page, live_server):
    """The supervisor's board of all that wait; nothing is on it."""
    sign_in("connie")
    page.clock.install()
    page.goto(live_server.url + reverse("board") + "?show=waiting")
    page.get_by_text("Nothing in this part of the list").wait_for()
    page.evaluate("window.sameSinceOpened = true")
    return page


def test_an_incident_taken_elsewhere_appears_on_an_empty_board_without_a_reload(board, force):
    called_in(force["callie"], child="no")
    board.clock.run_for(LOOKS_AGAIN)
    board.get_by_role("link", name="Shouting next door").wait_for()
    assert board.get_by_role("navigation", name="Show").get_by_role("link", name="All waiting 1").is_visible()
    called_in(force["callie"], child="yes")
    late_by(61)
    board.clock.run_for(LOOKS_AGAIN)
    board.get_by_role("link", name="Shouting and a child crying").wait_for()
    board.get_by_role("link", name="1 late incident with a child, or where nobody knows").wait_for()
    board.get_by_text("2 late, 1 of them with a child or not known.").wait_for()
    assert board.evaluate("window.sameSinceOpened")
    is_sound(board, "board drawn anew")


def test_who_is_on_a_row_stays_there_and_ticks_are_kept(board, force):
    incident = called_in(force["callie"], child="no")
    board.clock.run_for(LOOKS_AGAIN)
    board.get_by_role("link", name="Shouting next door").focus()
    called_in(force["callie"], child="yes")
    board.clock.run_for(LOOKS_AGAIN)
    board.get_by_role("link", name="Shouting and a child crying").wait_for()
    assert board.evaluate("document.activeElement.innerText") == "Shouting next door"
    board.get_by_role("checkbox", name=incident.reference).check()
    board.clock.run_for(LOOKS_AGAIN)
    assert board.get_by_role("checkbox", name=incident.reference).is_checked()


def test_a_board_that_cannot_ask_says_so_until_it_can(board, force):
    board.route("**/incidents/**", lambda asked: asked.abort())
    board.clock.run_for(LOOKS_AGAIN)
    board.get_by_text("This list could not be brought up to date.").wait_for()
    is_sound(board, "stale")
    board.unroute("**/incidents/**")
    called_in(force["callie"], child="no")
    board.clock.run_for(LOOKS_AGAIN)
    board.get_by_role("link", name="Shouting next door").wait_for()
    board.get_by_text("This list could not be brought up to date.").wait_for(state="hidden")


def test_a_board_of_somebody_who_is_signed_out_asks_them_to_sign_in(board):
    board.context.clear_cookies()
    board.clock.run_for(LOOKS_AGAIN)
    board.get_by_role("heading", name="Sign in").wait_for()
    assert board.get_by_role("heading", level=1).count() == 1
