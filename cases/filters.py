"""Narrowing the queues of duplicates and of children linked with a risk."""

from __future__ import annotations

import django_filters

from cases.models import Finding, Match
from sla.queues import select


class MatchFilter(django_filters.FilterSet):
    found = django_filters.ChoiceFilter(label="Found", choices=Match.Found.choices, **select())

    class Meta:
        model = Match
        fields = ["found"]


class FindingFilter(django_filters.FilterSet):
    decision = django_filters.ChoiceFilter(label="Decision", choices=Finding.Decision.choices, **select())

    class Meta:
        model = Finding
        fields = ["decision"]
