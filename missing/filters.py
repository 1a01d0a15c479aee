"""Narrowing the board of missing children."""

from __future__ import annotations

import django_filters

from cohort.codes import Risk
from missing.forms.report import authorities
from missing.models import Episode
from sla.queues import select


class EpisodeFilter(django_filters.FilterSet):
    risk = django_filters.ChoiceFilter(label="Risk", choices=Risk.choices, **select())
    responsible = django_filters.ModelChoiceFilter(
        label="Authority that answers for the child", queryset=authorities(), **select()
    )

    class Meta:
        model = Episode
        fields = ["risk", "responsible"]
