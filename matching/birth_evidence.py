"""What two dates of birth say, with the mistakes that people make in writing one."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance

from matching.described import Described
from matching.evidence import NOTHING_KNOWN, Evidence, weighed
from matching.weights import Weight

A_GENERATION = 12
"""Years from which two people of one name may be parent and child."""
YEAR = 365.25
UNITS, NEARLY = ((YEAR, "year"), (30.4, "month"), (1, "day")), 0.95
A_MONTH = 31
MONTHS_NEAR = 400
DECADE_OFF = 70
NEAR_AN_AGE = 2 * YEAR


def born(one: Described, other: Described) -> Evidence:
    if one.born_on and other.born_on:
        return _days(*sorted((one.born_on, other.born_on)))
    first, second = _span(one), _span(other)
    return _spans(first, second) if first and second else NOTHING_KNOWN


def _days(one: date, other: date) -> Evidence:
    if one == other:
        first_january = (one.month, one.day) == (1, 1)
        weight = Weight.BORN_FIRST_JANUARY if first_january else Weight.BORN_SAME
        return weighed(weight, f"Same date of birth, {in_words(one)}", personal=True)
    weight, how = _mistake(one, other)
    apart = (other - one).days
    both = f"{in_words(one)} and {in_words(other)}"
    said = f"{how}: {both}" if how else f"Born {_apart(apart)} apart: {both}"
    generation = apart > A_GENERATION * YEAR
    return weighed(weight, said, rules_out_likely=generation, personal=True)


def _mistake(one: date, other: date) -> tuple[Weight, str]:
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Weight.BORN_SWAPPED, "Day and month swapped"
    if damerau_levenshtein_distance(one.isoformat(), other.isoformat()) == 1:
        return Weight.BORN_ONE_FIGURE, "Dates of birth differ in one figure"
    if (one.year == other.year) + (one.month == other.month) + (one.day == other.day) == 2:
        return Weight.BORN_TWO_PARTS, "Dates of birth agree but for one part"
    apart = (other - one).days
    if apart <= MONTHS_NEAR:
        return (Weight.BORN_MONTH if apart <= A_MONTH else Weight.BORN_NEAR), ""
    return (Weight.BORN_DECADE if abs(apart - 10 * YEAR) <= DECADE_OFF else Weight.BORN_APART), ""


def _span(described: Described) -> tuple[date, date] | None:
    if described.born_on:
        return described.born_on, described.born_on
    return described.born_about


def _spans(one: tuple[date, date], other: tuple[date, date]) -> Evidence:
    """At least one of the two is an estimate."""
    gap = (max(one[0], other[0]) - min(one[1], other[1])).days
    if gap <= 0:
        return weighed(Weight.BORN_FITS_AGE, "The ages fit", personal=True)
    weight = Weight.BORN_NEAR_AGE if gap <= NEAR_AN_AGE else Weight.BORN_NOT_THAT_AGE
    said = f"The ages are {_apart(gap)} apart, and at least one is an estimate"
    return weighed(weight, said, rules_out_likely=gap > A_GENERATION * YEAR, personal=True)


def _apart(days: int) -> str:
    size, unit = next((size, unit) for size, unit in UNITS if days >= size * NEARLY)
    number = round(days / size)
    return f"{number} {unit}" + ("s" if number > 1 else "")


@lru_cache(maxsize=4_096)
def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
