"""What everybody does on the pages of an incident, in words."""

from __future__ import annotations

from typing import Any

SIX = ("Threat", "Harm", "Risk", "Investigation", "Vulnerability", "Engagement")


def fill_thrive(page: Any, overall: str = "Medium", line: str = "Called back: quiet now") -> None:
    """Six levels, six lines, what could happen before we arrive, the risk over all."""
    for name in SIX:
        page.get_by_role("group", name=f"{name}: level").get_by_label(overall).check()
        page.get_by_label(f"{name} (optional)", exact=True).fill(line)
    page.get_by_label("What could happen before we arrive?").fill("He may come back")
    page.get_by_role("group", name="Overall risk").get_by_label(overall).check()


def do(page: Any, label: str) -> None:
    """One of the things that the incident's page offers: a button, or a link under "What else you can do"."""
    offered = page.get_by_role("button", name=label, exact=True).or_(page.get_by_role("link", name=label, exact=True))
    offered.first.click()


def answer(page: Any, question: str, said: str) -> None:
    page.get_by_role("group", name=question).get_by_label(said, exact=True).check()


def waiting(page: Any, heading: str) -> Any:
    """One part of somebody's home page."""
    return page.get_by_role("table", name=heading, exact=True)


def fact(page: Any, name: str) -> str:
    """One line of what is known of an incident."""
    line = page.locator(".govuk-summary-list__row").filter(has=page.get_by_text(name, exact=True))
    return str(line.first.inner_text())


def running(page: Any, promise: str) -> Any:
    """One of the open clocks."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=promise)).first
