"""What a call is about and how it was assessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Team
from demo.invented import Household, household
from demo.writing import Writer, texts
from triage.models import Answer, Category, Channel, Grade, Risk
from triage.models.assessments import SIX
from triage.workflow import Abuse, Assessment, Contact, Voice

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
ABUSE = {"domestic": YES, "harassment": NOT_KNOWN}
AROUND = {
    Risk.HIGH.value: {"high": 45, "medium": 45, "low": 5, "not_known": 5},
    Risk.MEDIUM.value: {"high": 10, "medium": 55, "low": 30, "not_known": 5},
    Risk.LOW.value: {"high": 0, "medium": 20, "low": 75, "not_known": 5},
    Risk.NOT_KNOWN.value: {"high": 5, "medium": 25, "low": 10, "not_known": 60},
}
"""How the six lines of a THRIVE lie around the risk over all."""


@dataclass(frozen=True)
class Call:
    """A call before it is known when it came."""

    kind: str
    family: Household
    contact: Contact
    grade: str
    abuse: Abuse | None


def call(writer: Writer, today: date, grade: str, child: str, area: Team, *kinds: str) -> Call:
    """A call of this grade with this answer about a child, of any of these kinds, or any that such a call can have."""
    is_priority = grade in (G1, G2)
    possible = texts("calls")["priority" if is_priority else "hub"]
    shares = {name: about["share"] for name, about in possible.items() if about[child] and (not kinds or name in kinds)}
    kind = writer.weighed(shares)
    family = household(writer.rng, today, SCHOOL_AGE if child == YES else None)
    what_happened = writer.line(possible[kind][child], family.words())
    contact = Contact(
        channel=writer.weighed(PRIORITY_CHANNELS if is_priority else HUB_CHANNELS),
        location=family.address,
        what_happened=what_happened,
        child=child,
        caller=_caller(family, what_happened),
        category=possible[kind]["category"],
        opening_category=Category(possible[kind]["chapter"]).value,
        area=area,
        caller_number=writer.number(),
        children=_children(family),
        domestic_abuse=ABUSE.get(kind, NO),
        may_leave_message=writer.weighed({YES: 30, NO: 30, NOT_KNOWN: 40}),
    )
    return Call(kind, family, contact, grade, _abuse(writer, kind))


def _caller(family: Household, what_happened: str) -> str:
    """Whoever the text begins with is who rang."""
    who = [person for person in (family.parent, family.other, family.elder) if what_happened.startswith(person.name)]
    return who[0].name if who else ""


def _children(family: Household) -> str:
    return "; ".join(f"{child.name}, {child.age}" for child in family.children)


def _abuse(writer: Writer, kind: str) -> Abuse | None:
    if kind not in ABUSE:
        return None
    names = ("abuse_before", "marac", "weapons", "drink_or_drugs", "orders_or_bail", "suspect_there")
    said = {name: writer.weighed({YES: 25, NO: 45, NOT_KNOWN: 30}) for name in names}
    return Abuse(relationship=writer.weighed({"Partners": 50, "Parted this year": 35, "": 15}), **said)


def thrive(writer: Writer, about: Call) -> Assessment:
    lines, words = texts("calls")["thrive"], about.family.words()
    child, overall = about.contact.child, _overall(writer, about.grade, about.contact.child)
    said: dict[str, Any] = {
        name: writer.line(lines[name], words)
        for name in ("threat", "harm", "risk", "investigation", "engagement", "before_we_arrive")
    }
    levels = {f"{name}_level": writer.weighed(AROUND[overall]) for name in SIX}
    vulnerability = writer.line(lines["vulnerability_child" if child == YES else "vulnerability"], words)
    return Assessment(**said, **levels, vulnerability=vulnerability, overall=overall)


def _overall(writer: Writer, grade: str, child: str) -> str:
    if child == NOT_KNOWN and writer.chance(0.5):
        return Risk.NOT_KNOWN.value
    high, medium, low = {G1: (70, 30, 0), G2: (40, 50, 10), G3: (5, 45, 50), G4: (0, 20, 80)}[grade]
    high += 15 if child == YES else 0
    return writer.weighed({Risk.HIGH.value: high, Risk.MEDIUM.value: medium, Risk.LOW.value: low})


def voices(writer: Writer, family: Household) -> list[Voice]:
    """Each child of a family, seen and heard on the spot."""
    lines = texts("calls")["outcome"]
    return [
        Voice(
            child=child.name,
            seen=YES,
            spoken_to=YES,
            with_whom=writer.weighed({"Alone, in the kitchen": 50, "With an officer and a neighbour": 50}),
            own_words=writer.line(lines["voice"], {}),
            demeanour=writer.line(lines["demeanour"], {}),
        )
        for child in family.children
    ]


def outcome(writer: Writer, about: Call) -> dict[str, str]:
    """What was found. Where a child was there, the child was seen."""
    lines, child = texts("calls")["outcome"], about.contact.child
    found = writer.line(lines["child_found" if child == YES else "found"], about.family.words())
    # Where the caller did not know, officers looked.
    return {
        "outcome": found if child != NOT_KNOWN else f"{found} No child lives there or was there.",
        "closing_category": about.contact.opening_category,
        "child": YES if child == YES else NO,
        "child_seen": YES if child == YES else "",
        "child_not_seen_because": "",
    }
