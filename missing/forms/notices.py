"""What is asked when an authority or a school is told of a missing child, or is not."""

from __future__ import annotations

from typing import Any

from django import forms

from govuk.fields import DateField
from missing.models import MissingNotice
from missing.workflow.notices import usual_grounds
from partners.disclose import Grounds
from partners.models import Agency
from places.models import LocalAuthority, School
from strategy.forms.asking import GroundsFields, area
from workflow.views import TransitionForm


class SendForm(TransitionForm, GroundsFields):
    @classmethod
    def gives(cls) -> set[str]:
        return {"grounds"}

    def facts(self) -> dict[str, Any]:
        return {"grounds": self.grounds()}


class SendAllForm(GroundsFields):
    """One set of grounds for all of them; why each needs it is the usual."""

    why_needed = None  # type: ignore[assignment] # it differs between an authority and a school

    def each(self) -> dict[str, Grounds]:
        said = self.cleaned_data
        return {whom: Grounds(why_needed=usual_grounds(whom).why_needed, **said) for whom in MissingNotice.Whom.values}


class SchoolForm(TransitionForm):
    urn = forms.CharField(
        label="Number of the school (URN)",
        max_length=8,
        help_text="Six figures, from the register of schools. The missing team knows the schools of its children",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"school"}

    def clean_urn(self) -> str:
        urn: str = self.cleaned_data["urn"].strip()
        if not School.objects.filter(urn=urn).exists():
            raise forms.ValidationError("No school on record has this number. Check the six figures")
        return urn

    def facts(self) -> dict[str, Any]:
        return {"school": School.objects.get(urn=self.cleaned_data["urn"])}


class AuthorityForm(TransitionForm):
    agency = forms.ModelChoiceField(
        label="Which authority answers for the child?",
        queryset=Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE, closed_at=None).order_by("name"),
    )


class NotSentForm(TransitionForm):
    because = forms.CharField(label="Why are they not told?", widget=area(3))


class SchemeForm(forms.Form):
    authority = forms.ModelChoiceField(label="Local authority", queryset=LocalAuthority.objects.order_by("name"))
    starts = DateField(label="From which day?", help_text="For example, 27 3 2026")
    is_live = forms.TypedChoiceField(
        label="Are schools there told of missing children from then on?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label="What was agreed, and with whom?", widget=area(3))
