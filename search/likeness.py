"""How well a word on record fits a word that was typed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity

from matching.names import short_and_long_forms
from search.keys import FEWEST_LETTERS_TO_MISTAKE, sounds

EXACT = "Name"
ONE_FORM = "{short} is short for {long}"
SPELT = "Name spelt alike: {word} for {asked}"
SOUNDS = "Name sounds alike: {word} for {asked}"
BEGINS = "Name begins alike: {word} for {asked}"

LONG_ENOUGH_FOR_TWO_MISTAKES = 6


@dataclass(frozen=True)
class Likeness:
    """1 for the same word, 0 for another one altogether."""

    share: float
    how: str

    def said(self, asked: str, word: str) -> str:
        """For the person: which word on record was taken for which that they typed."""
        short, long = sorted((asked, word), key=len)
        return self.how.format(asked=asked.title(), word=word.title(), short=short.title(), long=long.title())


@dataclass(frozen=True)
class Near:
    """A word on record that may be meant by one that was typed, and about how many people bear it."""

    word: str
    number: int
    people: int
    like: Likeness


SAME, OTHER = Likeness(1.0, EXACT), Likeness(0.0, "")


@lru_cache(maxsize=131_072)
def likeness(asked: str, word: str) -> Likeness:
    """The best of what it can be: a nickname, a slip of the finger, heard and not read, or not typed to its end."""
    if asked == word:
        return SAME
    if word in short_and_long_forms(asked):
        return Likeness(0.92, ONE_FORM)
    found = [each for each in (_begun(asked, word), _spelt(asked, word) or _heard(asked, word)) if each]
    return max(found, key=_share, default=OTHER)


def _share(like: Likeness) -> float:
    return like.share


def _spelt(asked: str, word: str) -> Likeness | None:
    """The same slip weighs more in a short word. The first letter is the one least often wrong."""
    shorter = min(len(asked), len(word))
    if shorter < FEWEST_LETTERS_TO_MISTAKE or abs(len(asked) - len(word)) > 2:
        return None
    slips = damerau_levenshtein_distance(asked, word)
    if slips == 1:
        return Likeness(0.92 - 0.4 / shorter - 0.04 * (asked[0] != word[0]), SPELT)
    if slips == 2 and shorter >= LONG_ENOUGH_FOR_TWO_MISTAKES:
        return Likeness(0.84 - 0.8 / shorter - 0.04 * (asked[0] != word[0]), SPELT)
    return None


def _begun(asked: str, word: str) -> Likeness | None:
    if not word.startswith(asked):
        return None
    return Likeness({1: 0.5, 2: 0.62}.get(len(asked), 0.76 + 0.1 * len(asked) / len(word)), BEGINS)


def _heard(asked: str, word: str) -> Likeness | None:
    if not sounds(asked) & sounds(word):
        return None
    return Likeness(0.55 + 0.3 * jaro_winkler_similarity(asked, word), SOUNDS)
