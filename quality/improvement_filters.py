"""How the list of recommendations is narrowed."""

from __future__ import annotations

import django_filters

from access.roles import Can
from accounts.duty import who_may_do
from quality.models import Rag, Recommendation
from sla.queues import select


class RecommendationFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Kind", choices=Recommendation.Kind.choices, **select())
    rag = django_filters.ChoiceFilter(label="How it goes", choices=Rag.choices, **select())
    sro = django_filters.ModelChoiceFilter(
        label="Who answers for it", queryset=lambda request: who_may_do(Can.ANSWER_RECOMMENDATION), **select()
    )

    class Meta:
        model = Recommendation
        fields = ["kind", "rag", "sro"]
