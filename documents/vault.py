"""The store of files: encrypted at rest, under random names, outside everything that a web server hands out.

A copy of the disk without the key says how many files there are and about how large each is; nothing else.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

import pyrage
from django.conf import settings

from documents import keys

NAME = re.compile(r"[0-9a-f]{32}")
ENDING = ".age"


class Damaged(RuntimeError):
    """The file is gone, or is not what was stored. Plain English, for the person."""


def put(content: bytes) -> str:
    """Encrypt and store; the random name it has from now on. It is on the disk when this returns."""
    name = secrets.token_hex(16)
    _write(_place(name), _encrypted(content))
    return name


def take(name: str, sha256: str) -> bytes:
    """The file as it was given. Raises Damaged where it is gone, cannot be decrypted or is another one."""
    try:
        stored = _place(name).read_bytes()
    except OSError:
        raise Damaged("The file is not in the store.") from None
    try:
        content = pyrage.decrypt(stored, keys.identities())
    except pyrage.DecryptError:
        raise Damaged("The file was changed where it is stored, or its key is not among ours.") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged("The file in the store is not the one that was added.")
    return bytes(content)


def encrypt_again(name: str, sha256: str) -> None:
    """For the first key of now. The file that was there stays until the new one is whole. Raises Damaged."""
    _write(_place(name), _encrypted(take(name, sha256)))


def written() -> dict[str, float]:
    """Each file of the store by its name, whatever it is called, and when it was written (seconds since 1970)."""
    files = (path for path in root().rglob("*") if path.is_file())
    return {path.name.removesuffix(ENDING): path.stat().st_mtime for path in files}


def holds(name: str) -> bool:
    return _place(name).is_file()


def root() -> Path:
    """The folder of the store, for its owner only."""
    folder = Path(settings.DOCUMENTS_ROOT)
    _own(folder)
    return folder


def _encrypted(content: bytes) -> bytes:
    return pyrage.encrypt(content, [keys.identities()[0].to_public()])


def _place(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise Damaged("This is no name of a file in the store.")
    return Path(settings.DOCUMENTS_ROOT) / name[:2] / f"{name}{ENDING}"


def _write(place: Path, sealed: bytes) -> None:
    """Whole or not at all, and still there after the power has gone."""
    _own(root() / place.parent.name)
    draft = place.with_name(f".{place.name}-{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _own(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
