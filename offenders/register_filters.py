"""Narrowing the lists of those who are managed."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import Team, User
from offenders.codes import AwayBecause, Category, ManagedAs, Risk
from offenders.models import Nominal, NotificationDuty, Spell, Travel
from offenders.statutory import RULES
from sla.queues import select

KINDS = list(dict.fromkeys((rule.code, rule.label) for rule in RULES))


def _managers(request: object) -> QuerySet[User]:
    return who_may_do(Can.MANAGE_OFFENDERS)


def _teams(request: object) -> QuerySet[Team]:
    return Team.objects.filter(postings__person__in=who_may_do(Can.MANAGE_OFFENDERS)).distinct().order_by("name")


def manager(field: str = "nominal__manager") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(field_name=field, label="Manager", queryset=_managers, **select())


def team(field: str = "nominal__team") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(field_name=field, label="Team", queryset=_teams, **select())


class NominalFilter(django_filters.FilterSet):
    manager = manager("manager")
    team = team("team")
    risk = django_filters.ChoiceFilter(label="Risk", choices=Risk.choices, **select())
    category = django_filters.ChoiceFilter(label="MAPPA category", choices=Category.choices, **select())
    managed_as = django_filters.ChoiceFilter(label="Managed as", choices=ManagedAs.choices, **select())

    class Meta:
        model = Nominal
        fields = ["manager", "team", "risk", "category", "managed_as"]


class DutyFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Kind", choices=KINDS, **select())
    manager = manager()
    team = team()

    class Meta:
        model = NotificationDuty
        fields = ["kind"]


class SpellFilter(django_filters.FilterSet):
    because = django_filters.ChoiceFilter(label="Where", choices=AwayBecause.choices, **select())
    manager = manager()
    team = team()

    class Meta:
        model = Spell
        fields = ["because"]


class TravelFilter(django_filters.FilterSet):
    manager = manager()
    team = team()

    class Meta:
        model = Travel
        fields: list[str] = []
