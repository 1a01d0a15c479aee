"""A name as it is compared: any script, any spelling of the accents, any order, any short form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii
from jellyfish import metaphone
from nicknames import NickNamer

_JOINED = re.compile(r"[’'`´]")  # O'Brien is one word
_BETWEEN = re.compile(r"[^a-z0-9]+")
_NICKNAMES = NickNamer()
MOST_WORDS = 6
LONGEST_WORD = 40
NOBODYS_NAME = {
    *("unknown", "unk", "nk", "n k", "not known", "not given", "not stated", "refused", "anonymous", "tbc", "none"),
    *("unborn", "unborn baby", "unborn child", "baby", "baby boy", "baby girl", "infant", "twin", "twin 1", "twin 2"),
}
"""What is written where a name is not known, or where there is none yet."""


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Plain lower-case Latin words: "Łukasz O'Brien-Ó Sé" is "lukasz obrien o se".

    What holds no letter or figure in any script stays as it was typed, so that it can still be found.
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each)[0] != "M")
    words = _BETWEEN.sub(" ", _JOINED.sub("", anyascii(plain).lower())).strip()
    return words or unicodedata.normalize("NFC", text).casefold().encode(errors="ignore").decode().strip()


def words(text: str) -> list[str]:
    """The single words of a name, folded."""
    return fold(text).split()


@lru_cache(maxsize=16_384)
def short_and_long_forms(word: str) -> frozenset[str]:
    """The other names a first name goes by: William for Bill, and Bill for William. `word` is folded."""
    return frozenset(_NICKNAMES.nicknames_of(word) | _NICKNAMES.canonicals_of(word))


@lru_cache(maxsize=16_384)
def long_forms(word: str) -> frozenset[str]:
    """The names that a short form stands for: William for Bill. `word` is folded."""
    return frozenset(_NICKNAMES.canonicals_of(word))


@lru_cache(maxsize=16_384)
def is_a_name(word: str) -> bool:
    """One that has short forms, or is one: what is not among these may be a name or a mistake. `word` is folded."""
    return bool(short_and_long_forms(word))


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """How a folded word sounds; the word itself where it holds no letters that sound."""
    return metaphone(word) or word


class FullName(NamedTuple):
    """A name in folded words, with the two parts as they were written. An empty part is not known."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    given_said: str
    family_said: str


@lru_cache(maxsize=16_384)
def readings(given: str, family: str) -> tuple[FullName, ...]:
    """How a name may be meant: where everything stands in one box, the last word of it may be the family name."""
    given_words, family_words = _known(given), _known(family)
    given_said, family_said = " ".join(given.split()), " ".join(family.split())
    as_written = FullName(given_words, family_words, given_said, family_said)
    if given_words and family_words:
        return (as_written,)
    everything, said = given_words or family_words, given_said if given_words else family_said
    if len(everything) < 2 or len(everything) != len(said.split()):
        return (as_written,) if everything else ()
    first, _, last = said.rpartition(" ")
    return as_written, FullName(everything[:-1], everything[-1:], first, last)


def _known(text: str) -> tuple[str, ...]:
    folded = fold(text)
    return () if folded in NOBODYS_NAME else tuple(word[:LONGEST_WORD] for word in folded.split()[:MOST_WORDS])
