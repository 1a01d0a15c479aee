"""Operation Encompass: a notice with domestic abuse and a child tells each child's school, in the second it is
submitted. It never waits for the review."""

from __future__ import annotations

from collections.abc import Sequence

from access.actor import Actor
from encompass.workflow import ChildConcerned, Happened, raise_notices
from govuk.fields import YesNoNotKnown as Answer
from ppn.models import DomesticAbuseRisk, Ppn, Subject, Type


def is_domestic_abuse(ppn: Ppn) -> bool:
    """Nothing more is asked for: neither a crime, nor that the child was there, nor a finished review (Domestic Abuse
    Act 2021 s.49A)."""
    return Type.DOMESTIC_ABUSE in ppn.types or ppn.da_risk != DomesticAbuseRisk.NONE


def tell_schools(ppn: Ppn, subjects: Sequence[Subject], *, by: Actor) -> None:
    """A notice to the school of each child, brothers and sisters included. What is known later completes it."""
    children = [_concerned(subject) for subject in subjects if subject.is_child]
    if not children or not is_domestic_abuse(ppn):
        return
    others = [subject.name for subject in subjects if not subject.is_child]
    happened = Happened(at=ppn.first_known_at, others=others, grounds_at=ppn.submitted_at)
    raise_notices(ppn, children=children, happened=happened, by=by)


def _concerned(subject: Subject) -> ChildConcerned:
    return ChildConcerned(
        name=subject.name,
        born_on=subject.born_on,
        person=subject.person,
        school=subject.school,
        school_as_written=subject.school_said,
        home_educated=subject.schooling == Subject.Schooling.HOME,
        postcode=subject.postcode,
        present=subject.seen if subject.seen == Answer.YES else Answer.NOT_KNOWN.value,
        present_where=subject.where_found,
        own_words=subject.own_words,
        spoken_to=_how(subject),
    )


def _how(subject: Subject) -> str:
    """How the child was heard, in the words of the notice."""
    if subject.spoken_to == Answer.YES:
        return f"Spoken to, {subject.with_whom}" if subject.with_whom else "Spoken to"
    return "Not spoken to yet"
