"""The keys with which files are encrypted at rest (age).

`DOCUMENTS_KEY` holds one identity, or several separated by commas or spaces: files are encrypted for the first and can
be read with any of them, which is how a key is changed. The demo and the tests make one in the run folder.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pyrage import IdentityError, x25519

HOW = (
    "Set DOCUMENTS_KEY to an age identity (AGE-SECRET-KEY-1...), and keep it where the database's backups are not: "
    "without it no photo or document can be opened again."
)


def identities() -> list[x25519.Identity]:
    """The first is the one that files are encrypted for. Raises ImproperlyConfigured."""
    written = settings.DOCUMENTS_KEY or _of_the_demo()
    try:
        found = [x25519.Identity.from_str(each) for each in written.replace(",", " ").split()]
    except IdentityError:  # its words may hold the key
        raise ImproperlyConfigured(f"DOCUMENTS_KEY is no age identity. {HOW}") from None
    if not found:
        raise ImproperlyConfigured(f"There is no key for photos and documents. {HOW}")
    return found


def _of_the_demo() -> str:
    """Made once, then kept, readable by its owner only. None but where servers of our own run (config.services)."""
    folder = os.environ.get("LONGSTOP_RUN")
    if not folder:
        return ""
    place = Path(folder) / "documents-key"
    if not place.exists():
        _keep(place, str(x25519.Identity.generate()))
    return place.read_text().strip()


def _keep(place: Path, key: str) -> None:
    """Whole or not at all; of two processes that begin together the first one's key counts for both."""
    draft = place.with_name(f".{place.name}-{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
    with suppress(FileExistsError):
        os.link(draft, place)
    draft.unlink()
