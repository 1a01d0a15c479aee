"""Which incident comes first, and why: one rule for every board, with the words that explain it.

Risk first, a child before none at the same risk, then whoever has used up most of their time. What nobody knows counts
as high, and an incident with a child, or where nobody knows, is never below medium.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from triage.codes import Grade, Risk

VERSION = 1
"""Of the rule. A change of it ranks every open incident again (`manage.py rank_again`)."""


class Band(IntEnum):
    """The lower the number, the sooner."""

    HIGH_CHILD = 1
    HIGH = 2
    MEDIUM_CHILD = 3
    MEDIUM = 4
    LOW = 5


@dataclass(frozen=True)
class Facts:
    """What the rule looks at. `possible_child`: found by the software, and nobody has said yet."""

    risk: str
    grade: str
    child: str
    possible_child: bool = False
    urgent: bool = False
    bounces: int = 0

    @property
    def counts_as_child(self) -> bool:
        return self.child != "no" or self.possible_child


@dataclass(frozen=True)
class Reason:
    """One line of the rule that can lift an incident: when it does, and how it is said."""

    holds: Callable[[Facts], bool]
    says: str


LIFTS_TO_HIGH = (
    Reason(lambda facts: facts.risk == Risk.HIGH, "high risk"),
    Reason(lambda facts: facts.risk == Risk.NOT_KNOWN, "risk not known, which counts as high"),
    Reason(lambda facts: facts.grade == Grade.G1, "graded Immediate"),
    Reason(lambda facts: facts.urgent, "marked to be treated as urgent"),
    Reason(lambda facts: facts.bounces > 1, "sent back between teams more than once"),
)
LIFTS_TO_MEDIUM = (
    Reason(lambda facts: facts.risk == Risk.MEDIUM, "medium risk"),
    Reason(lambda facts: facts.counts_as_child, "low risk, but never below medium with a child"),
)


def band(facts: Facts) -> Band:
    """The band that the rule puts an incident in."""
    if _says(LIFTS_TO_HIGH, facts):
        return Band.HIGH_CHILD if facts.counts_as_child else Band.HIGH
    if _says(LIFTS_TO_MEDIUM, facts):
        return Band.MEDIUM_CHILD if facts.counts_as_child else Band.MEDIUM
    return Band.LOW


def why(facts: Facts) -> str:
    """The rule's reasons, in a sentence: "High risk; a child is involved"."""
    said = _says(LIFTS_TO_HIGH, facts) or _says(LIFTS_TO_MEDIUM, facts)[:1] or ["low risk"]
    words = "; ".join([*said, _child_in_words(facts)])
    return words[0].upper() + words[1:]


def share_of_time(reported_at: datetime, due_at: datetime, at: datetime) -> float:
    """How much of its time has gone: 1.0 = all of it, 2.0 = as much again."""
    return (at - reported_at) / (due_at - reported_at) if due_at > reported_at else float("inf")


def _says(reasons: tuple[Reason, ...], facts: Facts) -> list[str]:
    return [reason.says for reason in reasons if reason.holds(facts)]


def _child_in_words(facts: Facts) -> str:
    if facts.child == "yes":
        return "a child is involved"
    if facts.possible_child:
        return "possibly a child"
    return "no child" if facts.child == "no" else "not known if a child, which counts as one"
