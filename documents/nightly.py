"""What is looked at in the store at night, and what is done there when a key is changed."""

from __future__ import annotations

import logging
from datetime import timedelta

from access.actor import System, acting, signed
from documents import vault
from documents.models import Attachment, StoreCheck

NIGHT = System("look at the store of documents")
STILL_ARRIVING = timedelta(hours=1)
"""A file is written before its record: a young one may belong to a record that is being saved."""

log = logging.getLogger(__name__)


def look_at_the_store() -> StoreCheck:
    """List files that belong to no document and documents whose file is gone. Nothing is deleted: people decide."""
    found = vault.written()
    with signed(NIGHT) as at:
        known = dict(Attachment.objects.figures().values_list("stored_as", "pk"))
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
        rows = list(Attachment.objects.figures().values_list("pk", "stored_as", "sha256"))
    for key, stored_as, sha256 in rows:
        try:
            vault.encrypt_again(stored_as, sha256)
            done += 1
        except vault.Damaged as problem:
            failed.append(f"{key}: {problem}")
    return done, failed
