"""How well a record fits what was asked, and why, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from search.born import Span, easily_mistaken, two_of_three_agree
from search.candidates import Candidate
from search.homes import Home
from search.likeness import likeness
from search.looking import LookedFor
from search.naming import best_fit
from search.question import Parts

# What each thing that was asked for counts. A number is nobody else's; an age is many people's.
NAME, BORN, AGE, HOME = 6.0, 4.0, 2.0, 5.0
OUTRIGHT = {"name": (8.0, "Name as typed"), "phone": (6.0, "Phone number"), "number": (8.0, "Reference number")}
ABOUT_AN_AGE = timedelta(days=366)


@dataclass(frozen=True)
class Evidence:
    """One thing that was asked for: what it counts, the share of it that this record gets, and why."""

    weight: float
    share: float
    because: tuple[str, ...] = ()
    sure: bool = True  # it was meant so; if not, it counts only where it does a record good


def scored(looked_for: LookedFor, outright: Collection[str], candidate: Candidate) -> tuple[float, list[str]]:
    """The share of what was asked for that fits this record (1 where everything does), and what fits.

    `outright`: the sorts of marks that somebody bears. Nobody else gets by with a name like theirs.
    """
    fits = asked = 0.0
    because: list[str] = []
    evidence = _evidence(looked_for, outright, candidate)
    for each in sorted(evidence, key=lambda each: not each.sure):
        if each.sure or (each.share > 0 and each.share * asked >= fits):
            fits, asked = fits + each.weight * each.share, asked + each.weight
            because += each.because if each.share > 0 else ()
    return (max(fits / asked, 0.01), because) if because else (0.0, [])


def _evidence(looked_for: LookedFor, outright: Collection[str], candidate: Candidate) -> Iterator[Evidence]:
    parts = looked_for.parts
    if looked_for.runs:
        fit = best_fit(looked_for.runs, candidate.names)
        yield Evidence(NAME, fit.share, fit.because)
    own = {looked_for.marks[each] for each in candidate.marks if each in looked_for.marks}
    for sort, (weight, why) in OUTRIGHT.items():
        if sort in outright:
            yield Evidence(weight, float(sort in own), (why,))
    if parts.births:
        yield max((_born(span, candidate) for span in parts.births), key=_share)
    for ages, sure in ((parts.ages, True), (parts.maybe_ages, False)):
        if ages:
            yield max((_aged(span, candidate, sure) for span in ages), key=_share)
    if parts.postcodes or parts.homes:
        sure = bool(parts.postcodes) or any(home.sure for home in parts.homes)
        lives = (_lives(parts, Home.of(stored), sure) for stored in candidate.homes)
        yield max(lives, key=_share, default=Evidence(HOME, 0.0, sure=sure))


def _share(evidence: Evidence) -> float:
    return evidence.share


def _known(candidate: Candidate) -> bool:
    return (candidate.born_from, candidate.born_to) != (date.min, date.max)


def _born(asked: Span, candidate: Candidate) -> Evidence:
    if not asked.is_a_day:
        return _aged(asked, candidate)
    if not _known(candidate):
        return Evidence(BORN, 0.0)
    day = asked.first
    if candidate.born_from < candidate.born_to:
        fits = candidate.born_from <= day <= candidate.born_to
        return Evidence(BORN, 0.7 if fits else -0.3, ("Date of birth fits the estimated age",))
    if candidate.born_from == day:
        return Evidence(BORN, 1.0, (asked.said,))
    if mistaken := easily_mistaken(day).get(candidate.born_from):
        return Evidence(BORN, 0.75, (mistaken,))
    if two_of_three_agree(day, candidate.born_from):
        return Evidence(BORN, 0.3, ("Date of birth nearly",))
    return Evidence(BORN, -0.4)


def _aged(asked: Span, candidate: Candidate, sure: bool = True) -> Evidence:
    if not _known(candidate):
        return Evidence(AGE, 0.0, sure=sure)
    if candidate.born_from <= asked.last and candidate.born_to >= asked.first:
        return Evidence(AGE, 1.0, (asked.said,), sure)
    if candidate.born_from <= asked.last + ABOUT_AN_AGE and candidate.born_to >= asked.first - ABOUT_AN_AGE:
        return Evidence(AGE, 0.5, ("About that age",), sure)
    return Evidence(AGE, -0.3, sure=sure)


def _lives(parts: Parts, home: Home, sure: bool) -> Evidence:
    best = Evidence(HOME, 0.0, sure=sure)
    if home.postcode and home.postcode in parts.postcodes:
        there = home.house in parts.houses
        best = Evidence(HOME, 0.95 if there else 0.6, ("Postcode and house number" if there else "Postcode",), sure)
    for asked in parts.homes:
        if asked.house == home.house and (found := _same_street(asked, home)).share:
            both = best.share > 0
            best = max(best, Evidence(HOME, 1.0 if both else found.share, found.because, sure), key=_share)
    return best


def _same_street(asked: Home, home: Home) -> Evidence:
    like = likeness(asked.street, home.street)
    another = bool(asked.ending and home.ending and asked.ending != home.ending)
    exact = like.share == 1 and not another
    return Evidence(HOME, like.share * (0.7 if another else 1.0), ("Address" if exact else "Address written alike",))
