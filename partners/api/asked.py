"""What stands behind the question mark of an address. What nobody reads is refused, as in a body."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import django_filters
from django import forms
from django_filters.fields import IsoDateTimeField
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from access.body import NOT_TEXT
from access.moments import NO_ZONE, says_its_zone
from partners.models import Delivery, Disclosure, Purpose

UNKNOWN = "There is no such parameter here: leave it out, or correct its name."
EMPTY = "Say what it shall be, or leave it out."
TWICE = "This stands there twice, and only one of the two could be heeded."


class MomentField(IsoDateTimeField):
    """A moment with its offset from UTC, which PostgreSQL takes only up to 16 hours: it gets every moment in UTC."""

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str) and value.strip() and not says_its_zone(value):
            raise forms.ValidationError(NO_ZONE, "no_zone")
        try:
            moment: datetime | None = super().to_python(value)
            return moment.astimezone(UTC) if moment else None
        except OverflowError as error:
            raise forms.ValidationError("There is no such moment.", "no_moment") from error


class MomentFilter(django_filters.IsoDateTimeFilter):
    field_class = MomentField


class DisclosureFilter(django_filters.FilterSet):
    """Which of what they were sent."""

    kind = django_filters.CharFilter()
    purpose = django_filters.ChoiceFilter(choices=Purpose.choices)
    sent_after = MomentFilter(field_name="sent_at", lookup_expr="gt")
    sent_before = MomentFilter(field_name="sent_at", lookup_expr="lt")
    reference = django_filters.CharFilter()
    state = django_filters.ChoiceFilter(field_name="delivery__state", choices=Delivery.State.choices)

    class Meta:
        model = Disclosure
        fields: list[str] = []


def must_be_known(request: Request, known: Collection[str]) -> None:
    """Raises ValidationError that names each parameter which is none of these, or stands there twice, or is no text."""
    wrong = {}
    for name, values in request.query_params.lists():
        if name not in known:
            wrong[name] = [ErrorDetail(UNKNOWN, "unknown")]
        elif len(values) > 1:
            wrong[name] = [ErrorDetail(TWICE, "twice")]
        elif "\0" in values[0]:
            wrong[name] = [ErrorDetail(NOT_TEXT, "not_text")]
    if wrong:
        raise ValidationError(wrong)


def filtered(request: Request, filters: type[django_filters.FilterSet], rows: Any) -> Any:
    """The rows that were asked for. Raises ValidationError that names each filter which is not right, or empty."""
    if not {*filters.base_filters} & {*request.query_params}:
        return rows
    if empty := [name for name in filters.base_filters if request.query_params.get(name) == ""]:
        raise ValidationError({name: [ErrorDetail(EMPTY, "empty")] for name in empty})
    asked = filters(request.query_params, queryset=rows)
    if not asked.is_valid():
        raise ValidationError(
            {
                name: [ErrorDetail(said, error.code or "invalid") for error in errors for said in error.messages]
                for name, errors in asked.form.errors.as_data().items()
            }
        )
    return asked.qs


def fields_of(request: Request, known: Collection[str]) -> list[str]:
    """Which fields they want of each; all where they do not say."""
    said = request.query_params.get("fields")
    if said is None:
        return list(known)
    wanted = [each.strip() for each in said.split(",")]
    if strange := [each for each in wanted if each not in known]:
        raise ValidationError({"fields": [ErrorDetail(f"There is no field {each!r}.", "unknown") for each in strange]})
    return wanted
