"""What a notice and the minutes of a meeting say on paper. Apps above fill these; the words are ready to be read.

Where something is not known the words say so ("Not known"); an empty list prints as a sentence, never as nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from documents import pdf

Facts = Sequence[tuple[str, str]]
"""A label and what is so: ("Date of birth", "27 March 2014")."""


@dataclass(frozen=True)
class ChildOnPaper:
    """A child, what they said first."""

    name: str
    own_words: str = ""
    demeanour: str = ""
    home: str = ""
    not_spoken_to_because: str = ""
    facts: Facts = ()


@dataclass(frozen=True)
class PersonOnPaper:
    name: str
    part: str
    facts: Facts = ()


@dataclass(frozen=True)
class SharedOnPaper:
    """What one agency was told, or why it was not."""

    agency: str
    what: str
    at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True)
class LineOnPaper:
    """One line of a timeline."""

    at: datetime
    what: str
    by: str = ""


@dataclass(frozen=True)
class PpnPaper:
    """A public protection notice: each child's own words before what others made of them."""

    reference: str
    types: Sequence[str]
    grade: str
    submitted_at: datetime
    submitted_by: str
    first_known_at: datetime | None = None
    warnings: Sequence[str] = ()
    children: Sequence[ChildOnPaper] = ()
    people: Sequence[PersonOnPaper] = ()
    narrative: str = ""
    assessment: str = ""
    assessment_facts: Facts = ()
    sharing: Sequence[SharedOnPaper] = ()
    strategy: str = ""
    timeline: Sequence[LineOnPaper] = ()
    facts: Facts = ()


@dataclass(frozen=True)
class AttendeeOnPaper:
    name: str
    agency: str
    role: str = ""
    was_there: bool = True


@dataclass(frozen=True)
class DecisionOnPaper:
    what: str
    because: str = ""


@dataclass(frozen=True)
class ActionOnPaper:
    what: str
    who: str
    by_when: str = ""
    done: str = ""


@dataclass(frozen=True)
class MinutesPaper:
    """Minutes of a strategy meeting or discussion: decisions and actions before the notes."""

    reference: str
    held_at: datetime | None
    how: str = ""
    chair: str = ""
    title: str = "Strategy meeting"
    children: Sequence[str] = ()
    attendees: Sequence[AttendeeOnPaper] = ()
    decisions: Sequence[DecisionOnPaper] = ()
    actions: Sequence[ActionOnPaper] = ()
    notes: str = ""
    facts: Facts = field(default_factory=tuple)


def ppn_as_pdf(paper: PpnPaper, *, for_whom: User, at: datetime, marking: pdf.Marking = pdf.CHILD_PROTECTION) -> bytes:
    """The notice as PDF, marked, and with the name of whoever prints it across every page."""
    context = {"paper": paper}
    return pdf.write(
        "documents/pdf/ppn.html", context, marking=marking, for_whom=for_whom, reference=paper.reference, at=at
    )


def minutes_as_pdf(
    paper: MinutesPaper, *, for_whom: User, at: datetime, marking: pdf.Marking = pdf.CHILD_PROTECTION
) -> bytes:
    """The minutes as PDF, marked, and with the name of whoever prints them across every page."""
    context = {"paper": paper}
    return pdf.write(
        "documents/pdf/minutes.html", context, marking=marking, for_whom=for_whom, reference=paper.reference, at=at
    )
