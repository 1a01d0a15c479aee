"""Drawing at random, so that anybody can draw the same again: nothing but the seed decides, on any machine."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import sha256
from string import ascii_lowercase

OF_A_HUNDRED = 100
LETTERS = 28
"""Of a seed: more than 128 random bits."""


def new_seed() -> str:
    """Nobody can know it beforehand. Letters alone: it is read out, and is taken for no number of anything."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(LETTERS))


def a_draw(share: int, seed: str) -> str:
    """What a second look is drawn by, as it is kept: "10 of 100, 3f…"."""
    return f"{share} of {OF_A_HUNDRED}, {seed}"


def is_drawn(draw: str) -> bool:
    """Whether this draw asks for a second look."""
    return _figure(draw) % OF_A_HUNDRED < int(draw.split(" ")[0])


def sample(seed: str, rows: Sequence[tuple[str, str]], size: int, most_urgent_first: Sequence[str]) -> list[str]:
    """References of those that are looked at, of (reference, stratum): one of each stratum first, the others in
    proportion. `most_urgent_first`: every stratum there is.

    The order in which rows are given does not matter. Raises ValueError for a stratum that is not named.
    """
    if unknown := {of for _, of in rows} - set(most_urgent_first):
        raise ValueError(f"no such stratum: {', '.join(sorted(unknown))}")
    strata = {stratum: [each for each, of in rows if of == stratum] for stratum in most_urgent_first}
    seats = _seats({stratum: len(found) for stratum, found in strata.items() if found}, size)
    return [each for stratum, many in seats.items() for each in _in_the_order_of(seed, strata[stratum])[:many]]


def _seats(sizes: dict[str, int], size: int) -> dict[str, int]:
    """How many of each stratum. The most urgent comes first while there are too few for all."""
    seats = {stratum: int(place < size) for place, stratum in enumerate(sizes)}
    whole = sum(sizes.values())
    for _ in range(min(size, whole) - sum(seats.values())):
        open_to = [stratum for stratum in sizes if seats[stratum] < sizes[stratum]]
        seats[max(open_to, key=lambda stratum: sizes[stratum] * size / whole - seats[stratum])] += 1
    return seats


def _in_the_order_of(seed: str, references: Sequence[str]) -> list[str]:
    return sorted(references, key=lambda each: (_figure(f"{seed} {each}"), each))


def _figure(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")
