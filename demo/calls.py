"""What a call is about and how it was assessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from demo.invented import Household, household
from demo.writing import Writer, texts
from triage.models import Answer, Channel, Grade, Risk
from triage.workflow import Assessment, Contact

YES, NO, NOT_KNOWN = Answer.YES.value, Answer.NO.value, Answer.NOT_KNOWN.value
G1, G2, G3, G4 = (grade.value for grade in Grade)
SCHOOL_AGE = (6, 16)
PRIORITY_CHANNELS = {Channel.EMERGENCY.value: 80, Channel.NON_EMERGENCY.value: 14, Channel.PARTNER.value: 6}
HUB_CHANNELS = {
    Channel.NON_EMERGENCY.value: 55,
    Channel.ONLINE.value: 31,
    Channel.ENQUIRY_OFFICE.value: 9,
    Channel.PARTNER.value: 5,
}


@dataclass(frozen=True)
class Call:
    """A call before it is known when it came."""

    kind: str
    family: Household
    contact: Contact
    grade: str


def call(writer: Writer, today: date, grade: str, child: str, kind: str = "") -> Call:
    """A call of this grade with this answer about a child, of any kind that such a call can have."""
    is_priority = grade in (G1, G2)
    kinds = texts("calls")["priority" if is_priority else "hub"]
    kind = kind or writer.weighed({name: about["share"] for name, about in kinds.items() if about[child]})
    family = household(writer.rng, today, SCHOOL_AGE if child == YES else None)
    what_happened = writer.line(kinds[kind][child], family.words())
    contact = Contact(
        channel=writer.weighed(PRIORITY_CHANNELS if is_priority else HUB_CHANNELS),
        location=family.address,
        what_happened=what_happened,
        child=child,
        caller=_caller(family, what_happened),
        category=kinds[kind]["category"],
    )
    return Call(kind, family, contact, grade)


def _caller(family: Household, what_happened: str) -> str:
    """Whoever the text begins with is who rang."""
    who = [person for person in (family.parent, family.other, family.elder) if what_happened.startswith(person.name)]
    return f"{who[0].name}, {family.phone}" if who else ""


def thrive(writer: Writer, about: Call) -> Assessment:
    lines, words = texts("calls")["thrive"], about.family.words()
    child = about.contact.child
    said: dict[str, Any] = {
        name: writer.line(lines[name], words)
        for name in ("threat", "harm", "risk", "investigation", "engagement", "before_we_arrive")
    }
    vulnerability = writer.line(lines["vulnerability_child" if child == YES else "vulnerability"], words)
    return Assessment(**said, vulnerability=vulnerability, overall=_overall(writer, about.grade, child))


def _overall(writer: Writer, grade: str, child: str) -> str:
    if child == NOT_KNOWN and writer.chance(0.5):
        return Risk.NOT_KNOWN.value
    high, medium, low = {G1: (70, 30, 0), G2: (40, 50, 10), G3: (5, 45, 50), G4: (0, 20, 80)}[grade]
    high += 15 if child == YES else 0
    return writer.weighed({Risk.HIGH.value: high, Risk.MEDIUM.value: medium, Risk.LOW.value: low})


def outcome(writer: Writer, about: Call) -> dict[str, str]:
    """What was found. Where a child was there, the child was seen."""
    lines, child = texts("calls")["outcome"], about.contact.child
    found = writer.line(lines["child_found" if child == YES else "found"], about.family.words())
    # Where the caller did not know, officers looked.
    return {
        "outcome": found if child != NOT_KNOWN else f"{found} No child lives there or was there.",
        "child": YES if child == YES else NO,
        "child_seen": YES if child == YES else "",
        "child_not_seen_because": "",
    }
