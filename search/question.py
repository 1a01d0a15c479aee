"""What somebody typed into the one box, taken apart: names, dates, ages, numbers, addresses, in any order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from string import digits

from matching.names import fold, words
from search import born
from search.born import Span
from search.homes import MOST_FIGURES_OF_A_HOUSE, POSTCODE, Home, pieces, streets
from search.keys import LONGEST_WORD, clean

LONGEST_TEXT = 300
MOST_WORDS = 10
MOST_NUMBERS = 40
MOST_HOMES = 12
SHORTEST_NUMBER = 3

# With a name they say nothing of it; alone they may be one.
_BESIDE_NAMES = frozenset(["mr", "mrs", "miss", "ms", "mx", "dr", "aka", "nee", "dob", "born", "aged", "age"])
_PHONE = re.compile(
    r"(?<![\w+])(?:\+\s?44\s?(?:\(0\))?|0044|\(?0)(?:[\s().-]{0,2}\d){9,10}(?!\w)",
    re.ASCII,
)
_NOT_OF_A_REFERENCE = re.compile(r"[^A-Z0-9]+")
_FLAT = re.compile(r"\b(?:flat|apartment|apt|unit|room)\s+\d{1,4}[a-z]?\b", re.IGNORECASE)

Reader = Callable[[re.Match[str], date], Span | None]


@dataclass(frozen=True)
class Parts:
    """What was recognised. One stretch of text may be read in two ways: "7" is an age, and a house's number."""

    words: tuple[str, ...] = ()  # of a name, folded, as typed
    births: tuple[Span, ...] = ()
    ages: tuple[Span, ...] = ()
    maybe_ages: tuple[Span, ...] = ()
    postcodes: tuple[str, ...] = ()
    homes: tuple[Home, ...] = ()
    houses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # whatever may be a reference
    whole: str = ""


def read(text: str, today: date) -> Parts:
    """Of the first `LONGEST_TEXT` characters everything is read, and the first `MOST_WORDS` words as names."""
    text = clean(text).strip()[:LONGEST_TEXT]
    rest = _Rest(text, today)
    births = rest.take(born.DAYS, born.day)
    phones = rest.phones()
    postcodes = rest.postcodes()
    ages = rest.take(born.MONTHS_OLD, born.age_in_months) + rest.take(born.AGES, born.age)
    ages += rest.take(born.MONTHS, born.month_and_year)
    homes, houses, left = _at_home(rest.text)
    lone = tuple(span for word in left if (span := _lone_number(word, today)))
    lives_somewhere = bool(postcodes) or any(home.house for home in homes)
    return Parts(
        words=_names([word for word in left if not word[0].isdigit()]),
        births=tuple(births),
        ages=(*ages, *(() if lives_somewhere else lone)),
        maybe_ages=lone if lives_somewhere else (),
        postcodes=tuple(dict.fromkeys(postcodes)),
        homes=tuple(sorted(dict.fromkeys(homes), key=lambda home: not home.house))[:MOST_HOMES],
        houses=tuple(houses),
        phones=tuple(phones),
        numbers=numbers(text),
        whole=whole(text),
    )


class _Rest:
    """The text that nothing has recognised yet. What was recognised leaves a comma, so that nothing grows together."""

    def __init__(self, text: str, today: date) -> None:
        self.text, self.today = text, today

    def take(self, patterns: Sequence[re.Pattern[str]], reader: Reader) -> list[Span]:
        spans: list[Span] = []

        def taken(found: re.Match[str]) -> str:
            span = reader(found, self.today)
            spans.extend([span] if span else [])
            return " , " if span else found[0]

        for pattern in patterns:
            self.text = pattern.sub(taken, self.text)
        return spans

    def phones(self) -> list[str]:
        found = [phone(each) for each in _PHONE.findall(self.text)]
        self.text = _PHONE.sub(" , ", self.text)
        return found

    def postcodes(self) -> list[str]:
        found = ["".join(each).upper() for each in POSTCODE.findall(self.text)]
        self.text = POSTCODE.sub(" , ", self.text)
        return found


def whole(text: str) -> str:
    """All of a text in one order: how a name of figures or symbols is found, which no rule takes apart."""
    return " ".join(sorted(word for each in clean(text).strip()[:LONGEST_TEXT].split() for word in words(each)))


def phone(text: str) -> str:
    """A phone number as its figures, with 0 for +44."""
    figures = "".join(each for each in text if each in digits)
    for prefix in ("0044", "44"):
        if figures.startswith(prefix) and len(figures) > len("07700900123"):
            return "0" + figures.removeprefix(prefix).removeprefix("0")
    return figures


def reference(text: str) -> str:
    """A reference as its letters and figures: "per 1234", "PER-1234" and "PER1234" are one."""
    return _NOT_OF_A_REFERENCE.sub("", fold(clean(text)).upper())


def numbers(text: str) -> tuple[str, ...]:
    """Whatever may be a reference: each word, or some that stand together, with a figure in it."""
    said = [word.upper() for word in words(text)]
    runs = ("".join(said[at : at + size]) for size in (1, 2, 3, 4) for at in range(len(said) - size + 1))
    found = (run for run in runs if SHORTEST_NUMBER <= len(run) <= LONGEST_WORD and any(map(str.isdigit, run)))
    return tuple(dict.fromkeys(found))[:MOST_NUMBERS]


def _at_home(text: str) -> tuple[list[Home], list[str], list[str]]:
    """The homes that may be meant, the numbers of houses, and the words that are left for names and ages."""
    homes: list[Home] = []
    houses: list[str] = []
    left: list[str] = []
    for said in pieces(_FLAT.sub(" ", text)):
        found = streets(said)
        taken = {at for each in found if each.home.sure for at in range(each.start, each.stop)}
        homes += [each.home for each in found]
        homes += [Home("", " ".join(said)[:LONGEST_WORD])] if len(said) > 1 else []
        houses += [word for word in said if word[0].isdigit() and len(word) <= MOST_FIGURES_OF_A_HOUSE]
        left += [word for at, word in enumerate(said) if at not in taken]
    return homes, houses, left


def _names(left: Sequence[str]) -> tuple[str, ...]:
    said = list(dict.fromkeys(word[:LONGEST_WORD] for word in left))
    return tuple([word for word in said if word not in _BESIDE_NAMES] or said)[:MOST_WORDS]


def _lone_number(word: str, today: date) -> Span | None:
    """A number that stands alone: an age, or the year of a birth."""
    if word.isascii() and word.isdigit() and len(word) <= len("120"):
        return born.aged(int(word), today) if int(word) <= born.OLDEST else None
    found = born.YEAR.fullmatch(word)
    return born.year(found, today) if found else None
