"""How a figure stands against its target: red, amber, green, or not rated."""

from __future__ import annotations

from datetime import datetime

from insight.models import FigureRag
from quality.counting import Measure, Value
from quality.measure_targets import AMBER_WITHIN

A_HUNDRED = 100


def target_of(measure: Measure, at: datetime) -> int | None:
    """So many of a hundred, at that moment; None = none is set."""
    return measure.target.in_force(at)[0] if measure.target else None


def rated(measure: Measure, value: Value, at: datetime) -> str:
    """Not rated where no target is set, or where there were no cases. Of what should never happen one is red."""
    if measure.none:
        return FigureRag.RED.value if value.counted else FigureRag.GREEN.value
    target = target_of(measure, at)
    if target is None or not value.of:
        return ""
    reached, wanted = A_HUNDRED * value.counted, target * value.of
    if reached >= wanted:
        return FigureRag.GREEN.value
    within = AMBER_WITHIN.in_force(at)[0] * value.of
    return FigureRag.AMBER.value if reached >= wanted - within else FigureRag.RED.value


def target_in_words(target: int | None, *, none: bool) -> str:
    if none:
        return "None at all"
    return f"At least {target} %" if target is not None else "No target is set"
