"""Narrowing the lists of return interviews and of who is told."""

from __future__ import annotations

import django_filters

from missing.models import InterviewRequest, MissingNotice
from partners.models import Agency
from sla.queues import select


class InterviewFilter(django_filters.FilterSet):
    agency = django_filters.ModelChoiceFilter(
        label="Asked of", queryset=Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE).order_by("name"), **select()
    )
    outcome = django_filters.ChoiceFilter(label="Outcome", choices=InterviewRequest.Outcome.choices, **select())

    class Meta:
        model = InterviewRequest
        fields = ["agency", "outcome"]


class NoticeFilter(django_filters.FilterSet):
    about = django_filters.ChoiceFilter(label="About", choices=MissingNotice.About.choices, **select())
    whom = django_filters.ChoiceFilter(label="Who is told", choices=MissingNotice.Whom.choices, **select())

    class Meta:
        model = MissingNotice
        fields = ["about", "whom"]
