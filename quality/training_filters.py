"""How the list of required training is narrowed."""

from __future__ import annotations

import django_filters

from accounts.models import Team
from quality.models import Course, TrainingDue
from sla.queues import select


class TrainingFilter(django_filters.FilterSet):
    course = django_filters.ModelChoiceFilter(
        label="Course", queryset=lambda request: Course.objects.order_by("name"), **select()
    )
    team = django_filters.ModelChoiceFilter(
        label="Team", queryset=lambda request: Team.objects.order_by("name"), **select()
    )

    class Meta:
        model = TrainingDue
        fields = ["course", "team"]
