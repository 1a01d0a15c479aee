"""A first redacted chronology of a case: what was done, when, by which post. Its words are a reviewer's to write."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from access.roles import Role
from accounts.models import Posting
from govuk.times import exactly
from missing.models import Episode
from ppn.models import Ppn
from quality.models import ScrutinyPaper
from quality.scrutiny_cases import record_of
from workflow.models import Step
from workflow.transitions import TRANSITIONS


def proposed(paper: ScrutinyPaper) -> str:
    """People as “child 1” and “adult 1”, staff by their post, nothing that was typed. Empty = the record is hidden from
    whoever asks."""
    record = record_of(paper.kind, paper.record)
    if record is None:
        return ""
    steps = Step.objects.filter(record=record.pk).select_related("by").order_by("at", "pk")
    return "\n".join([*_people(record), "", *(f"{_when(step.at)}: {_what(step)} ({_post(step)})" for step in steps)])


def _people(record: Any) -> list[str]:
    if isinstance(record, Ppn):
        subjects = list(record.subjects.order_by("pk"))
        children = [each for each in subjects if each.part == "child"]
        adults = [each for each in subjects if each.part != "child"]
        seen = "seen: {}; spoken to: {}"
        return [
            *(
                f"Child {n}: {seen.format(each.get_seen_display().lower(), each.get_spoken_to_display().lower())}"
                for n, each in enumerate(children, 1)
            ),
            *(f"Adult {n}: {each.get_part_display().lower()}" for n, each in enumerate(adults, 1)),
        ]
    if isinstance(record, Episode):
        return [f"Child 1: missing; risk {record.get_risk_display().lower()}"]
    return [f"Child {n}: discussed" for n, _ in enumerate(record.children.all(), 1)]


def _when(at: datetime) -> str:
    return exactly(at)


def _what(step: Step) -> str:
    doc = TRANSITIONS[step.transition].__doc__ if step.transition in TRANSITIONS else ""
    return (doc or step.transition).strip().split(".")[0]


def _post(step: Step) -> str:
    """The post they held then."""
    if step.by is None:
        return "Longstop"
    held = Posting.objects.filter(person=step.by, starts__lte=step.at).order_by("-starts").first()
    return str(Role(held.role).label) if held else "member of staff"
