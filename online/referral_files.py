"""Reading referrals from a file (CSV): each row is a referral, or stands as unreadable with the reason."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from online import moments
from online.codes import Data, Sender
from online.referrals import ReferralFacts, Said
from workflow.transitions import NotNow

LARGEST = 1_000_000
MOST_ROWS = 500
LIMIT = "at most 500 rows and 1 MB"
IDENTIFIERS = [Data.USERNAME, Data.EMAIL, Data.PHONE, Data.NAME, Data.ADDRESS, Data.DEVICE, Data.HASH]
COLUMNS: dict[str, str] = {
    "sender": f"needed: {', '.join(Sender.values)}, or the name of one of them",
    "what": "needed: what they say, in words and numbers",
    "sender_named": "which force, school or person it is",
    "sender_ref": "their number for it: the second row with one number is no second case",
    "received_at": "when it reached the force; empty = as you say for the whole file",
    "uploaded_at": "when the images were uploaded",
    "category_a": "how many images of category A; empty = not known",
    "category_b": "of category B",
    "category_c": "of category C",
    "ip": "IP address; several with a stroke (|) between them",
    "ip_from": "log time of the address, to the second; one for each address",
    "ip_to": "until when",
    **{str(kind.value): f"{kind.label.lower()}; several with a stroke (|) between them" for kind in IDENTIFIERS},
}
"""Column -> what stands in it. A heading that is none of these refuses the file: what nobody reads would be lost."""
SAMPLE = [
    list(COLUMNS),
    [
        "nca", "Twelve indecent images uploaded to a chat service", "Referrals bureau", "NCA-2026-0117",
        "02/03/2026 08:15", "27/02/2026 23:40", "2", "4", "6", "203.0.113.7", "27/02/2026 23:40:12",
        "27/02/2026 23:58:00", "blue.kestrel.41", "kestrel@example.org", "07700 900461", "", "", "", "",
    ],
]  # fmt: skip


class NoReferrals(ValueError):
    """The file as a whole cannot be read. Plain English, for the person."""


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file: what it says, or why it cannot be read."""

    line: int
    text: str
    facts: ReferralFacts | None = None
    because: str = ""


@dataclass
class Contents:
    rows: list[Row] = field(default_factory=list)


def sample() -> str:
    written = io.StringIO()
    csv.writer(written).writerows(SAMPLE)
    return written.getvalue()


def read(content: bytes, received_at: datetime) -> list[Row]:
    """Raises NoReferrals where it is no such file; one bad row never costs the others."""
    if not content.strip():
        raise NoReferrals("The file is empty.")
    if len(content) > LARGEST:
        raise NoReferrals(f"The file is too large: {LIMIT}. Send it in parts.")
    text = _decoded(content)
    if "\x00" in text:
        raise NoReferrals("This is not a CSV file: save it as CSV first.")
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        columns = _columns(next(reader, []))
        rows = list(_rows(reader, columns, received_at))
    except csv.Error as error:
        raise NoReferrals(f"Line {reader.line_num} cannot be read as CSV: {error}. Nothing was taken in.") from error
    if not rows:
        raise NoReferrals("The file has headings and no rows.")
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else what Windows writes in western Europe."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _columns(headings: list[str]) -> dict[str, int]:
    names = ["_".join(re.sub(r"[-_]", " ", each).casefold().split()) for each in headings]
    unknown = [each for each, name in zip(headings, names, strict=True) if name not in COLUMNS]
    if unknown:
        raise NoReferrals(
            f"The file has a column headed {', '.join(unknown)[:200]}, which nobody reads. Take it out or give it one "
            "of the names below. Nothing was taken in."
        )
    if missing := [name for name in ("sender", "what") if name not in names]:
        raise NoReferrals(f"The file has no column headed {', '.join(missing)}. Nothing was taken in.")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise NoReferrals(f"The file has two columns headed {', '.join(twice)}. Nothing was taken in.")
    return {name: place for place, name in enumerate(names)}


def _rows(reader: Iterator[list[str]], columns: dict[str, int], received_at: datetime) -> Iterator[Row]:
    line, count = 2, 0
    for cells in reader:
        here, line = line, reader.line_num + 1  # type: ignore[attr-defined] # a csv reader knows its line
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise NoReferrals(f"The file has too many rows: {LIMIT}. Send it in parts. Nothing was taken in.")
        text = " | ".join(cells)
        try:
            facts = _facts(_said(columns, cells), received_at)
            facts.must_be_whole()
        except (ValueError, NotNow) as refusal:
            yield Row(here, text, because=f"{str(refusal).rstrip('.')}.")
        else:
            yield Row(here, text, facts)


def _said(columns: dict[str, int], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(columns):
        raise ValueError("It has more cells than there are columns: a comma inside a text needs quotation marks")
    return {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}


def _facts(said: dict[str, str], received_at: datetime) -> ReferralFacts:
    received, uploaded = said.get("received_at", ""), said.get("uploaded_at", "")
    return ReferralFacts(
        sender=_sender(said["sender"]),
        sender_named=_short(said.get("sender_named", ""), 200, "sender_named"),
        sender_ref=_short(said.get("sender_ref", ""), 80, "sender_ref"),
        received_at=moments.read(received, needs_time=False) if received else received_at,
        uploaded_at=moments.read(uploaded, needs_time=False) if uploaded else None,
        what=said["what"],
        said=tuple(_identifiers(said)),
        category_a=_count(said, "category_a"),
        category_b=_count(said, "category_b"),
        category_c=_count(said, "category_c"),
    )


def _sender(text: str) -> str:
    plain = " ".join(text.casefold().split())
    for code, label in Sender.choices:
        if plain in (code, str(label).casefold()):
            return str(code)
    raise ValueError(f"Nobody knows the sender “{text[:40]}”" if plain else "It has no sender")


def _short(text: str, most: int, name: str) -> str:
    if len(text) > most:
        raise ValueError(f"{name} is longer than {most} letters")
    return text


def _count(said: dict[str, str], name: str) -> int | None:
    text = said.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 7):
        raise ValueError(f"{name} “{text[:20]}” is no number of images")
    return int(text)


def _identifiers(said: dict[str, str]) -> Iterator[Said]:
    addresses = _several(said.get("ip", ""))
    begins, ends = (_times(said.get(name, ""), len(addresses), name) for name in ("ip_from", "ip_to"))
    for address, begin, end in zip(addresses, begins, ends, strict=True):
        yield Said(Data.IP.value, address, begin, end)
    for kind in IDENTIFIERS:
        for value in _several(said.get(kind.value, "")):
            yield Said(kind.value, value)


def _several(text: str) -> list[str]:
    return [each.strip() for each in text.split("|") if each.strip()]


def _times(text: str, how_many: int, name: str) -> list[datetime | None]:
    """One for each address; none at all is not known."""
    if not text.strip():
        return [None] * how_many
    parts = [each.strip() for each in text.split("|")]
    if len(parts) != how_many:
        raise ValueError(f"{name} has {len(parts)} times for {how_many} IP addresses")
    return [moments.read(each) if each else None for each in parts]
