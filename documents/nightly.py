"""What is looked at in the store at night, and what is done there when a key is changed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from access.actor import System, acting, signed
from documents import vault
from documents.models import Attachment, StoreCheck

NIGHT = System("look at the store of documents")
STILL_ARRIVING = timedelta(hours=1)
"""A file is written before its record: a young one may belong to a record that is being saved."""

Stored = tuple[UUID, str, str]
"""Key of the record that a file belongs to, its name in the store, its SHA-256."""


def documents() -> Iterable[Stored]:
    yield from Attachment.objects.figures().values_list("pk", "stored_as", "sha256")


STORED: list[Callable[[], Iterable[Stored]]] = [documents]
"""Where apps above say which other files of theirs lie in the store."""

log = logging.getLogger(__name__)


def look_at_the_store() -> StoreCheck:
    """List files that belong to no document and documents whose file is gone. Nothing is deleted: people decide."""
    found = vault.written()
    with signed(NIGHT) as at:
        known = {stored_as: key for each in STORED for key, stored_as, _ in each()}
        young = (at - STILL_ARRIVING).timestamp()
        orphans = [name for name, written in found.items() if name not in known and written < young]
        missing = sorted(key for name, key in known.items() if name not in found and not vault.holds(name))
        if orphans or missing:
            log.error("The store of documents: %s files belong to no document, %s are gone", len(orphans), len(missing))
        orphans = [name[:255] for name in orphans]
        return StoreCheck.objects.create(at=at, files=len(found), orphans=orphans, missing=missing)


def last_look() -> StoreCheck | None:
    return StoreCheck.objects.order_by("-at", "-pk").first()


def encrypt_again() -> tuple[int, list[str]]:
    """Every file for the first of our keys. Returns how many, and which documents could not be read with any."""
    done, failed = 0, []
    with acting(NIGHT):
        rows = [row for each in STORED for row in each()]
    for key, stored_as, sha256 in rows:
        try:
            vault.encrypt_again(stored_as, sha256)
            done += 1
        except vault.Damaged as problem:
            failed.append(f"{key}: {problem}")
    return done, failed
