"""Narrowing the list of strategy meetings."""

from __future__ import annotations

import django_filters

from govuk.fields import YesNoNotKnown as Answer
from partners.models import Agency
from sla.queues import select
from strategy.models import StrategyMeeting


class MeetingFilter(django_filters.FilterSet):
    authority = django_filters.ModelChoiceFilter(
        label="Asked of", queryset=Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE).order_by("name"), **select()
    )
    risk_is_immediate = django_filters.ChoiceFilter(label="Risk is immediate", choices=Answer.choices, **select())

    class Meta:
        model = StrategyMeeting
        fields = ["authority", "risk_is_immediate"]
