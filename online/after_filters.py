"""Narrowing the lists of suspects, bail, the designated officer and devices."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from online.codes import Authority, Status
from online.models import Bail, Device, LadoReferral, Suspect
from partners.models import Agency
from sla.queues import select


def investigators(request: object) -> QuerySet[User]:
    return who_may_do(Can.INVESTIGATE_ONLINE)


def lados(request: object) -> QuerySet[Agency]:
    return Agency.objects.filter(kind=Agency.Kind.ALLEGATIONS).order_by("name")


class _OfACase(django_filters.FilterSet):
    online_case__investigator = django_filters.ModelChoiceFilter(
        label="Officer in the case", queryset=investigators, **select()
    )
    case = django_filters.CharFilter(label="Number or name", method="by_number")
    named = ""

    def by_number(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        words = value.strip()
        found = Q(reference__iexact=words) | Q(online_case__reference__iexact=words)
        return rows.filter(found | Q(**{f"{self.named}__icontains": words}))


class BailFilter(_OfACase):
    named = "suspect__name_said"
    authority = django_filters.ChoiceFilter(label="Authority", choices=Authority.choices, **select())

    class Meta:
        model = Bail
        fields = ["online_case__investigator", "authority"]


class SuspectFilter(_OfACase):
    named = "name_said"
    state = django_filters.ChoiceFilter(label="Stands", choices=Status.choices, **select())

    class Meta:
        model = Suspect
        fields = ["online_case__investigator", "state"]


class LadoFilter(_OfACase):
    named = "occupant__name_said"
    agency = django_filters.ModelChoiceFilter(label="Designated officer", queryset=lados, **select())

    class Meta:
        model = LadoReferral
        fields = ["online_case__investigator", "agency"]


class DeviceFilter(_OfACase):
    named = "exhibit"

    class Meta:
        model = Device
        fields = ["online_case__investigator"]
