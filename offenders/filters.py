"""Narrowing the lists of managed offenders."""

from __future__ import annotations

import django_filters

from offenders.models import OffenderDisclosure
from partners.models import Agency
from sla.queues import select


class DisclosureFilter(django_filters.FilterSet):
    agency = django_filters.ModelChoiceFilter(label="Agency", queryset=Agency.objects.order_by("name"), **select())

    class Meta:
        model = OffenderDisclosure
        fields = ["agency"]
