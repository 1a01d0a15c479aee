"""Are these two one person? A weight, a grade, and the reasons for and against in words for the person who decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.birth_evidence import born
from matching.described import Described
from matching.evidence import Evidence
from matching.home_evidence import home
from matching.name_evidence import names
from matching.number_evidence import email, nhs, phone, reference, sex
from matching.register import A_FORCE, Register

LIKELY, POSSIBLE, UNLIKELY = "likely", "possible", ""
NOT_AGAINST = -0.5
"""Likely takes two kinds of evidence that do not speak against it: a name alone is never enough, however rare."""
PERSONAL = 2.0
"""So much of it has to be about the person, or a child would be likely their own brother: same surname, same home."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`weight` is the sum of the weights of evidence: each point doubles the odds that it is one person."""

    weight: float
    grade: str
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    look_first: bool = False
    """Never likely, whatever the weight: they may be twins, or a parent and child of one name."""


def compare(one: Described, other: Described, *, among: Register = A_FORCE) -> Comparison:
    """The same whichever of the two comes first. What is not known of either is no evidence."""
    kinds = _kinds(one, other, among)
    found = [each for kind in (*kinds, [sex(one, other)]) for each in kind if each.said]
    weight, look_first = _sum(found), any(each.rules_out_likely for each in found)
    likely = weight >= among.likely_from and not look_first and _says_enough(kinds)
    return Comparison(
        weight=round(weight, 2),
        grade=LIKELY if likely else POSSIBLE if weight >= among.possible_from else UNLIKELY,
        reasons_for=tuple(each.said for each in found if each.points > 0),
        reasons_against=tuple(each.said for each in found if each.points <= 0),
        look_first=look_first,
    )


def _kinds(one: Described, other: Described, among: Register) -> list[Sequence[Evidence]]:
    """All but the sex, which half of all people have in common."""
    return [
        _names(one, other, among),
        [born(one, other)],
        [home(one, other)],
        [nhs(one, other)],
        [phone(one, other)],
        [email(one, other)],
        [reference(one, other)],
    ]


def _names(one: Described, other: Described, among: Register) -> Sequence[Evidence]:
    """The best that any two of their names say."""
    found = [names(first, second, among.how_common) for first in one.full_names for second in other.full_names]
    return max(found, key=lambda evidence: (_sum(evidence), [each.said for each in evidence]), default=[])


def _says_enough(kinds: list[Sequence[Evidence]]) -> bool:
    not_against = [kind for kind in kinds if any(each.said for each in kind) and _sum(kind) > NOT_AGAINST]
    return len(not_against) >= 2 and _sum([each for kind in kinds for each in kind if each.personal]) >= PERSONAL


def _sum(evidence: Sequence[Evidence]) -> float:
    return sum(each.points for each in evidence)
