"""Entering in the ledger who was handed what, before they are handed it.

On a connection of its own (`audit`), committed at once: whatever becomes of the request's own transaction, a read
stays a read. If it cannot be written, the answer is not given.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connections
from django.http import HttpRequest

from access.actor import Actor


class CannotRecord(RuntimeError):
    """The ledger did not take the entry, so the record may not be shown."""


def consulted(who: Actor, page: str, handed_over: Mapping[str, set[Any]]) -> None:
    """`who` was handed these records (model label -> keys) on this page. Raises CannotRecord."""
    rows = [(who.signature(), page, kind, as_array(keys)) for kind, keys in sorted(handed_over.items()) if keys]
    if not rows:
        return
    holes = ", ".join(["(%s, %s, %s, %s::uuid[])"] * len(rows))
    try:
        with connections["audit"].cursor() as cursor:
            cursor.execute(
                f"INSERT INTO ledger_consultation (actor, page, kind, records) VALUES {holes}",  # noqa: S608 - holes only
                [value for row in rows for value in row],
            )
    except Exception as error:
        raise CannotRecord("The consultation could not be entered in the ledger") from error


def as_array(keys: Iterable[UUID]) -> str:
    """Keys in their order, as PostgreSQL reads an array: one text, where a list would be as many values."""
    return "{" + ",".join(sorted(map(str, keys))) + "}"


def page_of(request: HttpRequest) -> str:
    """The name of the page for the entry, never its address: an address may hold what was searched for."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else "no page"
