"""From a question to what has to be looked up for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from search import born
from search.candidates import Candidate, Wanted
from search.keys import mark
from search.likeness import Near
from search.naming import Run, runs
from search.question import Parts
from search.words import NAME, STREET, Asked, near

MOST_ALIKE = 200  # words that one word may stand for
MOST_PAIRS = 3_000
DEEPEST = 256  # the 4th likeliest word for one with the 64th likeliest for another, the 16th with the 16th
MOST_STREETS = 20
MOST_SINGLES = 40
MOST_SINGLES_OF_MANY = 5
LIKELY = 0.8
# Whoever bears a number that was typed is scored, however many others share words with the question.
OUTRIGHT, WORTH = 100.0, {"postcode": 2.0, "home": 4.0}

Pair = tuple[int, int, int, float]


@dataclass(frozen=True)
class LookedFor:
    """The question, what its words may mean, and its marks: what finds a record outright."""

    parts: Parts
    runs: Sequence[Run]
    marks: dict[int, str]

    def wanted(self) -> Wanted:
        by_word = [self._meant(at) for at in range(len(self.parts.words))]
        days = [span.first for span in self.parts.births if span.is_a_day]
        spans = [*self.parts.births, *self.parts.ages]
        return Wanted(
            pairs=[*_pairs(by_word), *_only_names(by_word)],
            singles=_singles(by_word),
            words=[(at, each.word, each.like.share) for at, some in enumerate(by_word) for each in some],
            marks=[(mark, WORTH.get(sort, OUTRIGHT)) for mark, sort in self.marks.items()],
            days=[*days, *(mistaken for day in days for mistaken in born.easily_mistaken(day))],
            born=spans[0] if spans else None,
            one_word=len(by_word) == 1,
        )

    def meant_outright(self, candidates: Iterable[Candidate]) -> set[str]:
        """The sorts of marks that somebody does bear: what was typed was meant as such a number."""
        return {self.marks[each] for person in candidates for each in person.marks if each in self.marks}

    def _meant(self, at: int) -> list[Near]:
        """What the word at this place may stand for, alone or with its neighbours; the likeliest first."""
        here = [run for run in self.runs if at in run.places]
        found = [each for run in here for each in run.near if run.size == 1 or each.like.share >= LIKELY]
        return sorted(found, key=lambda each: -each.like.share)[:MOST_ALIKE]


def look_for(parts: Parts) -> LookedFor:
    """One statement: which words on record may be meant by those of the question."""
    said = list(runs(parts.words))
    streets = [(STREET, home.street) for home in parts.homes if home.house]
    close = near(list(dict.fromkeys([*((NAME, word) for _, _, word in said), *streets])))
    found = [Run(start, size, word, close[NAME, word]) for start, size, word in said]
    return LookedFor(parts, found, dict(_marks(parts, close)))


def _marks(parts: Parts, close: dict[Asked, list[Near]]) -> Iterator[tuple[int, str]]:
    exact = [("postcode", parts.postcodes), ("phone", (*parts.numbers, *parts.phones)), ("number", parts.numbers)]
    for sort, asked in exact:
        yield from ((mark(sort, each), sort) for each in asked)
    for home in parts.homes:
        streets = [each.word for each in close[STREET, home.street][:MOST_STREETS]] if home.house else [home.street]
        yield from ((mark("home", replace(home, street=street).mark()), "home") for street in streets)
    if parts.whole:
        yield mark("name", parts.whole), "name"


def _pairs(by_word: Sequence[Sequence[Near]]) -> list[Pair]:
    """The two words of a person that any two words asked for may stand for, the likeliest of each first."""
    rows: list[Pair] = []
    for which, (one, other) in enumerate(sorted(combinations(by_word, 2), key=_possible)):
        rows += [
            (which, min(a.number, b.number), max(a.number, b.number), a.like.share * b.like.share)
            for rank, a in enumerate(one, start=1)
            for b in other[: DEEPEST // rank]
        ]
    return rows[:MOST_PAIRS]


def _possible(two: tuple[Sequence[Near], Sequence[Near]]) -> int:
    return len(two[0]) * len(two[1])


def _only_names(by_word: Sequence[Sequence[Near]]) -> Iterator[Pair]:
    """People who are known by one word only stand in the index as a pair of it with itself."""
    for at, some in enumerate(by_word, start=1):
        yield from ((-at, each.number, each.number, each.like.share) for each in some[:MOST_SINGLES])


def _singles(by_word: Sequence[Sequence[Near]]) -> list[tuple[int, float]]:
    most = MOST_SINGLES if len(by_word) == 1 else MOST_SINGLES_OF_MANY
    return [(each.number, each.like.share / 2) for some in by_word for each in some[:most]]
