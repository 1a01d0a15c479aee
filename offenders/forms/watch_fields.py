"""Fields that several forms here share: which offender, which visit, which notice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from offenders.models import Nominal, OffenderVisit
from ppn.models import Ppn


class NominalField(forms.CharField):
    """An offender who is managed here, by the reference on their page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, "help_text": "Their reference, for example NOM-001234", **options})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = Nominal.objects.filter(reference__iexact=typed.strip()).first()
        if found is None:
            raise ValidationError("Nobody who is managed here has this reference")
        return found


class VisitField(forms.CharField):
    """The visit on which it was seen, by key or reference, as the page of the visit names it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            found = OffenderVisit.objects.filter(pk=UUID(typed)).first()
        except ValueError:
            found = OffenderVisit.objects.filter(reference=typed).first()
        if found is None:
            raise ValidationError("There is no such visit")
        return found


class NoticeField(forms.CharField):
    """A notice that has been submitted, by its reference."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, "help_text": "Its reference, for example PPN-001234", **options})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = Ppn.objects.filter(reference__iexact=typed.strip()).first()
        if found is None:
            raise ValidationError("There is no notice with this reference")
        return found


def nominal_asked_for(asked: str) -> Nominal | None:
    """From ?nominal=NOM-001234 or its key, as links from other pages have it."""
    try:
        return Nominal.objects.filter(pk=UUID(asked)).first()
    except ValueError:
        return Nominal.objects.filter(reference=asked).first() if asked else None
