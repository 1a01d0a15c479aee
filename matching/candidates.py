"""Who on record may be this person: found by keys, compared, the best first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from matching.described import Described
from matching.keys import keys
from matching.register import A_FORCE, Register
from matching.score import Comparison, compare

Id = TypeVar("Id", bound=Hashable)

MOST_COMPARED = 100
"""Those who share most keys are compared. The others share one with hundreds."""
MOST_SHOWN = 20
LARGEST_BLOCK = 2_000
"""A key that more people than this have in common finds nobody; a person has others."""


class Index(Protocol[Id]):
    """Everybody who may be found."""

    def lookup(self, keys: Iterable[str]) -> Mapping[Id, Described]:
        """Those who share a key, with what is written of them; of very many, those who share most."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Id]):
    who: Id
    comparison: Comparison


def candidates(
    described: Described,
    index: Index[Id],
    *,
    but_not: Iterable[Id] = (),
    at_most: int = MOST_SHOWN,
    among: Register = A_FORCE,
) -> list[Candidate[Id]]:
    """The best first; among equals, the order in which the index gave them."""
    left_out = set(but_not)
    found = [
        Candidate(who, comparison)
        for who, other in index.lookup(keys(described)).items()
        if who not in left_out and (comparison := compare(described, other, among=among)).grade
    ]
    return sorted(found, key=lambda each: -each.comparison.weight)[:at_most]


class InMemory(Generic[Id]):
    """An index for one run: files, tests, and lists that are not stored."""

    def __init__(self, people: Iterable[tuple[Id, Described]] = ()) -> None:
        self.people: dict[Id, Described] = {}
        self._blocks: dict[str, list[Id]] = defaultdict(list)
        for who, described in people:
            self.add(who, described)

    def add(self, who: Id, described: Described) -> None:
        self.people[who] = described
        for key in keys(described):
            self._blocks[key].append(who)

    def lookup(self, keys: Iterable[str]) -> dict[Id, Described]:
        blocks = [self._blocks[key] for key in keys if key in self._blocks]
        shared = Counter(who for block in blocks if len(block) <= LARGEST_BLOCK for who in block)
        return {who: self.people[who] for who, _ in shared.most_common(MOST_COMPARED)}
