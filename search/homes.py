"""An address as people write it: the house, the street and the postcode in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matching.names import words
from search.keys import LONGEST_WORD, clean

POSTCODE = re.compile(r"(?<![A-Za-z\d])([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d[A-Za-z]{2})(?![A-Za-z\d])", re.ASCII)
LONGEST_ADDRESS = 300
MOST_FIGURES_OF_A_HOUSE = 5
MOST_WORDS_IN_A_STREET = 4
MOST_WORDS_WITHOUT_AN_ENDING = 3
_HOUSE = re.compile(r"\d{1,4}[a-z]?")
_FROM_TO = re.compile(r"(\d+\w?)\s*[-–]\s*\d+\w?(?=\s)")  # 12-14 Example Street: known by its first house
_BETWEEN = re.compile(r"[,;\n\r]+")


def _spellings(groups: str) -> dict[str, str]:
    return {spelling: group.split()[0] for group in groups.split(",") for spelling in group.split()}


# How the names of streets end. Only those of the first kind prove that a street is meant: the others are surnames too.
_SURE = _spellings(
    "st street,rd road,ave avenue av,cres crescent,dr drive,gdns gardens,ter terrace terr,sq square,mews,pde parade,"
    "esplanade,promenade,wharf,quay,cl close,ln lane,pl place,ct court"
)
_ENDINGS = _SURE | _spellings(
    "gr grove gro,way,walk,row,rise,view,hill,green,park,path,passage,vale,mount,croft,end,gate,yard,field fields,"
    "meadow mead meadows,dale,copse,heights,approach,bank,reach,ridge,link"
)


@dataclass(frozen=True)
class Home:
    """12 Example Street: house "12", street "example", ending "st". A house with a name only is a street of its own."""

    house: str
    street: str
    ending: str = ""
    postcode: str = ""

    def stored(self) -> str:
        return "\t".join((self.house, self.street, self.ending, self.postcode))

    @classmethod
    def of(cls, stored: str) -> Home:
        return cls(*stored.split("\t"))

    @property
    def sure(self) -> bool:
        """Nothing else can have been meant."""
        return self.ending in _SURE

    def mark(self) -> str:
        """What it is found by. How its street ends is left out, for that is what people are least sure of."""
        return f"{self.house} {self.street}".strip()


@dataclass(frozen=True)
class Found:
    """A home in a row of words, from the word at `start` to the one before `stop`."""

    home: Home
    start: int
    stop: int


def all_homes(homes: Iterable[tuple[str, str]]) -> list[Home]:
    """The homes that the addresses on record name."""
    return list(dict.fromkeys(found for address, code in homes if (found := _home(address, code))))


def _home(address: str, its_postcode: str) -> Home | None:
    address = address[:LONGEST_ADDRESS]
    code = postcode(its_postcode) or postcode(address)
    said = pieces(POSTCODE.sub(" ", clean(address)))
    found = [each.home for piece in said for each in streets(piece)]
    if found:
        return replace(max(found, key=lambda home: (home.sure, bool(home.ending))), postcode=code)
    name = " ".join(said[0])[:LONGEST_WORD] if said else ""
    return Home("", name, "", code) if name or code else None


def postcode(text: str) -> str:
    """SW1A 1AA as SW1A1AA; nothing where none is written."""
    found = POSTCODE.search(clean(text[:LONGEST_ADDRESS]))
    return "".join(found.groups()).upper() if found else ""


def pieces(text: str) -> list[list[str]]:
    """The words of an address, one row for each stretch between commas."""
    rows = (words(piece) for piece in _BETWEEN.split(_FROM_TO.sub(r"\1", text)))
    return [row for row in rows if row]


def streets(said: Sequence[str]) -> list[Found]:
    """Each number with words behind it may be a house in a street."""
    found = []
    for at, word in enumerate(said):
        letter = said[at + 1] if word.isdigit() and at + 2 < len(said) and len(said[at + 1]) == 1 else ""
        house, start = word + letter, at + 1 + bool(letter)
        if _HOUSE.fullmatch(house) and start < len(said) and said[start].isalpha():
            found += [Found(home, at, start + size) for home, size in _street(house, said[start:])]
    return found


def _street(house: str, after: Sequence[str]) -> list[tuple[Home, int]]:
    """What the words after a house's number may be: up to where a street's name ends, or else the first few of them."""
    for at in range(1, min(len(after), MOST_WORDS_IN_A_STREET + 1)):
        if ending := _ENDINGS.get(after[at]):
            return [(Home(house, _name(after[:at]), ending), at + 1)]
    most = min(len(after), MOST_WORDS_WITHOUT_AN_ENDING)
    return [(Home(house, _name(after[:size])), size) for size in range(most, 0, -1)]


def _name(of: Sequence[str]) -> str:
    return " ".join(of)[:LONGEST_WORD]
