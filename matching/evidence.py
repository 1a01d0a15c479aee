"""One thing that two records agree or differ in: what it weighs, and how it is said to a person."""

from __future__ import annotations

from typing import NamedTuple

from matching.weights import Weight


class Evidence(NamedTuple):
    points: float
    said: str
    rules_out_likely: bool = False
    """However much else agrees, a person has to look first: twins, or parent and child of one name."""
    personal: bool = False
    """It tells the members of a family apart. Surname, home and telephone are the same for all of them."""


def weighed(weight: Weight, said: str = "", *, rules_out_likely: bool = False, personal: bool = False) -> Evidence:
    return Evidence(weight.points, said, rules_out_likely, personal)


NOTHING_KNOWN = Evidence(0.0, "")
