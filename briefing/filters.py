"""How lists of meetings and of their actions are narrowed."""

from __future__ import annotations

import django_filters

from access.roles import Can
from accounts.duty import who_may_do
from briefing.models import Action, Meeting
from quality.forms.fields import everybody_posted
from sla.queues import select


class MeetingFilter(django_filters.FilterSet):
    chair = django_filters.ModelChoiceFilter(
        label="Chair", queryset=lambda request: who_may_do(Can.DECIDE_DAILY), **select()
    )

    class Meta:
        model = Meeting
        fields = ["chair"]


class ActionFilter(django_filters.FilterSet):
    owner = django_filters.ModelChoiceFilter(
        label="Who does it", queryset=lambda request: everybody_posted(), **select()
    )

    class Meta:
        model = Action
        fields = ["owner"]
