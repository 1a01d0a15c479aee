"""Figures that a report shows, each a function with its definition: what is counted, out of what, as at when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from access.actor import System, acting
from govuk.times import exactly
from quality.models import LearningAction, Retest, Theme, ThemeNote, TrainingDue

COUNTS = System("figures of a report")


@dataclass(frozen=True)
class Figure:
    """One figure. `denominator`: None = it is a count of its own."""

    label: str
    numerator: int
    denominator: int | None
    counted: str
    out_of: str = ""


Make = Callable[[datetime, datetime], Iterator[Figure]]


def themes(begins: datetime, ends: datetime) -> Iterator[Figure]:
    """Each theme that was found, the most often found first."""
    notes = ThemeNote.objects.filter(found_at__gte=begins, found_at__lt=ends)
    found = Counter(notes.figures().values_list("theme", flat=True))
    looked_at = notes.figures().values("record").distinct().count()
    names = {theme.pk: theme.name for theme in Theme.objects.filter(pk__in=found)}
    for key, many in sorted(found.items(), key=lambda each: (-each[1], names[each[0]])):
        yield Figure(
            names[key],
            many,
            looked_at,
            "Records looked at in the period in which this theme was found",
            "records looked at in the period in which any theme was found",
        )


def actions(begins: datetime, ends: datetime) -> Iterator[Figure]:
    opened = LearningAction.objects.filter(opened_at__gte=begins, opened_at__lt=ends)
    yield Figure(
        "Learning actions done",
        opened.filter(done_at__lt=ends).count(),
        opened.count(),
        "Learning actions opened in the period and done before its end",
        "learning actions opened in the period",
    )
    judged = Retest.objects.filter(decided_at__gte=begins, decided_at__lt=ends)
    yield Figure(
        "Learning actions that held",
        judged.filter(state=Retest.State.HELD).count(),
        judged.count(),
        "Re-tests judged in the period that showed that what was done held",
        "re-tests judged in the period",
    )


def training(begins: datetime, ends: datetime) -> Iterator[Figure]:
    states = [TrainingDue.State.NEVER, TrainingDue.State.TAKEN]
    required = TrainingDue.objects.filter(state__in=states, person__is_active=True, since__lt=ends)
    current = Q(state=TrainingDue.State.TAKEN) & (Q(refresh_at=None) | Q(refresh_at__gt=ends))
    yield Figure(
        "Required training that is up to date",
        required.filter(current).count(),
        required.count(),
        "Courses that a post requires of somebody who works here, taken, and not due again before the period ended",
        "courses that a post requires of somebody who works here",
    )


FIGURES: list[Make] = [themes, actions, training]
"""Each part of the app adds its own."""


def drawn_up(begins: datetime, ends: datetime, at: datetime) -> list[dict[str, Any]]:
    """Every figure of a period, as a report keeps it."""
    with acting(COUNTS, apart=True):
        return [{**asdict(figure), "as_at": exactly(at)} for make in FIGURES for figure in make(begins, ends)]
