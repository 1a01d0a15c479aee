"""Narrowing the schools to tell by authority and by kind of place."""

from __future__ import annotations

import django_filters

from encompass.models import Place, SchoolNotice
from places.models import LocalAuthority
from sla.queues import select


class NoticeFilter(django_filters.FilterSet):
    authority = django_filters.ModelChoiceFilter(
        label="Where the child lives", queryset=LocalAuthority.objects.order_by("name", "code"), **select()
    )
    place = django_filters.ChoiceFilter(label="Place", choices=Place.choices, **select())

    class Meta:
        model = SchoolNotice
        fields = ["authority", "place"]
