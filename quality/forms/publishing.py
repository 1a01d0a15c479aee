"""What is asked of a report or a newsletter."""

from __future__ import annotations

from typing import Any

from django import forms

from govuk.fields import DateField
from quality.models import Publication
from quality.workflow.publishing import Written
from strategy.forms.asking import area
from workflow.views import TransitionForm


class ChangeForm(TransitionForm):
    title = forms.CharField(label="What is it called?", max_length=120)
    begins_on = DateField(label="On which day does the period begin?", help_text="For example, 1 1 2026")
    ends_on = DateField(label="On which day does it end?", help_text="For example, 31 3 2026")
    text = forms.CharField(
        label="What is to be learned?",
        widget=area(12),
        help_text="Name nobody: no names, numbers of records, addresses or days. The figures come by themselves",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"written"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"written": Written(said["title"], said["begins_on"], said["ends_on"], said["text"])}


class WriteForm(ChangeForm):
    kind = forms.ChoiceField(label="What is it?", choices=Publication.Kind.choices, widget=forms.RadioSelect)
    field_order = ["kind", "title", "begins_on", "ends_on", "text"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"written", "kind"}

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "kind": self.cleaned_data["kind"]}
