"""The page frame and every component, without a browser."""

from typing import Any

import pytest
from django.template.loader import get_template

from tests.govuk import examples

PAGES = {
    "components/styleguide.html": examples.styleguide(),
    "components/queue.html": {**examples.styleguide(), "heading": "Notices waiting", "error_state": None},
    "components/record.html": {**examples.styleguide(), "heading": "A boy of 16", "reference": "PPN-26-004127"},
    "components/form.html": {**examples.styleguide(), "heading": "Assess", "submit_label": "Save"},
    "404.html": examples.page(),
    "403.html": examples.page(),
    "403_csrf.html": {},
    "500.html": {},
    "503.html": {},
}


def drawn(name: str, **more: Any) -> str:
    return str(get_template(name).render({**PAGES[name], **more}))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_carries_the_marking_and_nothing_inline(name: str) -> None:
    page = drawn(name)
    assert "OFFICIAL-SENSITIVE" in page
    assert '<html lang="en"' in page
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_drawn_with_nothing_but_what_it_must_have(name: str) -> None:
    must = {"heading": "Heading", "now": examples.NOW, "form": examples.Seen(), "submit_label": "Save", "caption": ""}
    if name != "components/styleguide.html":
        assert "OFFICIAL-SENSITIVE" in get_template(name).render(must)


def test_a_stopped_sweep_is_said_on_every_page() -> None:
    page = drawn("404.html")
    assert "The clocks are not being watched." in page
    assert "The sweep has not run since Mon 2 March 2026, 03:00." in page
    assert "has never run" in drawn("404.html", heartbeat={"late": True, "last_at": None})
    assert "not being watched" not in drawn("404.html", heartbeat={"late": False, "last_at": examples.NOW})


def test_every_page_says_which_moment_it_tells_of() -> None:
    assert "As at <time" in drawn("404.html")
    assert ">Mon 2 March 2026, 03:12</time>" in drawn("404.html")


def test_an_error_is_said_in_the_title() -> None:
    assert "<title>Error: Assess" in drawn("components/form.html", form=examples.refused())


def test_a_row_without_an_owner_or_a_grade_says_so() -> None:
    page = drawn("components/queue.html")
    assert "<strong>Nobody yet</strong>" in page
    assert "Not graded" in page


def test_nothing_waiting_and_not_known_look_different() -> None:
    empty = drawn("components/queue.html", rows=[], empty=None)
    failed = drawn("components/queue.html", rows=[], error_state={"title": "", "text": ""})
    assert "Nothing is waiting here." in empty
    assert "It does not mean that nothing is waiting." in failed
    assert "Nothing is waiting here." not in failed


def test_an_action_that_cannot_be_taken_says_why() -> None:
    page = drawn("components/record.html")
    assert "<strong>File:</strong> a sergeant has not decided on a strategy meeting" in page
