"""Signs that somebody is here: they signed in, or did something on a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, ExpressionWrapper, F, Func, OuterRef, Subquery, Value

from accounts.models import SignedIn
from insight.models import ShiftPlan
from insight.staffing_lengths import EARLY
from workflow.models import Step

SIGNED_IN, ACTED = "Signed in", "Did something on a record"


@dataclass(frozen=True)
class Sign:
    """The first sign of somebody in their shift, and what it was."""

    at: datetime
    how: str


def signs_of(plans: Iterable[ShiftPlan], at: datetime) -> dict[UUID, Sign]:
    """Plan -> the first sign of the person from a little before the shift until it ends, or until that moment."""
    keys = [plan.pk for plan in plans]
    early, _ = EARLY.in_force(at)
    begins = ExpressionWrapper(F("starts_at") - early, output_field=DateTimeField())
    ends = Func(F("ends_at"), Value(at), function="least", output_field=DateTimeField())
    rows = ShiftPlan.objects.filter(pk__in=keys).annotate(looks_from=begins, looks_until=ends)
    within = {"at__gte": OuterRef("looks_from"), "at__lte": OuterRef("looks_until")}
    signed_in = SignedIn.objects.filter(person=OuterRef("person"), **within).order_by("at").values("at")[:1]
    acted = Step.objects.filter(by=OuterRef("person"), **within).order_by("at").values("at")[:1]
    found = rows.annotate(signed_in=Subquery(signed_in), acted=Subquery(acted))
    signs: dict[UUID, Sign] = {}
    for pk, first, step in found.figures().values_list("pk", "signed_in", "acted"):
        known = [Sign(moment, how) for moment, how in ((first, SIGNED_IN), (step, ACTED)) if moment]
        if known:
            signs[pk] = min(known, key=lambda sign: sign.at)
    return signs
