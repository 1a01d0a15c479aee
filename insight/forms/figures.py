"""What is asked of whoever explains a figure, has something done about it, or takes figures away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from govuk.fields import DateField
from insight.models import FigureExport, MonthlySnapshot
from quality.forms.fields import OfForm, StaffChoice
from strategy.forms.asking import area
from workflow.views import TransitionForm


class ExplainForm(TransitionForm):
    comment = forms.CharField(label="Why is it red, and what is done about it?", widget=area(4))


class ActionForm(OfForm):
    """Something to be done about a figure, which the page knows."""

    of = "figure"
    what = forms.CharField(label="What has to be done?", widget=area(3))
    owner = StaffChoice(label="Who does it?")
    due_on = DateField(label="By which day?")

    def facts(self) -> dict[str, Any]:
        kept: Any = self.__dict__["owner"]
        return {**self.cleaned_data, "figure": kept.code}


class MonthChoice(forms.ModelChoiceField):
    """A month that was kept; nothing chosen means the 30 days up to now."""

    def __init__(self, **options: Any) -> None:
        super().__init__(MonthlySnapshot.objects.none(), required=False, empty_label="The last 30 days", **options)


class ExportForm(forms.Form):
    snapshot = MonthChoice(label="Which figures?")
    format = forms.ChoiceField(
        label="As which file?", choices=FigureExport.Format.choices, widget=forms.RadioSelect, initial="ods"
    )
    for_whom = forms.CharField(label="Whom are they for?", max_length=200)
    purpose = forms.CharField(
        label="What are they for?", widget=area(3), help_text="It is written on the file, and kept with your name"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        months: QuerySet[MonthlySnapshot] = MonthlySnapshot.objects.order_by("-month")
        self.fields["snapshot"].queryset = months  # type: ignore[attr-defined]
