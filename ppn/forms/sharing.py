"""What is shared with whom, and why it may be."""

from __future__ import annotations

from typing import Any

from django import forms

from partners.disclose import Grounds
from partners.models import Agency, Basis, Informed
from workflow.views import TransitionForm


class ShareForm(TransitionForm):
    """What goes to whom, and why it may."""

    agencies = forms.ModelMultipleChoiceField(
        label="Share with", queryset=Agency.objects.order_by("kind", "name"), widget=forms.CheckboxSelectMultiple
    )
    summary = forms.CharField(
        label="What they are told",
        help_text="Kept as you write it, with the children's names and own words. No refuge address, "
        "no other people's data.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    basis = forms.ChoiceField(label="Lawful basis", choices=Basis.choices, widget=forms.RadioSelect)
    why_needed = forms.CharField(label="Why they need it", widget=forms.Textarea(attrs={"rows": 2}))
    informed = forms.ChoiceField(
        label="Has the family been told that we share?", choices=Informed.choices, widget=forms.RadioSelect
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"agencies", "summary", "grounds"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        grounds = Grounds(basis=said["basis"], why_needed=said["why_needed"], informed=said["informed"])
        return {"agencies": list(said["agencies"]), "summary": said["summary"], "grounds": grounds}
