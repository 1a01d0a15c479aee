"""How much each agreement and each difference says. One table, the same for everybody, learned from nobody's record.

After Fellegi and Sunter, "A theory for record linkage" (1969). `same` is how often two records of one person look like
this; `others` how often those of two people do. The weight is log2(same / others): each point doubles the odds. The
shares are estimates, rounded, from what is published about names and births and about mistakes in registers; the
figures that the whole table reaches are in tests/matching/test_goals.py.
"""

from __future__ import annotations

from enum import Enum, unique
from math import log2


@unique
class Weight(Enum):
    """Each row: same, others, why."""

    # Given name. The average of British births: the chance that two share one is about 1 in 150.
    GIVEN_SAME = 0.75, 1 / 150, "The same name"
    GIVEN_SHORT = 0.04, 1 / 600, "A short form. Few records are kept under one"
    GIVEN_SPELT = 0.10, 1 / 400, "One letter apart"
    GIVEN_SOUND = 0.03, 1 / 120, "Sounds the same. So do many names of their own: Jack and Jake"
    GIVEN_ROUGH = 0.03, 1 / 100, "Two or three letters apart"
    GIVEN_ANOTHER = 0.05, 1 / 150, "One of several given names is the same"
    GIVEN_INITIAL = 0.95, 1 / 13, "Only an initial is known, and fits"
    GIVEN_OTHER = 0.03, 0.95, "Another name altogether: people change it seldom, and siblings differ in it"

    # Family name. Two people share one in about 1 of 1,000 pairs.
    FAMILY_SAME = 0.80, 1 / 1000, "The same name"
    FAMILY_SPELT = 0.08, 1 / 1500, "One letter apart"
    FAMILY_SOUND = 0.02, 1 / 1000, "Sounds the same"
    FAMILY_ROUGH = 0.03, 1 / 300, "Two or three letters apart"
    FAMILY_PART = 0.03, 1 / 500, "One part of a double-barrelled name"
    FAMILY_INITIAL = 0.95, 1 / 12, "Only an initial is known, and fits"
    FAMILY_OTHER = 0.08, 0.98, "Another name altogether: it changes by marriage, adoption and in step-families"

    NAMES_SWAPPED = 1 / 4, 1, "Given and family name in the other order: a mistake, and one more way to agree"

    # Born. Days of birth are spread over about 20,000 days of those whom one meets in this work.
    BORN_SAME = 0.80, 1 / 20_000, "The same day"
    BORN_FIRST_JANUARY = 0.80, 1 / 500, "1 January of the same year: stands for not known in many registers"
    BORN_SWAPPED = 0.01, 1 / 20_000, "Day and month swapped"
    BORN_ONE_FIGURE = 0.05, 1 / 700, "One figure differs, or two are swapped"
    BORN_TWO_PARTS = 0.03, 1 / 230, "Two of day, month and year are the same"
    BORN_MONTH = 0.015, 1 / 300, "A month or less apart"
    BORN_NEAR = 0.03, 1 / 30, "Less than 13 months apart"
    BORN_DECADE = 0.01, 1 / 80, "Ten years apart, give or take a month or two: a figure of the year"
    BORN_APART = 0.004, 0.95, "Neither the same nor a likely mistake"
    BORN_FITS_AGE = 0.90, 1 / 15, "Within an estimated age"
    BORN_NEAR_AGE = 0.08, 1 / 15, "Within a year or two of an estimated age"
    BORN_NOT_THAT_AGE = 0.02, 0.87, "Outside an estimated age"

    # Where they live. Families share it, so it is worth far less than its rarity.
    HOME_SAME = 0.50, 1 / 500, "The same house"
    HOME_STREET = 0.05, 1 / 2000, "The same street, another number or none"
    HOME_POSTCODE = 0.10, 1 / 1000, "The same full postcode"
    HOME_DISTRICT = 0.30, 1 / 30, "The same district or town"
    HOME_OTHER = 0.40, 0.90, "Another address. People move, children in care most of all"

    # Numbers.
    NHS_SAME = 0.95, 1 / 10_000_000, "One person has one, for life"
    NHS_OTHER = 0.005, 1, "A mistake that passes the check digit is rare. After an adoption there is a new one"
    EMAIL_SAME = 0.60, 1 / 50_000, "Few share one"
    EMAIL_ALIKE = 0.20, 1 / 20_000, "One to three signs apart"
    EMAIL_OTHER = 0.35, 1, "Many people have several"
    PHONE_SAME = 0.50, 1 / 3000, "A family may share one"
    REFERENCE_SAME = 0.70, 1 / 500_000, "The same number in another system"
    SEX_SAME = 0.97, 0.5, "Half of all people"
    SEX_OTHER = 0.03, 0.5, "A mistake, or it has changed"

    def __init__(self, same: float, others: float, why: str) -> None:
        self.same, self.others, self.why = same, others, why
        self.points = log2(same / others)
