"""Narrowing the board by grade and by how the call came in."""

from __future__ import annotations

import django_filters

from sla.queues import select
from triage.models import Channel, Grade, Incident


class IncidentFilter(django_filters.FilterSet):
    grade = django_filters.ChoiceFilter(label="Grade", choices=Grade.choices, **select())
    channel = django_filters.ChoiceFilter(label="Came in by", choices=Channel.choices, **select())

    class Meta:
        model = Incident
        fields = ["grade", "channel"]
