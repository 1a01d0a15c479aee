"""How the list of meetings of the scrutiny group is narrowed."""

from __future__ import annotations

import django_filters

from access.roles import Can
from accounts.duty import who_may_do
from quality.models import ScrutinyMeeting
from sla.queues import select


class MeetingFilter(django_filters.FilterSet):
    chair = django_filters.ModelChoiceFilter(
        label="Chair", queryset=lambda request: who_may_do(Can.CHAIR_SCRUTINY), **select()
    )

    class Meta:
        model = ScrutinyMeeting
        fields = ["chair"]
