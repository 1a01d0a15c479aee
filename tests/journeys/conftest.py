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

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "longstop-tests-only"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


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
def sign_in(live_server: Any, page: Any, force: dict[str, Any]) -> Callable[[str], Any]:
    """Sign in at the real sign-in page, as one person after another."""

    def sign_in_as(username: str) -> Any:
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/sign-in/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="What needs me now").wait_for()
        return page

    return sign_in_as


def violations(page: Any) -> list[tuple[str, str, str]]:
    """What axe finds on the page as it stands: (rule, element, what to do)."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(each["id"], node["html"][:200], node["failureSummary"][:300]) for each in found for node in each["nodes"]]


__all__ = ["DESK", "PASSWORD", "PHONE", "now", "violations"]
