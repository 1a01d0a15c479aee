"""How the register of samples is narrowed."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import QuerySet

from access.time import today
from accounts.models import User
from ppn.repeats import months_before
from quality.codes import Kind
from quality.models import Sample
from sla.queues import select

MONTHS = 24


def months() -> list[tuple[str, str]]:
    """The last two years, the latest first."""
    first = today().replace(day=1)
    days = [months_before(first, back) for back in range(MONTHS)]
    return [(f"{day:%Y-%m}", f"{day:%B %Y}") for day in days]


class SampleFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Kind", choices=Kind.choices, **select())
    whose = django_filters.ModelChoiceFilter(
        label="Whose work", queryset=lambda request: User.objects.order_by("last_name", "first_name"), **select()
    )
    month = django_filters.ChoiceFilter(label="Work of which month", choices=months, method="of_month", **select())

    class Meta:
        model = Sample
        fields = ["kind", "whose"]

    def of_month(self, rows: QuerySet[Sample], name: str, value: str) -> QuerySet[Sample]:
        """Any of whose days are in it."""
        year, month = value.split("-")
        first = date(int(year), int(month), 1)
        after = months_before(first, -1)
        return rows.filter(period_from__lt=after, period_to__gt=first)
