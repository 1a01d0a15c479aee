"""The words that rules of sharing are made of, as the apps that own the records use them. They add theirs here."""

from __future__ import annotations

TYPES: list[tuple[str, str]] = []
"""Types of concern: code and label."""
GRADES: list[tuple[str, str]] = []
"""Grades: code and label, the highest first."""
SHARE_PAGES: dict[str, str] = {}
"""Kind of record (app.model) -> name of the page on which it is shared, for the pages about whom it is to go to."""
