"""What two names say: spelt alike, sounding alike, short for one another, in the other order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import inf, log2
from typing import NamedTuple

from matching.evidence import NOTHING_KNOWN, Evidence, weighed
from matching.names import FullName, is_a_name, long_forms, short_and_long_forms, sound
from matching.spelling import Likeness, likeness
from matching.weights import Weight

HowCommon = Callable[[str], float]


_GIVEN = {
    Likeness.SAME: (Weight.GIVEN_SAME, "Same given name: {0}"),
    Likeness.SPELT: (Weight.GIVEN_SPELT, "Given name spelt alike: {0}, {1}"),
    Likeness.SOUND: (Weight.GIVEN_SOUND, "Given name sounds alike: {0}, {1}"),
    Likeness.INITIAL: (Weight.GIVEN_INITIAL, "Initial of the given name fits: {0}, {1}"),
    Likeness.ROUGH: (Weight.GIVEN_ROUGH, "Given name somewhat alike: {0}, {1}"),
    Likeness.OTHER: (Weight.GIVEN_OTHER, "Different given names: {0}, {1}"),
}
_FAMILY = {
    Likeness.SAME: (Weight.FAMILY_SAME, "Same surname: {0}"),
    Likeness.SPELT: (Weight.FAMILY_SPELT, "Surname spelt alike: {0}, {1}"),
    Likeness.SOUND: (Weight.FAMILY_SOUND, "Surname sounds alike: {0}, {1}"),
    Likeness.INITIAL: (Weight.FAMILY_INITIAL, "Initial of the surname fits: {0}, {1}"),
    Likeness.ROUGH: (Weight.FAMILY_ROUGH, "Surname somewhat alike: {0}, {1}"),
    Likeness.OTHER: (Weight.FAMILY_OTHER, "Different surnames: {0}, {1}"),
}


class Part(NamedTuple):
    """The given or the family name: its folded words, and as it was written."""

    words: tuple[str, ...]
    said: str

    @property
    def joined(self) -> str:
        """Mary Jane is Maryjane, and Smith-Jones is Smithjones."""
        return "".join(self.words)


def given(one: Part, other: Part, how_common: HowCommon) -> Evidence:
    if not one.words or not other.words:
        return NOTHING_KNOWN
    first, second = one.words[0], other.words[0]
    alike = likeness(first, second)
    if (joined := likeness(one.joined, other.joined)) >= Likeness.SOUND:
        alike = max(alike, joined)
    if alike < Likeness.SOUND and (short := _short_for(first, second)):
        return weighed(Weight.GIVEN_SHORT, short, personal=True)
    if alike == Likeness.OTHER and _goes_by_another_given_name(one.words, other.words):
        return weighed(Weight.GIVEN_ANOTHER, _put("Goes by another given name: {0}, {1}", one, other), personal=True)
    two_names = _two_names(first, second, alike)
    weight, sentence = _GIVEN[Likeness.OTHER if two_names and alike == Likeness.ROUGH else alike]
    shared = first if first == second else one.joined
    return Evidence(
        points=_rarer(weight, shared, how_common) if alike == Likeness.SAME else weight.points,
        said=_put(_sounding(sentence, first, second), one, other),
        rules_out_likely=two_names or alike == Likeness.OTHER,
        personal=True,
    )


def family(one: Part, other: Part, how_common: HowCommon) -> Evidence:
    if not one.words or not other.words:
        return NOTHING_KNOWN
    alike = likeness(one.joined, other.joined)
    if alike < Likeness.SOUND and any(likeness(*two) >= Likeness.SPELT for two in product(one.words, other.words)):
        return weighed(Weight.FAMILY_PART, _put("Part of the surname is the same: {0}, {1}", one, other))
    weight, sentence = _FAMILY[alike]
    points = _rarer(weight, one.joined, how_common) if alike == Likeness.SAME else weight.points
    return Evidence(points, _put(_sounding(sentence, one.joined, other.joined), one, other))


def _goes_by_another_given_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """John Paul is called Paul. That only the second name is the same proves nothing: sisters share it."""
    pairs = [(one[0], word) for word in other[1:]] + [(other[0], word) for word in one[1:]]
    return any(likeness(*two) >= Likeness.SPELT for two in pairs)


def _two_names(one: str, other: str, alike: Likeness) -> bool:
    """Alike, but each a name of its own, as parents of twins choose them: Paul and Paula, Hayden and Jayden."""
    if alike not in (Likeness.SPELT, Likeness.ROUGH):
        return False
    both_known = is_a_name(one) and is_a_name(other) and sound(one) != sound(other)
    return both_known or one[1:] == other[1:] or one == f"{other}a" or other == f"{one}a"


def _rarer(weight: Weight, word: str, how_common: HowCommon) -> float:
    """The same name says less the more people bear it."""
    return min(weight.points, log2(weight.same / share)) if (share := how_common(word)) else weight.points


def _short_for(one: str, other: str) -> str:
    if other not in short_and_long_forms(one):
        return ""
    short, long = (one, other) if other in long_forms(one) else (other, one)
    if short in long_forms(long):
        short, long = sorted((one, other), key=lambda word: (len(word), word))
    return f"{short.title()} is short for {long.title()}"


def _sounding(sentence: str, one: str, other: str) -> str:
    return sentence.replace("spelt alike", "sounds alike") if sound(one) == sound(other) else sentence


def _put(sentence: str, one: Part, other: Part) -> str:
    return sentence.format(*sorted((one.said, other.said)))


def names(one: FullName, other: FullName, how_common: HowCommon) -> list[Evidence]:
    """What two names say as they stand or, if that says more, with given and family name of one exchanged."""
    its_given, its_family = Part(one.given, one.given_said), Part(one.family, one.family_said)
    others_given, others_family = Part(other.given, other.given_said), Part(other.family, other.family_said)
    straight = [given(its_given, others_given, how_common), family(its_family, others_family, how_common)]
    if min(each.points for each in straight) > 0:
        return straight
    crossed = [family(its_given, others_family, how_common), family(its_family, others_given, how_common)]
    return max(straight, _swapped(crossed), key=lambda evidence: sum(each.points for each in evidence))


def _swapped(crossed: list[Evidence]) -> list[Evidence]:
    least, most = sorted(each.points for each in crossed)
    if least < 0 or most == 0:
        return [Evidence(-inf, "")]
    swapped = weighed(Weight.NAMES_SWAPPED, "Given name and surname in the other order")
    return [*(each._replace(personal=least > 0) for each in sorted(crossed, key=lambda each: each.said)), swapped]
