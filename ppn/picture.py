"""Notices on the picture of a person, and people whom only a notice names, in a search."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from cases.picture import PICTURE, Event, Whom
from cases.searching import ELSEWHERE, Result
from ppn.models import Ppn, State, Subject
from ppn.people import SUBJECT
from ppn.workflow import file
from workflow.models import Step


def notices(whom: Whom) -> Iterable[Event]:
    for ppn in Ppn.objects.filter(pk__in=whom.records).select_related("submitted_by"):
        yield Event(
            when=ppn.submitted_at,
            what="Notices",
            title=f"Public protection notice {ppn.reference}",
            url=ppn.get_absolute_url(),
            lines=[", ".join(ppn.types_in_words()), State(ppn.state).label],
            by=f"by {ppn.submitted_by}",
            kind="" if ppn.state == State.FILED else "Open",
            record=ppn.pk,
        )


def strategy_decisions(whom: Whom) -> Iterable[Event]:
    decided = {
        step.record: step
        for step in Step.objects.filter(record__in=whom.records, transition=file.name).select_related("by")
    }
    for ppn in Ppn.objects.filter(pk__in=decided):
        step = decided[ppn.pk]
        yield Event(
            when=step.at,
            what="Strategy meetings",
            title=f"Strategy meeting: {ppn.get_strategy_decision_display()}",
            url=ppn.get_absolute_url(),
            lines=[f"{ppn.reference}. {ppn.strategy_because}"],
            by=f"by {step.by}" if step.by else "",
        )


def named_in_notices(keys: Collection[UUID]) -> dict[UUID, Result]:
    """People of notices of whom nobody has said yet who they are."""
    subjects = Subject.objects.filter(pk__in=keys, person=None).select_related("ppn")
    return {
        subject.pk: Result(
            key=subject.pk,
            title=subject.name,
            url=subject.ppn.get_absolute_url(),
            reference=subject.ppn.reference,
            born=f"Born {subject.born_on:%-d %B %Y}" if subject.born_on else "Date of birth not known",
            lines=[f"{subject.get_part_display()} in {subject.ppn.reference}. Nobody has said yet who they are"],
        )
        for subject in subjects
    }


PICTURE.sources += [notices, strategy_decisions]
ELSEWHERE[SUBJECT] = named_in_notices
