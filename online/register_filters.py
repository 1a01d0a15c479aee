"""Narrowing the register: by sender, level, who has it, and by a number, a name or an account."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from online.codes import Data, Kirat, Sender
from online.models import CaseTransfer, Identifier, OnlineCase, ReferralRow
from online.referrals import as_compared
from sla.queues import select

NO_LEVEL = "none"


def _researchers(request: object) -> QuerySet[User]:
    return who_may_do(Can.RESEARCH_ONLINE)


class CaseFilter(django_filters.FilterSet):
    find = django_filters.CharFilter(
        label="Number, name, address or account",
        method="with_words",
        widget=forms.TextInput(attrs={"class": "govuk-input"}),
    )
    state = django_filters.ChoiceFilter(label="State", choices=OnlineCase.State.choices, **select())
    sender = django_filters.ChoiceFilter(label="Sender", choices=Sender.choices, **select())
    kirat = django_filters.ChoiceFilter(
        label="Level", choices=[*Kirat.choices, (NO_LEVEL, "No level set")], method="with_level", **select()
    )
    researcher = django_filters.ModelChoiceFilter(label="Researcher", queryset=_researchers, **select())
    investigator = django_filters.ModelChoiceFilter(label="Officer in the case", queryset=_researchers, **select())

    class Meta:
        model = OnlineCase
        fields = ["find", "state", "sender", "kirat", "researcher", "investigator"]

    def with_words(self, rows: QuerySet[OnlineCase], name: str, words: str) -> QuerySet[OnlineCase]:
        """Our number, theirs, the one in the records system; or an identifier, spelt either way."""
        plain = Q(pk__in=[])
        for kind in Data.values:
            plain |= Q(kind=kind, plain=as_compared(kind, words))
        said = Identifier.objects.filter(plain | Q(value__icontains=words.strip())).figures().values("online_case")
        numbers = ("reference", "sender_ref", "sender_named", "external_ref")
        found = Q(pk__in=said)
        for number in numbers:
            found |= Q(**{f"{number}__icontains": words.strip()})
        return rows.filter(found)

    def with_level(self, rows: QuerySet[OnlineCase], name: str, level: str) -> QuerySet[OnlineCase]:
        return rows.filter(kirat="" if level == NO_LEVEL else level)


class RowFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="What became of it", choices=ReferralRow.State.choices, **select())

    class Meta:
        model = ReferralRow
        fields = ["state"]


class CaseTransferFilter(django_filters.FilterSet):
    force = django_filters.CharFilter(
        label="Force", lookup_expr="icontains", widget=forms.TextInput(attrs={"class": "govuk-input"})
    )

    class Meta:
        model = CaseTransfer
        fields = ["force"]
