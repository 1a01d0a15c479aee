"""Where the parts of this app meet: where a theme was found, and what stands in the improvement plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from quality import improvement_plan, sources
from quality.codes import Source
from quality.learning_counts import GOES_ON
from quality.learning_rows import action_as_work
from quality.models import LearningAction, Recommendation, Review, ScrutinyPaper
from sla.calendar import local
from sla.work import Work

ONE_DAY = timedelta(days=1)


def learning_due(by: date) -> Iterable[Work]:
    """Learning actions to be done, or to be tested again, by the end of that day."""
    rows = LearningAction.objects.filter(state__in=GOES_ON, due_at__lt=local(by + ONE_DAY))
    return [action_as_work(each) for each in rows.select_related("theme", "owner").order_by("due_at", "pk")]


improvement_plan.SOURCES.append(learning_due)
sources.PAGES.update(
    {
        Source.CALL_REVIEW.value: Review,
        Source.DIP_SAMPLE.value: Review,
        Source.THEMATIC.value: Review,
        Source.SCRUTINY_GROUP.value: ScrutinyPaper,
        Source.INSPECTION.value: Recommendation,
    }
)
