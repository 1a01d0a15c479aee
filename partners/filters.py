"""Narrowing the lists of sharing, by agency."""

from __future__ import annotations

import django_filters

from partners.models import Agency, Delivery, Disagreement, Recipient, WebhookCall
from sla.queues import select


def by_agency() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(label="Agency", queryset=Agency.objects.order_by("name"), **select())


class DeliveryFilter(django_filters.FilterSet):
    agency = by_agency()

    class Meta:
        model = Delivery
        fields = ["agency"]


class RecipientFilter(django_filters.FilterSet):
    agency = by_agency()

    class Meta:
        model = Recipient
        fields = ["agency"]


class DisagreementFilter(django_filters.FilterSet):
    agency = by_agency()

    class Meta:
        model = Disagreement
        fields = ["agency"]


class CallFilter(django_filters.FilterSet):
    agency = django_filters.ModelChoiceFilter(
        label="Agency", field_name="webhook__account__agency", queryset=Agency.objects.order_by("name"), **select()
    )

    class Meta:
        model = WebhookCall
        fields: list[str] = []
