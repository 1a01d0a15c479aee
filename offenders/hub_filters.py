"""How the lists of the ViSOR hub are narrowed."""

from __future__ import annotations

import django_filters

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import Team
from offenders.codes import TaskKind
from offenders.models import HubTask, ScrutinyRound, Transfer
from sla.queues import select


class HubTaskFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Kind", choices=TaskKind.choices, **select())
    assigned_to = django_filters.ModelChoiceFilter(
        label="Who has it", queryset=lambda request: who_may_do(Can.KEEP_REGISTER), **select()
    )

    class Meta:
        model = HubTask
        fields = ["kind", "assigned_to"]


class TransferFilter(django_filters.FilterSet):
    way = django_filters.ChoiceFilter(label="Which way", choices=Transfer.Way.choices, **select())

    class Meta:
        model = Transfer
        fields = ["way"]


class RoundFilter(django_filters.FilterSet):
    team = django_filters.ModelChoiceFilter(
        label="Team", queryset=lambda request: Team.objects.order_by("name"), **select()
    )

    class Meta:
        model = ScrutinyRound
        fields = ["team"]
