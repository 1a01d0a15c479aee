"""Narrowing the lists of the missing team."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from cohort.codes import Exploitation
from cohort.models import CohortEntry, CohortMeeting, PhilomenaForm, TriggerPlan
from partners.models import Agency
from sla.queues import select

AUTHORITIES = Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE).order_by("name")


def _workers(request: object) -> QuerySet[User]:
    return who_may_do(Can.SEE_COHORT)


class EntryFilter(django_filters.FilterSet):
    authority = django_filters.ModelChoiceFilter(label="Authority", queryset=AUTHORITIES, **select())
    lead = django_filters.ModelChoiceFilter(label="Named worker", queryset=_workers, **select())
    exploitation = django_filters.ChoiceFilter(
        label="Exploitation", choices=Exploitation.choices, method="with_kind", **select()
    )

    class Meta:
        model = CohortEntry
        fields = ["authority", "lead"]

    def with_kind(self, rows: QuerySet[CohortEntry], name: str, value: str) -> QuerySet[CohortEntry]:
        return rows.filter(exploitation__contains=[value])


class MeetingFilter(django_filters.FilterSet):
    authority = django_filters.ModelChoiceFilter(label="Authority", queryset=AUTHORITIES, **select())

    class Meta:
        model = CohortMeeting
        fields = ["authority"]


class TriggerPlanFilter(django_filters.FilterSet):
    author = django_filters.ModelChoiceFilter(
        label="Written by", queryset=lambda request: who_may_do(Can.KEEP_COHORT), **select()
    )

    class Meta:
        model = TriggerPlan
        fields = ["author"]


class FormFilter(django_filters.FilterSet):
    owner = django_filters.CharFilter(
        label="Kept by", lookup_expr="icontains", widget=forms.TextInput(attrs={"class": "govuk-input"})
    )

    class Meta:
        model = PhilomenaForm
        fields = ["owner"]
