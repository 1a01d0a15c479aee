"""Texts are put together from lines in `demo/texts`, dealt like cards so that none comes again before all have been."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")
KEPT_FOR_STORIES = range(450, 480)


@cache
def texts(name: str) -> dict[str, Any]:
    """One file of lines."""
    return tomllib.loads((Path(__file__).parent / "texts" / f"{name}.toml").read_text(encoding="utf-8"))


class Writer:
    """Chooses and fills in lines. The same seed writes the same texts."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self._decks: dict[tuple[str, ...], list[str]] = {}
        free = [f"07700 900{number:03d}" for number in range(1000) if number not in KEPT_FOR_STORIES]
        self._numbers = Random(seed).sample(free, len(free))

    def line(self, lines: Sequence[str], words: Mapping[str, Any]) -> str:
        """The next card of this deck, filled in."""
        deck = self._decks.setdefault(tuple(lines), [])
        if not deck:
            deck.extend(self.rng.sample(lines, len(lines)))
        return deck.pop().format_map(words)

    def number(self) -> str:
        """A number that rings nowhere, each once: the same one again would be a repeat call. "" = withheld."""
        return self._numbers.pop() if self._numbers else ""

    def weighed(self, weights: Mapping[T, float]) -> T:
        """One of these, more often where the weight is greater."""
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share
