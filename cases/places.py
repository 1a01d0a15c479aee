"""One address, however it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from uuid import uuid4

from cases.models import Address
from matching.names import fold
from places.lookup import district_of, normalise_postcode

_POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2})\b")
_FLAT = re.compile(r"\b(?:flat|apartment|apt|unit|room)\s+(\w+)\b")
_NOWHERE = re.compile(r"\b(no fixed|nfa|not known|unknown|not given|withheld|refused|homeless|n a)\b")
"""Written where an address should be; two people with these do not share a home."""
LONGEST_SHORT_WORD = 3
_STREETS = {
    *("street", "st", "road", "rd", "lane", "ln", "avenue", "ave", "close", "drive", "way", "crescent", "terrace"),
    *("place", "court", "gardens", "row", "hill"),
}


def read(text: str, postcode: str = "") -> tuple[str, str]:
    """The address without its postcode, and the postcode, which may also stand inside the text.

    What is no postcode of this country stays in the text, so that nothing typed is lost.
    """
    known, inside = normalise_postcode(postcode), _POSTCODE.search(text)
    found = normalise_postcode(inside.group(1)) if inside else None
    if inside and found and known in (None, found):
        known, text = found, text[: inside.start()] + text[inside.end() :]
    if not known and postcode.strip():
        text = f"{text}, {postcode}"
    return text.strip(" ,\n\t"), known or ""


def key_of(text: str, postcode: str) -> str:
    """Equal for two spellings of one address: the postcode with the flat and the house.

    A postcode is about fifteen houses, so its figures tell the house; a house with a name is told by its first words.
    Without a postcode the whole text must agree. What names no house is like nothing else.
    """
    plain = fold(text)
    if not any(each.isalnum() for each in plain) or _NOWHERE.search(plain):
        return f"{postcode} ? {uuid4()}"
    if not postcode:
        return plain[:300]
    flats = [f"flat{flat}" for flat in _FLAT.findall(plain)]
    rest = _FLAT.sub(" ", plain).split()
    figures = [word for word in rest if any(each.isdigit() for each in word)]
    if not figures and not flats and _is_a_street(text):
        return f"{postcode} ? {uuid4()}"
    return " ".join([postcode.replace(" ", ""), *flats, *(figures or rest[:2])])[:300]


def _is_a_street(text: str) -> bool:
    """The first part of it is a street and no house."""
    words = fold(text.split(",")[0]).split()
    return bool(words) and words[-1] in _STREETS


def names_a_place(said: str, address: str) -> bool:
    """Whether what somebody wrote says where this address is: its postcode, its house by name, or its house by number
    and street."""
    text, postcode = read(address)
    if postcode and postcode in {normalise_postcode(found) for found in _POSTCODE.findall(said)}:
        return True
    plain = f" {fold(said)} "
    return any(f" {door} " in plain for door in _doors(text))


def _doors(text: str) -> Iterator[str]:
    """What tells one house: the name it begins with, and each number with the word behind it."""
    for at, part in enumerate(re.split(r"[,;\n]", text)):
        words = fold(part).split()
        name = list(takewhile(str.isalpha, words))
        if at == 0 and len(name) > 1:
            yield " ".join(name)
        for which, word in enumerate(words):
            if word[0].isdigit() and (street := list(_as_far_as_a_long_word(words[which + 1 :]))):
                yield " ".join([word, *street])


def _as_far_as_a_long_word(words: list[str]) -> Iterator[str]:
    """Of "the green" both, of "example street" the first: a short word tells nothing by itself."""
    for word in words:
        if word[0].isdigit():
            return
        yield word
        if len(word) > LONGEST_SHORT_WORD:
            return


def address_of(text: str, postcode: str = "", *, uprn: str = "") -> Address | None:
    """The address, made if it is new; None where nothing was written."""
    text, postcode = read(text, postcode)
    if not text and not postcode:
        return None
    known = {"text": text or "House not known", "postcode": postcode, "uprn": uprn, "district": district_of(postcode)}
    return Address.objects.get_or_create(key=key_of(text, postcode), defaults=known)[0]


def known_address(text: str, postcode: str = "") -> Address | None:
    """The address, where it is on record already."""
    return Address.objects.filter(key=key_of(*read(text, postcode))).first()


def known_in(text: str) -> Address | None:
    """The address on record that a location names; nothing is put on record."""
    return known_address(*read(text)) if text.strip() else None


def address_in(text: str) -> Address | None:
    """The address that a location names: with a postcode it is one, without it only where it is on record already."""
    street, postcode = read(text)
    if street and postcode:
        return address_of(street, postcode)
    return known_address(street) if street else None
