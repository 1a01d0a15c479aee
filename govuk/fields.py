"""Form fields for dates, moments and answers that may not be left blank.

A value that cannot be read comes back to the page exactly as it was typed.
"""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from govuk.typed import (
    DateParts,
    MomentParts,
    read_date,
    read_moment,
    read_time,
    typed_date,
    typed_moment,
)
from govuk.widgets import DateInput, LongText, MomentInput, Radios


class YesNoNotKnown(models.TextChoices):
    """An answer that is always given. "Not known" is an answer; blank is not."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class PartsField(forms.Field):
    """A field typed into several boxes."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class DateField(PartsField):
    """A date in three boxes, read as day, month, year.

    DateField(label="Date of birth", help_text="For example, 27 3 2014")
    """

    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, DateParts):
            return read_date(value) if any(value) else None
        return value or None

    def prepare_value(self, value: Any) -> Any:
        return typed_date(value) if isinstance(value, date) else value


class MomentField(PartsField):
    """A date and a time of day on the local clock, giving an aware moment in UTC.

    MomentField(label="When was the child last seen?", offer_now=True)
    To fill it in beforehand give the view's own now as initial: nothing here reads a clock.
    """

    widget = MomentInput

    def __init__(self, *, offer_now: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", MomentInput(offer_now=offer_now))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, MomentParts):
            return read_moment(value, timezone.get_current_timezone()) if any(value) else None
        return value or None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return typed_moment(value, timezone.get_current_timezone())
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Seconds cannot be typed, so they do not count as a change."""
        if isinstance(initial, datetime):
            initial = initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)


class TimeField(forms.TimeField):
    """A time of day, typed the way people write it: 09:14, 9.14, 0914, 9:14pm."""

    widget = forms.TimeInput(format="%H:%M")

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str) and value.strip():
            return read_time(value).time
        return super().to_python(value)


class LongTextField(forms.CharField):
    """Several lines, with a count on the page when max_length is given."""

    widget = LongText


class YesNoNotKnownField(forms.ChoiceField):
    """Yes, no or not known: never blank, never chosen beforehand.

    YesNoNotKnownField(label="Is a child there?", hints={"not_known": "It will be treated as yes until somebody knows"})
    """

    default_error_messages = {"required": "Choose yes, no or not known"}

    def __init__(self, *, hints: dict[str, str] | None = None, **kwargs: Any) -> None:
        if not kwargs.pop("required", True):
            raise TypeError("a yes, no or not known question is always answered")
        kwargs.setdefault("choices", YesNoNotKnown.choices)
        kwargs.setdefault("widget", Radios(hints=hints, inline=not hints))
        super().__init__(**kwargs)
