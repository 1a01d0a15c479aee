"""Invented people to be found, and what is found of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from search.find import Hit, Question, find
from search.index import Entry, put


def known(given: str, family: str, *aliases: tuple[str, str], born: date | None = None, **more: Any) -> UUID:
    """Somebody is on record, as this."""
    key = uuid4()
    more = {"born_from": born, "born_to": born} | more
    put([Entry(key, "cases.person", [(given, family), *aliases], **more)])
    return key


def hits(text: str, **more: Any) -> list[Hit]:
    return find(Question(text, **more))


def found(text: str, **more: Any) -> list[UUID]:
    return [hit.key for hit in hits(text, **more)]


def because(text: str, **more: Any) -> list[str]:
    """Why the first of them was found."""
    return hits(text, **more)[0].because
