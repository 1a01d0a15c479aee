"""How well the names of a person fit the words that were typed, in any order, and which word was taken for which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.keys import joined
from search.likeness import Likeness, Near

MOST_WORDS_AS_ONE = 3
A_WORD_NOBODY_ASKED_FOR = 0.02
ANOTHER_NAME = 0.02
TWO_NAMES_MIXED = 0.06
ANOTHER = ((), ("Another name on record",))


@dataclass(frozen=True)
class Fit:
    """The share of the words asked for that the name accounts for, and why."""

    share: float = 0.0
    because: tuple[str, ...] = ()

    def less(self, by: float, *why: str) -> Fit:
        return Fit(max(self.share - by, 0.01), (*self.because, *why)) if self.share else self


@dataclass(frozen=True)
class Run:
    """Words asked for that stand together, from `start` on, and what they may mean if they are written as one."""

    start: int
    size: int
    said: str
    near: Sequence[Near]

    @cached_property
    def likeness(self) -> dict[str, Likeness]:
        return {each.word: each.like for each in self.near}

    @property
    def places(self) -> range:
        return range(self.start, self.start + self.size)


def runs(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Each word, and neighbours as one: "O Brien" is O'Brien. With each, where it starts and of how many it is."""
    for size in range(1, min(MOST_WORDS_AS_ONE, len(words)) + 1):
        for start in range(len(words) - size + 1):
            yield start, size, "".join(words[start : start + size])


def best_fit(asked: Sequence[Run], names: Sequence[str]) -> Fit:
    """By the main name, which comes first; by another one; or by words of several, as after a marriage."""
    each = [_words(name) for name in names]
    fits = [_fit(asked, words).less(ANOTHER_NAME * (at > 0), *ANOTHER[at > 0]) for at, words in enumerate(each)]
    if len(each) > 1:
        mixed = {word: own for words in each for word, own in words.items()}
        fits.append(_fit(asked, mixed).less(TWO_NAMES_MIXED, *ANOTHER[True]))
    return max(fits, key=lambda fit: fit.share, default=Fit())


def _words(name: str) -> dict[str, tuple[str, ...]]:
    """The words of a name, also those that may be written as one, each with the words it is made of."""
    found: dict[str, tuple[str, ...]] = {}
    for part in name.split("\t"):
        words = part.split()
        found |= {word: (word,) for word in words}
        if together := joined(words):
            found[together] = tuple(words)
    return found


def _fit(asked: Sequence[Run], words: dict[str, tuple[str, ...]]) -> Fit:
    """The likeliest match first, and no word twice."""
    matches = [(run.likeness[word], run, word) for run in asked for word in words if word in run.likeness]
    share, because = 0.0, []
    asked_used: set[int] = set()
    own_used: set[str] = set()
    for like, run, word in sorted(matches, key=lambda match: (-match[0].share, -match[1].size, match[1].start)):
        if asked_used.isdisjoint(run.places) and own_used.isdisjoint(words[word]):
            asked_used.update(run.places)
            own_used.update(words[word])
            share += like.share * run.size
            because.append(like.said(run.said, word))
    over = sum(1 for word, own in words.items() if own == (word,) and word not in own_used)
    asked_for = max(run.start for run in asked) + 1
    return Fit(share / asked_for, tuple(dict.fromkeys(because))).less(A_WORD_NOBODY_ASKED_FOR * over)
