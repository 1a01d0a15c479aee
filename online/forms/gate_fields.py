"""Fields that the forms of the gate share: which case, which school, which strategy discussion."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from online.models import OnlineCase
from ppn.people import school_named
from strategy.models import StrategyMeeting


class CaseField(forms.CharField):
    """An investigation, by the reference on its page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, "help_text": "Its reference, for example OSC-001234", **options})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = case_asked_for(typed.strip())
        if found is None:
            raise ValidationError("There is no case with this reference")
        return found


def case_asked_for(asked: str) -> OnlineCase | None:
    """From ?case=OSC-001234 or its key, as links from other pages have it."""
    try:
        return OnlineCase.objects.filter(pk=UUID(asked)).first()
    except ValueError:
        return OnlineCase.objects.filter(reference__iexact=asked).first() if asked else None


class SchoolField(forms.CharField):
    """A school, by its number or exactly its name."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = school_named(typed)
        if typed and found is None:
            raise ValidationError("No one school has this number or name. Leave it empty and say it under how we know")
        return found


class MeetingField(forms.CharField):
    """A strategy discussion, by the reference on its page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, "help_text": "Its reference, for example STR-001234", **options})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = StrategyMeeting.objects.filter(reference__iexact=typed.strip()).first()
        if found is None:
            raise ValidationError("There is no strategy meeting with this reference")
        return found
