"""How alike two words are to the eye and the ear."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity

from matching.names import sound


class Likeness(IntEnum):
    OTHER = 0
    ROUGH = 1
    INITIAL = 2
    SOUND = 3
    SPELT = 4
    SAME = 5


@lru_cache(maxsize=65_536)
def likeness(one: str, other: str) -> Likeness:
    """Of two folded words."""
    if one == other:
        return Likeness.SAME
    shorter, longer = sorted((one, other), key=lambda word: (len(word), word))
    if len(shorter) == 1:
        return Likeness.INITIAL if longer.startswith(shorter) else Likeness.OTHER
    if damerau_levenshtein_distance(one, other) == 1 and len(longer) > 2:
        return Likeness.SPELT
    if sound(one) == sound(other) and jaro_winkler_similarity(one, other) > 0.75:
        return Likeness.SOUND
    return Likeness.ROUGH if _is_rough(shorter, longer) else Likeness.OTHER


def _is_rough(shorter: str, longer: str) -> bool:
    """Two or three mistakes in a long name; or nearly the same letters in another order."""
    if len(longer) < 5:
        return sorted(shorter) == sorted(longer)
    if (
        damerau_levenshtein_distance(shorter, longer) <= (3 if len(longer) > 7 else 2)
        or jaro_winkler_similarity(shorter, longer) > 0.92
    ):
        return True
    in_both = sum((Counter(shorter) & Counter(longer)).values())
    return in_both >= 0.8 * len(longer) and (shorter[0] == longer[0] or in_both == len(longer))
