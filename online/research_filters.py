"""Narrowing the lists of levels, of research that stands still, and of people nobody has asked about."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from online.codes import Kirat, Sender
from online.models import Occupant, OnlineCase
from sla.queues import select


def researchers(request: object) -> QuerySet[User]:
    return who_may_do(Can.RESEARCH_ONLINE)


def investigators(request: object) -> QuerySet[User]:
    return who_may_do(Can.INVESTIGATE_ONLINE)


class LevelFilter(django_filters.FilterSet):
    kirat = django_filters.ChoiceFilter(label="Level", choices=Kirat.choices, **select())
    state = django_filters.ChoiceFilter(label="Where it stands", choices=OnlineCase.State.choices, **select())
    sender = django_filters.ChoiceFilter(label="Sender", choices=Sender.choices, **select())
    researcher = django_filters.ModelChoiceFilter(label="Researcher", queryset=researchers, **select())
    investigator = django_filters.ModelChoiceFilter(label="Investigator", queryset=investigators, **select())

    class Meta:
        model = OnlineCase
        fields = ["kirat", "state", "sender", "researcher", "investigator"]


class StalledFilter(django_filters.FilterSet):
    sender = django_filters.ChoiceFilter(label="Sender", choices=Sender.choices, **select())
    researcher = django_filters.ModelChoiceFilter(label="Researcher", queryset=researchers, **select())

    class Meta:
        model = OnlineCase
        fields = ["sender", "researcher"]


class NotAskedFilter(django_filters.FilterSet):
    online_case__kirat = django_filters.ChoiceFilter(label="Level", choices=Kirat.choices, **select())
    online_case__researcher = django_filters.ModelChoiceFilter(label="Researcher", queryset=researchers, **select())

    class Meta:
        model = Occupant
        fields = ["online_case__kirat", "online_case__researcher"]
