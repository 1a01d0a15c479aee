"""An address as it is compared: the number of the house, the street, what follows it, the postcode."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from matching.names import fold

POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b")
_HOUSE = re.compile(r"\d{1,5}[a-z]?")
_WITHIN_A_HOUSE = {"flat", "apartment", "apt", "unit", "room", "no", "number", "the"}
_SORTS_OF_STREET = {
    spelling: line.split()[0]
    for line in (
        *("street st", "road rd", "avenue ave av", "close cl", "lane ln", "drive dr", "gardens gdns", "crescent cres"),
        *("place pl", "court ct", "terrace ter", "square sq", "grove gr", "parade pde", "circuit", "mews", "way"),
        *("walk", "row", "rise", "view", "hill", "green", "park", "path", "mount", "croft"),
    )
    for spelling in line.split()
}
LONGEST_ADDRESS = 200
STREET_BEGINS = 6
"""So many letters of a street tell it from most others with that number of house, and are before most mistakes."""


class Place(NamedTuple):
    """`letters` are those of the whole address without spaces, because people leave them out and put them in."""

    house: str
    street: str
    sort_of_street: str
    letters: str
    after_street: frozenset[str]
    pairs: frozenset[str]
    postcode: str
    said: str

    @property
    def is_full_postcode(self) -> bool:
        """A British postcode to the last letter is about 15 homes (Royal Mail). Anything shorter is a district."""
        return bool(POSTCODE.fullmatch(self.postcode))


@lru_cache(maxsize=4_096)
def place(address: str, postcode: str) -> Place:
    text = fold(address[:LONGEST_ADDRESS])
    written = POSTCODE.search(text)
    code = fold(postcode[:12]).replace(" ", "") or ("".join(written.groups()) if written else "")
    house, words = _from_the_house_on(POSTCODE.sub(" ", text).split())
    at = next((at for at, word in enumerate(words) if at and word in _SORTS_OF_STREET), 0)
    letters = "".join(words)
    return Place(
        house=house,
        street=letters[:STREET_BEGINS] if house else "",
        sort_of_street=_SORTS_OF_STREET[words[at]] if at else "",
        letters=letters,
        after_street=letter_pairs("".join(words[at + 1 :])) if at else frozenset(),
        pairs=letter_pairs(letters),
        postcode=code,
        said=" ".join(address.split()),
    )


def letter_pairs(letters: str) -> frozenset[str]:
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def in_common(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter is in the longer, whatever the order and the spaces."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _from_the_house_on(parts: list[str]) -> tuple[str, list[str]]:
    """Of "Flat 2, 14 High Street" it is 14 and the words of the street: the last number before these begin."""
    house = ""
    for at, part in enumerate(parts):
        if _HOUSE.fullmatch(part):
            house = part
        elif part not in _WITHIN_A_HOUSE:
            return house, [word for word in parts[at:] if not word[0].isdigit()]
    return house, []
