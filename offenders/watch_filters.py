"""Narrowing the lists of approvals, new information and children in contact with an offender."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import Team, User
from offenders.codes import Risk
from offenders.models import Approval, ChildContact, Intelligence
from sla.queues import select


def teams(request: object) -> QuerySet[Team]:
    """Those that manage offenders."""
    found: QuerySet[Team] = Team.objects.filter(postings__role="offender_manager").distinct().order_by("name")
    return found


def managers(request: object) -> QuerySet[User]:
    return who_may_do(Can.MANAGE_OFFENDERS)


class ApprovalFilter(django_filters.FilterSet):
    what = django_filters.ChoiceFilter(label="What", choices=Approval.What.choices, **select())
    risk = django_filters.ChoiceFilter(label="Risk", choices=Risk.choices, **select())
    at_team = django_filters.ModelChoiceFilter(label="Team", queryset=teams, **select())
    submitted_by = django_filters.ModelChoiceFilter(label="Written by", queryset=managers, **select())

    class Meta:
        model = Approval
        fields = ["what", "risk", "at_team", "submitted_by"]


class NewsFilter(django_filters.FilterSet):
    nominal__manager = django_filters.ModelChoiceFilter(label="Offender manager", queryset=managers, **select())
    nominal__team = django_filters.ModelChoiceFilter(label="Team", queryset=teams, **select())

    class Meta:
        model = Intelligence
        fields = ["nominal__manager", "nominal__team"]


class ContactFilter(django_filters.FilterSet):
    nominal__manager = django_filters.ModelChoiceFilter(label="Offender manager", queryset=managers, **select())
    nominal__team = django_filters.ModelChoiceFilter(label="Team", queryset=teams, **select())

    class Meta:
        model = ChildContact
        fields = ["nominal__manager", "nominal__team"]
