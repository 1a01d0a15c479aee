"""What is asked when an agency is to be told of an offender."""

from __future__ import annotations

from typing import Any

from django import forms

from offenders.models import Nominal
from partners.models import Agency
from strategy.forms.asking import GroundsFields, area
from workflow.views import TransitionForm


class ProposeForm(TransitionForm):
    agency = forms.ModelChoiceField(
        label="Which agency is to know?", queryset=Agency.objects.filter(closed_at=None).order_by("kind", "name")
    )
    whom = forms.CharField(
        label="Who there is to read it?", max_length=200, help_text="A post, for example: designated safeguarding lead"
    )
    told = forms.CharField(
        label="Exactly what are they told?",
        widget=area(6),
        help_text="They read this as you write it, and nothing else of the record. No more than protects the child",
    )
    why = forms.CharField(label="Which child does it protect, and how?", widget=area(3))

    nominal: Nominal | None = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"nominal", "agency", "whom", "told", "why"}

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "nominal": self.nominal}


class TellForm(TransitionForm, GroundsFields):
    @classmethod
    def gives(cls) -> set[str]:
        return {"grounds"}

    def facts(self) -> dict[str, Any]:
        return {"grounds": self.grounds()}


class DoNotTellForm(TransitionForm):
    because = forms.CharField(label="Why are they not told?", widget=area(3))
