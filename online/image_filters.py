"""Narrowing the list of children whose images were shared."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from accounts.models import Team
from online.codes import Handler, Outcome
from online.models import SharedImage
from sla.queues import select


def teams(request: object) -> QuerySet[Team]:
    """Those that may have one."""
    roles = ["attending_officer", "response_sgt", "npt_sgt", "icat_ds"]
    found: QuerySet[Team] = Team.objects.filter(postings__role__in=roles).distinct().order_by("name")
    return found


class ImageFilter(django_filters.FilterSet):
    at_team = django_filters.ModelChoiceFilter(label="Team that deals with it", queryset=teams, **select())
    handler = django_filters.ChoiceFilter(label="Who deals with it", choices=Handler.choices, **select())
    school_said = django_filters.CharFilter(label="School", lookup_expr="icontains")
    outcome = django_filters.ChoiceFilter(label="Outcome", choices=Outcome.choices, **select())

    class Meta:
        model = SharedImage
        fields = ["at_team", "handler", "school_said", "outcome"]
