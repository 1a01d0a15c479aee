"""The words of missing children that several records share."""

from __future__ import annotations

from django.db import models


class Risk(models.TextChoices):
    """How likely and how serious the harm is. College of Policing, missing persons; the wording is general knowledge, to
    be checked with a practitioner."""

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
