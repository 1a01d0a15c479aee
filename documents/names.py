"""What a file was called, fit to be shown: no folders, nothing invisible that changes how it reads."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200
NO_NAME = "no name"
# They make "gpj.exe" read "exe.jpg" (Unicode Standard Annex 9). A joiner between the parts of an emoji stays.
TURNS_THE_READING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}  # control characters, halves of characters, line and paragraph separators
ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def cleaned(given: str) -> str:
    """The name as it was given, without folders, control characters and marks that turn the reading."""
    last = re.split(r"[/\\]", given)[-1]
    shown = "".join(letter for letter in last if _is_shown(letter)).strip()
    return _shortened(shown) if shown.strip(". ") else NO_NAME


def ending_of(name: str) -> str:
    """The ending in small letters, without its dot; empty where the name has none."""
    found = ENDING.search(name)
    return found.group(1).lower() if found else ""


def _is_shown(letter: str) -> bool:
    return letter not in TURNS_THE_READING and unicodedata.category(letter) not in INVISIBLE


def _shortened(name: str) -> str:
    """Cut in the middle, so that the ending stays."""
    if len(name) <= LONGEST:
        return name
    found = ENDING.search(name)
    ending = found.group(0) if found else ""
    return name[: LONGEST - len(ending) - 1] + "…" + ending
