"""What is asked when somebody marks a person, an address or a telephone number with a warning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.forms import BecauseForm, FlagForm
from cases.models import Flag, PlaceMarker
from cases.workflow.people import WARNINGS
from govuk.fields import DateField
from matching.numbers import phone
from workflow.views import TransitionForm


class WarningForm(FlagForm):
    field_order = ["kind", "starts", "ends"]

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(kind, Flag.Kind(kind).label) for kind in WARNINGS],
        widget=forms.RadioSelect,
    )


class MarkForm(FlagForm):
    """A marker on a place. What everybody reads must not say where somebody lives whom nobody may find."""

    field_order = ["number", "kind", "note", "starts", "ends"]

    kind = forms.ChoiceField(label="What does it warn of?", choices=PlaceMarker.Kind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="What must whoever goes there know?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody who looks reads this. Never write here where somebody is hidden",
    )

    def clean(self) -> Any:
        said = super().clean()
        kind, note = self.cleaned_data.get("kind"), self.cleaned_data.get("note", "")
        if kind == PlaceMarker.Kind.OTHER and not note.strip():
            self.add_error("note", "Say what it warns of")
        return said


class MarkAddressForm(MarkForm):
    @classmethod
    def gives(cls) -> set[str]:
        return super().gives() | {"address"}


class MarkNumberForm(MarkForm):
    number = forms.CharField(label="Telephone number", max_length=40, help_text="With its area code")

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        if not phone(typed):
            raise ValidationError("Give the whole telephone number, with its area code")
        return typed


class MarkerEndedForm(TransitionForm):
    ends = DateField(label="When did it end?")


class WithdrawMarkerForm(BecauseForm):
    """Why it was a mistake."""
