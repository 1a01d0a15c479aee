"""The one password of everybody in the cast: made once, kept in the demo's own folder, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def _place() -> Path | None:
    folder = os.environ.get("LONGSTOP_RUN")
    return Path(folder) / "demo-password" if folder else None


def kept() -> str | None:
    """The password, if there is one."""
    place = _place()
    return place.read_text().strip() if place and place.exists() else None


def made() -> str | None:
    """The password, made now if there was none. None = there is nowhere to keep one."""
    place = _place()
    if place and not place.exists():
        file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(file, "w") as kept_here:
            kept_here.write(secrets.token_urlsafe(12))
    return kept()
