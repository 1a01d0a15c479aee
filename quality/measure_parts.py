"""What figures have in common: a clock's record, what was missed, a child or not known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from quality.counting import By

TEAM = By("Team", "team__name")
YES_OR_NOT_KNOWN = ~Q(child="no")
CLOCK_CHILD = Q(no_child=False)
OF_RECORD = "record"
"""A clock leads to its record."""
STOPPED_IN_TIME = Q(stopped_at__lte=F("due_at"))


def missed_by(at: datetime) -> Q:
    """Clocks that were stopped too late, or run on past their time."""
    return Q(stopped_at__gt=F("due_at")) | Q(stopped_at=None, due_at__lt=at)


def of_record(clocks: QuerySet[Any], model: Any, name: str, called: str = "") -> QuerySet[Any]:
    """With a code word of the record each clock is on, under the field's name or another; empty where it has none."""
    found = model.objects.filter(pk=OuterRef("record")).figures().values(name)[:1]
    return clocks.annotate(**{called or name: Coalesce(Subquery(found, output_field=CharField()), Value(""))})
