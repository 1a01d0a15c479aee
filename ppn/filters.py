"""Narrowing the MASH queue by what a notice is about and how it is graded."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from ppn.models import DomesticAbuseRisk, Draft, Grade, Ppn, Trigger, Type
from ppn.triggers import TRIGGERS
from sla.queues import select


class PpnFilter(django_filters.FilterSet):
    type = django_filters.ChoiceFilter(label="About", choices=Type.choices, method="about", **select())
    grade = django_filters.ChoiceFilter(label="Officer's grade", choices=Grade.choices, **select())
    da_risk = django_filters.ChoiceFilter(label="Domestic abuse risk", choices=DomesticAbuseRisk.choices, **select())

    class Meta:
        model = Ppn
        fields = ["type", "grade", "da_risk"]

    def about(self, notices: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A notice may be about several things."""
        return notices.filter(types__contains=[value])


class DraftFilter(django_filters.FilterSet):
    """Drafts are few: they are narrowed by their chips alone."""

    class Meta:
        model = Draft
        fields: list[str] = []


class TriggerFilter(django_filters.FilterSet):
    code = django_filters.ChoiceFilter(label="Trigger", choices=list(TRIGGERS.items()), **select())

    class Meta:
        model = Trigger
        fields = ["code"]
