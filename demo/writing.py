"""Texts are put together from lines in `demo/texts`, dealt like cards so that none comes again before all have been."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")


@cache
def texts(name: str) -> dict[str, Any]:
    """One file of lines."""
    return tomllib.loads((Path(__file__).parent / "texts" / f"{name}.toml").read_text(encoding="utf-8"))


class Writer:
    """Chooses and fills in lines. The same seed writes the same texts."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self._decks: dict[tuple[str, ...], list[str]] = {}

    def line(self, lines: Sequence[str], words: Mapping[str, Any]) -> str:
        """The next card of this deck, filled in."""
        deck = self._decks.setdefault(tuple(lines), [])
        if not deck:
            deck.extend(self.rng.sample(lines, len(lines)))
        return deck.pop().format_map(words)

    def weighed(self, weights: Mapping[T, float]) -> T:
        """One of these, more often where the weight is greater."""
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share
