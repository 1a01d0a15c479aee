"""Narrowing the lists of children whom a case concerns and of enforcement."""

from __future__ import annotations

from typing import ClassVar

import django_filters
from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import Team, User
from online.codes import EnforcementKind, Kirat
from online.models import ChildrenCheck, Enforcement, LinkedChild
from sla.queues import select


def teams(request: object) -> QuerySet[Team]:
    """Those that investigate online abuse."""
    found: QuerySet[Team] = Team.objects.filter(postings__role="icat_researcher").distinct().order_by("name")
    return found


def investigators(request: object) -> QuerySet[User]:
    return who_may_do(Can.INVESTIGATE_ONLINE)


def researchers(request: object) -> QuerySet[User]:
    return who_may_do(Can.RESEARCH_ONLINE)


class OfTheCase(django_filters.FilterSet):
    """What both lists are narrowed by."""

    online_case__kirat = django_filters.ChoiceFilter(label="Level", choices=Kirat.choices, **select())
    online_case__investigator = django_filters.ModelChoiceFilter(
        label="Investigator", queryset=investigators, **select()
    )
    online_case__researcher = django_filters.ModelChoiceFilter(label="Researcher", queryset=researchers, **select())
    online_case__team = django_filters.ModelChoiceFilter(label="Team", queryset=teams, **select())


class ChildFilter(OfTheCase):
    how = django_filters.ChoiceFilter(label="How the case concerns them", choices=LinkedChild.How.choices, **select())

    class Meta:
        model = LinkedChild
        fields = ["how"]


class CheckFilter(OfTheCase):
    class Meta:
        model = ChildrenCheck
        fields: ClassVar[list[str]] = []


class EnforcementFilter(OfTheCase):
    kind = django_filters.ChoiceFilter(label="What", choices=EnforcementKind.choices, **select())

    class Meta:
        model = Enforcement
        fields = ["kind"]
