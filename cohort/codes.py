"""The words of missing children that several records share."""

from __future__ import annotations

from django.db import models


class Risk(models.TextChoices):
    """How likely and how serious the harm is. College of Policing, missing persons; the wording is general knowledge,
    to be checked with a practitioner."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
    VERY_LOW = "very_low", "Very low, or no apparent risk"
    NOT_KNOWN = "not_known", "Not known yet"


IN_ORDER = [Risk.HIGH, Risk.NOT_KNOWN, Risk.MEDIUM, Risk.LOW, Risk.VERY_LOW]
"""The most serious first. What nobody has graded yet is treated as the highest until somebody has."""


def is_higher(one: str, other: str) -> bool:
    """Whether one risk is more serious than another."""
    return IN_ORDER.index(Risk(one)) < IN_ORDER.index(Risk(other))


class Exploitation(models.TextChoices):
    """What the child is drawn into. Several may be true of one child."""

    CSE = "cse", "Child sexual exploitation"
    CCE = "cce", "Child criminal exploitation"
    COUNTY_LINES = "county_lines", "County lines"
    TRAFFICKING = "trafficking", "Trafficking or modern slavery"
    NONE_KNOWN = "none_known", "None known"


class Tool(models.TextChoices):
    """With which form the exploitation was assessed. Which of them a force uses is for a practitioner to say."""

    SERAF = "seraf", "SERAF (sexual exploitation)"
    CERAF = "ceraf", "CERAF (child exploitation)"
    OTHER = "other", "Another tool"
    NONE = "none", "No tool was used"


class Notice(models.TextChoices):
    """A Child Abduction Warning Notice to an adult with whom the child is found."""

    GIVEN = "given", "Given"
    CONSIDERED = "considered", "Considered, not given"
    NOT_KNOWN = "not_known", "Not known"


NOT_KNOWN = "Not known"
"""Said wherever a text of a plan or form is empty: never a blank."""
