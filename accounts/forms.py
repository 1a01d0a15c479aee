"""Signing in, and saying that one will be away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from accounts.models import Absence, User
from govuk.fields import MomentField


class SignInForm(AuthenticationForm):
    """User name and password; one message for every failure, so that it says nothing about who works here."""

    error_messages = {
        "invalid_login": "The user name or the password is not right.",
        "inactive": "The user name or the password is not right.",
    }


class AbsenceForm(forms.Form):
    """An absence cannot be saved without somebody to cover."""

    kind = forms.ChoiceField(label="Why", choices=Absence.Kind.choices, widget=forms.RadioSelect)
    starts = MomentField(label="Away from")
    ends = MomentField(label="Back on duty")
    cover = forms.ModelChoiceField(
        label="Who covers",
        help_text="From that moment everything you answer for goes to this person",
        queryset=User.objects.filter(is_active=True, is_outside=False).order_by("last_name", "first_name"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cover: Any = self.fields["cover"]
        cover.queryset = cover.queryset.exclude(pk=person.pk)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", "Back on duty must be after away from.")
        return said
