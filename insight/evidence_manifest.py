"""The file of a pack and its list of contents: every part with its hash, so that a changed byte is found by anybody.

It needs no database: an inspector can look at a file with the same code.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

MANIFEST = "manifest.json"
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, RuntimeError)
"""What reading a file raises that somebody has changed; NotImplementedError is a RuntimeError."""
LARGEST = 500_000_000
"""Bytes of all parts together that are read when a file is looked at: a small file can unpack to a very large one."""


@dataclass(frozen=True)
class Part:
    """One file of the pack. `rows`: of a table; None = it is none."""

    name: str
    content: bytes
    rows: int | None = None

    def listed(self) -> dict[str, Any]:
        hashed = {"name": self.name, "sha256": sha256(self.content).hexdigest(), "size": len(self.content)}
        return hashed if self.rows is None else {**hashed, "rows": self.rows}


def packed(parts: list[Part], about: Mapping[str, Any], at: datetime) -> tuple[bytes, dict[str, Any], str]:
    """The file, its list of contents, and the hash of that list. The same parts give the same bytes."""
    manifest = {**about, "files": [part.listed() for part in sorted(parts, key=lambda part: part.name)]}
    listed = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(MANIFEST, listed), *((part.name, part.content) for part in parts)]:
            entry = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue(), manifest, sha256(listed).hexdigest()


def wrong_with(content: bytes, manifest_sha256: str = "") -> list[str]:
    """What is wrong with a file, in words; nothing = every part is as it was put together.

    `manifest_sha256`: as the page of the pack shows it. Without it a file could be changed together with its list.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _wrong_inside(archive, manifest_sha256)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as problem:
        return [f"It cannot be read as an evidence pack ({problem})."]


def _wrong_inside(archive: zipfile.ZipFile, manifest_sha256: str) -> list[str]:
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        return ["It is larger than any evidence pack."]
    listed = archive.read(MANIFEST)
    found = []
    if manifest_sha256 and sha256(listed).hexdigest() != manifest_sha256.strip().lower():
        found.append("Its list of contents is not the one whose hash was given.")
    expected = {each["name"]: each for each in json.loads(listed)["files"]}
    names = [name for name in archive.namelist() if name != MANIFEST]
    found += [f"{name} is missing." for name in expected if name not in names]
    found += [f"{name} does not belong to it." for name in names if name not in expected]
    found += [f"{name} is there twice." for name in sorted({each for each in names if names.count(each) > 1})]
    for name in dict.fromkeys(names):
        if name in expected and sha256(archive.read(name)).hexdigest() != expected[name]["sha256"]:
            found.append(f"{name} was changed.")
    return found


def part_of(content: bytes, name: str) -> bytes | None:
    """One part of a file; None = there is no such part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name) if name in archive.namelist() else None
