"""What the pages of samples and reviews show: figures, whoever is overlooked, a notice as it was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from access.actor import acting
from partners.models import Agency
from ppn.models import Concern, DomesticAbuse, Ppn
from quality.codes import Kind
from quality.kinds import KINDS
from quality.models import Mark, Review, Sample, Sampled, SecondLook, Theme
from quality.workflow.blind import READS

Answer = SecondLook.Answer


@dataclass(frozen=True)
class Figures:
    """One kind of sample in figures."""

    kind: str
    asked: int
    drawn: int
    reviewed: int
    late: int


def figures(at: datetime) -> list[Figures]:
    """Of each kind, as those see it who see the register: how many were asked, drawn, reviewed, and are late."""
    with acting(READS, apart=True):
        done = ~Q(state__in=[Review.State.TO_REVIEW, Review.State.LEFT_OUT])
        late = Q(sample__due_at__lt=at, state=Review.State.TO_REVIEW)
        sizes = _by_kind(Sample.objects.figures(), "kind", asked=Sum("size_asked"), drawn=Sum("size_drawn"))
        counts = _by_kind(
            Review.objects.figures(),
            "sample__kind",
            reviewed=Count("pk", filter=done),
            late=Count("pk", filter=late),
        )
    none = {"asked": 0, "drawn": 0, "reviewed": 0, "late": 0}
    return [
        Figures(str(kind.label), **{**none, **sizes.get(kind.value, {}), **counts.get(kind.value, {})}) for kind in Kind
    ]


def _by_kind(rows: Any, of: str, **counted: Any) -> dict[str, dict[str, int]]:
    return {row.pop(of): row for row in rows.values(of).annotate(**counted)}


def progress(drawn: Sample) -> list[tuple[str, int]]:
    """How many reviews of a sample have come how far: what those are told who read no review."""
    with acting(READS, apart=True):
        counted = dict(Review.objects.filter(sample=drawn).figures().values_list("state").annotate(Count("pk")))
    return [(str(state.label), counted[state.value]) for state in Review.State if state.value in counted]


def not_reviewed(at: datetime) -> list[Sampled]:
    """Whoever's work nobody has reviewed for two months, by name."""
    rows = Sampled.objects.filter(state=Sampled.State.GOING_ON, review_due_at__lt=at)
    return list(rows.select_related("whose").order_by("review_due_at", "pk"))


def not_drawn(at: datetime) -> list[Sampled]:
    """Work that should have been drawn from by now."""
    rows = Sampled.objects.filter(state=Sampled.State.GOING_ON, draw_due_at__lt=at)
    return list(rows.select_related("whose").order_by("draw_due_at", "pk"))


def unassigned() -> QuerySet[Review]:
    """Drawn, and nobody has it: whoever may review it may not see the record, or decided it. The lead's to settle."""
    rows: QuerySet[Review] = Review.objects.filter(state=Review.State.TO_REVIEW, reviewer=None)
    return rows.select_related("sample", "author", "reviewer").order_by("sample__due_at", "reference")


def how_many_unassigned() -> int:
    """Counted for those too who read no review."""
    with acting(READS, apart=True):
        return unassigned().count()


def as_submitted(review: Review) -> dict[str, Any]:
    """The notice as the officer wrote it, and which systems were looked in: nothing of what was made of it."""
    with acting(READS):
        ppn = Ppn.objects.select_related("submitted_by").get(pk=review.record)
        return {
            "notice": ppn,
            "subjects": sorted(ppn.subjects.select_related("school"), key=lambda each: (not each.is_child, each.name)),
            "concern": Concern.objects.filter(ppn=ppn).first(),
            "abuse": DomesticAbuse.objects.filter(ppn=ppn).first(),
        }


def side_by_side(look: SecondLook) -> list[tuple[str, str, str, bool]]:
    """Each question: what was decided, what the second person would have decided, and whether they agree."""
    rows = [
        ("Grade", look.get_their_grade_display(), look.get_grade_display()),
        ("Told", _agencies(look.their_recipients), _agencies(look.recipients)),
        ("Strategy meeting", look.get_their_strategy_display(), look.get_strategy_display()),
        ("Reviewed in time", look.get_their_timely_display(), look.get_timely_display()),
    ]
    return [(question, theirs, mine, theirs == mine) for question, theirs, mine in rows]


def _agencies(kinds: list[str]) -> str:
    return ", ".join(str(Agency.Kind(kind).label) for kind in sorted(kinds)) or "Nobody"


def marks_of(review: Review) -> list[tuple[str, str, str]]:
    """Criterion, mark and why, in the order of the form. A mark that the reader may not see is not there."""
    words = KINDS[Kind(review.sample.kind)].criteria
    marks = {each.criterion: each for each in Mark.objects.filter(review=review)}
    return [
        (words[name], "Does not apply" if marks[name].score is None else str(marks[name].score), marks[name].why)
        for name in words
        if name in marks
    ]


def themes_of(review: Review) -> list[str]:
    return [str(theme) for theme in Theme.objects.filter(notes__record=review.pk).order_by("name")]
