"""Narrowing a board by grade, by who holds it, by area and by how the call came in."""

from __future__ import annotations

from typing import Any

import django_filters

from accounts.teams import response_areas
from sla.queues import select
from triage.models import Category, Channel, Grade, Incident, Risk


class IncidentFilter(django_filters.FilterSet):
    grade = django_filters.ChoiceFilter(label="Grade", choices=Grade.choices, **select())
    risk = django_filters.ChoiceFilter(label="Risk at the last look", choices=Risk.choices, **select())
    area = django_filters.ModelChoiceFilter(label="Area", queryset=lambda request: response_areas(), **select())
    channel = django_filters.ChoiceFilter(label="Came in by", choices=Channel.choices, **select())
    category = django_filters.ChoiceFilter(
        label="Category", field_name="opening_category", choices=Category.choices, **select()
    )

    class Meta:
        model = Incident
        fields: list[Any] = []
