"""One address, however it was written."""

from __future__ import annotations

import re
from uuid import uuid4

from cases.models import Address
from matching.names import fold
from places.lookup import district_of, normalise_postcode

_POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2})\b")
_FLAT = re.compile(r"\b(?:flat|apartment|apt|unit|room)\s+(\w+)\b")
NOT_ONE_PLACE = {
    "not known",
    "unknown",
    "no fixed abode",
    "no fixed address",
    "nfa",
    "homeless",
    "refused",
    "na",
    "n a",
}
"""Written where an address should be; two people with these do not share a home."""


def read(text: str, postcode: str = "") -> tuple[str, str]:
    """The address without its postcode, and the postcode, which may also stand inside the text."""
    known = normalise_postcode(postcode)
    inside = _POSTCODE.search(text)
    if not known and inside and (known := normalise_postcode(inside.group(1))):
        text = text[: inside.start()] + text[inside.end() :]
    return text.strip(" ,\n\t"), known or postcode.strip().upper()[:8]


def key_of(text: str, postcode: str) -> str:
    """Equal for two spellings of one address: the postcode with the flat and the house.

    A postcode is about fifteen houses, so its figures tell the house; a house with a name is told by its first words.
    Without a postcode the whole text must agree. What names no house is like nothing else.
    """
    plain = fold(text)
    if not plain or plain in NOT_ONE_PLACE:
        return f"{postcode} ? {uuid4()}"
    if not postcode:
        return plain[:300]
    flats = [f"flat{flat}" for flat in _FLAT.findall(plain)]
    rest = _FLAT.sub(" ", plain).split()
    figures = [word for word in rest if any(each.isdigit() for each in word)]
    return " ".join([postcode.replace(" ", ""), *flats, *(figures or rest[:2])])[:300]


def address_of(text: str, postcode: str = "", *, uprn: str = "") -> Address | None:
    """The address, made if it is new; None where nothing was written."""
    text, postcode = read(text, postcode)
    if not text and not postcode:
        return None
    known = {"text": text or "House not known", "postcode": postcode, "uprn": uprn, "district": district_of(postcode)}
    return Address.objects.get_or_create(key=key_of(text, postcode), defaults=known)[0]


def address_in(text: str) -> Address | None:
    """The address that a location names: with a postcode it is one, without it only where it is on record already."""
    street, postcode = read(text)
    if street and normalise_postcode(postcode):
        return address_of(street, postcode)
    return Address.objects.filter(key=key_of(street, postcode)).first() if street else None
