"""What two addresses say. Families share one, so the same house is far from proof."""

from __future__ import annotations

from functools import lru_cache

from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity

from matching.described import Described
from matching.evidence import NOTHING_KNOWN, Evidence, weighed
from matching.homes import Place, in_common
from matching.weights import Weight

MOST, HALF = 0.8, 0.5
WHOLE_ADDRESS = 12
"""From so many different pairs of letters on, an address that has nearly all of them in common is the same."""


def home(one: Described, other: Described) -> Evidence:
    """The best that any two of their addresses say."""
    found = [_places(first, second) for first in one.places for second in other.places]
    return max(found, key=lambda evidence: (evidence.points, evidence.said), default=NOTHING_KNOWN)


@lru_cache(maxsize=4_096)
def _places(one: Place, other: Place) -> Evidence:
    alike, street = in_common(one.pairs, other.pairs), _same_street(one, other)
    same_postcode = bool(one.postcode) and one.postcode == other.postcode
    same_homes_nearby = same_postcode and one.is_full_postcode
    said = max(one.said, other.said, key=lambda text: (len(text), text)) or one.postcode.upper()
    if one.house and one.house == other.house and (same_homes_nearby or street):
        return weighed(Weight.HOME_SAME, f"Lived at the same address, {said}")
    if same_homes_nearby:
        return weighed(Weight.HOME_POSTCODE, f"Lived in the same postcode, {one.postcode.upper()}")
    if street and alike > MOST:
        return weighed(Weight.HOME_STREET, f"Lived in the same street, {said}")
    if same_postcode or alike > MOST or _same_town(one, other):
        return weighed(Weight.HOME_DISTRICT, f"Lived in the same place, {said}")
    return weighed(Weight.HOME_OTHER, "Different addresses")


def _same_street(one: Place, other: Place) -> bool:
    """It begins alike, and neither its last word nor the town contradicts; or nearly all is there in another order."""
    town = in_common(one.after_street, other.after_street)
    towns_known = bool(one.after_street and other.after_street)
    if one.street and other.street and damerau_levenshtein_distance(one.street, other.street) <= 1:
        same_sort = not one.sort_of_street or not other.sort_of_street or one.sort_of_street == other.sort_of_street
        return same_sort and (town >= HALF if towns_known else in_common(one.pairs, other.pairs) >= HALF)
    if towns_known and town > MOST:
        return False
    return min(len(one.pairs), len(other.pairs)) >= WHOLE_ADDRESS and in_common(one.pairs, other.pairs) > 0.9


def _same_town(one: Place, other: Place) -> bool:
    if one.house or other.house:
        return False
    return jaro_winkler_similarity(one.letters, other.letters) > 0.85
