"""Likely pairs joined: where A is likely B, and B is likely C, all three are read as one person."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import product
from typing import TypeVar

from matching.score import Comparison

Id = TypeVar("Id", bound=Hashable)
MOST_OF_ONE_PERSON = 200
"""More records than this are not one person but a mistake that runs on."""


def joined(likely: Iterable[tuple[Id, Id, float]], compare: Callable[[Id, Id], Comparison]) -> list[list[Id]]:
    """The groups of two and more that these pairs with their weights make. The surest pairs are joined first.

    A record that says little may be likely either of two twins: it joins one of them, never both. Two groups stay apart
    if more speaks against than for any two of their records, or if these want a person to look first.
    """
    groups: dict[Id, list[Id]] = {}
    for one, other, _ in sorted(likely, key=lambda pair: -pair[2]):
        first, second = groups.setdefault(one, [one]), groups.setdefault(other, [other])
        if first is second or len(first) + len(second) > MOST_OF_ONE_PERSON:
            continue
        if all(_may_be_one(compare(*pair)) for pair in product(first, second)):
            first += second
            groups.update(dict.fromkeys(second, first))
    return [members for who, members in groups.items() if members[0] == who and len(members) > 1]


def _may_be_one(comparison: Comparison) -> bool:
    return comparison.weight >= 0 and not comparison.look_first
