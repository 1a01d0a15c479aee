"""What many figures have in common: how they are split, and clocks that fell due."""

from __future__ import annotations

from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet

from govuk.fields import YesNoNotKnown
from partners.models import Agency
from quality.counting import Better, By, Period
from quality.measure_targets import ALL_OF_THEM, IN_TIME
from sla.models import Clock

SHARE: dict[str, Any] = {"better": Better.HIGHER, "target": IN_TIME}
ALWAYS: dict[str, Any] = {"better": Better.HIGHER, "target": ALL_OF_THEM}
WAITS: dict[str, Any] = {"better": Better.LOWER}
NEVER: dict[str, Any] = {"better": Better.LOWER, "none": True}
CHILD = By("Child concerned", "child", dict(YesNoNotKnown.choices))


def choices(model: Any, name: str) -> dict[Any, str]:
    """Code words of a field and how they are said."""
    return dict(model._meta.get_field(name).flatchoices)


def by_choice(label: str, model: Any, name: str, path: str = "") -> By:
    return By(label, path or name, choices(model, name))


def agencies(keys: Any) -> dict[Any, str]:
    return {each.pk: str(each) for each in Agency.objects.filter(pk__in=[key for key in keys if key])}


def authority(field: str) -> By:
    return By("Authority", field, agencies)


def fell_due(period: Period, *codes: str) -> QuerySet[Clock]:
    """Clocks of these deadlines whose time was up in the period."""
    return Clock.objects.filter(period.within("due_at"), deadline__in=codes)


def took(ended: str, began: str) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(F(ended) - F(began), output_field=DurationField())
