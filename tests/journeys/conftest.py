"""A real browser on the real pages, signed in as somebody of the cast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from access import time
from access.time import now
from demo.people import hire
from sla.engine import sweep
from tests.conftest import MONDAY

AXE = Axe().axe_script
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "longstop-tests-only"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
BOTH = (PHONE, DESK)


@pytest.fixture
def force(transactional_db: None, settings: Any) -> Iterator[dict[str, Any]]:
    """The cast, able to sign in, on a Monday morning, with the sweep running."""
    from django.contrib.auth.hashers import make_password

    time.freeze(MONDAY)
    people = hire(MONDAY - timedelta(days=365), password_hash=make_password(PASSWORD))
    sweep()
    yield people
    time.run_freely()


@pytest.fixture
def sign_in(live_server: Any, page: Any, force: dict[str, Any]) -> Callable[..., Any]:
    """Sign in at the real sign-in page, as one person after another; there they see their home page, or what they
    had come for."""

    def sign_in_as(username: str, then: str = "") -> Any:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/sign-in/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="What needs me now").wait_for()
        if then:
            page.goto(live_server.url + then)
        return page

    return sign_in_as


@pytest.fixture
def complaints(page: Any) -> Callable[[], list[Any]]:
    """What the browser says in its console; a refused form (422) is no complaint."""
    said: list[Any] = []
    page.on("console", lambda each: said.append((page.url, each.text)) if each.type in ("error", "warning") else None)
    return lambda: [each for each in said if "422" not in each[1]]


def violations(page: Any) -> list[tuple[str, str, str]]:
    """What axe finds on the page as it stands: (rule, element, what to do)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("asked => axe.run(asked)", {"runOnly": RULES, "resultTypes": ["violations"]})["violations"]
    return [(each["id"], node["html"][:200], node["failureSummary"][:300]) for each in found for node in each["nodes"]]


def is_sound(page: Any, what: str = "", sizes: Any = None) -> None:
    """axe finds nothing, and nobody has to scroll sideways: at the size the page has, or at each of these."""
    for size in sizes or [page.viewport_size]:
        page.set_viewport_size(size)
        assert violations(page) == [], (what or page.url, size)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], (what or page.url, size, "scrolls sideways")


def late_by(minutes: float) -> None:
    """Time passes, and the sweep runs at the end of it."""
    time.freeze(MONDAY + timedelta(minutes=minutes))
    sweep()


__all__ = ["BOTH", "DESK", "PASSWORD", "PHONE", "is_sound", "late_by", "now", "violations"]
