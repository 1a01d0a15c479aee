"""Narrowing the lists of visits."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import Team, User
from offenders.codes import Risk
from offenders.models import Nominal
from sla.queues import select


def _managers(request: object) -> QuerySet[User]:
    return who_may_do(Can.MANAGE_OFFENDERS)


def _teams(request: object) -> QuerySet[Team]:
    managers = who_may_do(Can.MANAGE_OFFENDERS)
    return Team.objects.filter(postings__person__in=managers).distinct().order_by("name")


class VisitFilter(django_filters.FilterSet):
    manager = django_filters.ModelChoiceFilter(label="Offender manager", queryset=_managers, **select())
    team = django_filters.ModelChoiceFilter(label="Team", queryset=_teams, **select())
    risk = django_filters.ChoiceFilter(label="Risk", choices=Risk.choices, **select())

    class Meta:
        model = Nominal
        fields = ["manager", "team", "risk"]
