"""How the list of learning actions is narrowed."""

from __future__ import annotations

import django_filters

from accounts.models import Team
from quality.models import LearningAction, Theme
from sla.queues import select


class ActionFilter(django_filters.FilterSet):
    theme = django_filters.ModelChoiceFilter(
        label="Theme", queryset=lambda request: Theme.objects.order_by("name"), **select()
    )
    team = django_filters.ModelChoiceFilter(
        label="Team", queryset=lambda request: Team.objects.order_by("name"), **select()
    )

    class Meta:
        model = LearningAction
        fields = ["theme", "team"]
