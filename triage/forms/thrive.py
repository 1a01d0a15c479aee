"""THRIVE: six lines, each with a level; what could happen before we arrive; the risk over all."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms

from govuk.fields import LongTextField
from govuk.widgets import LongText, Radios
from triage.models import Grade, Risk, Thrive, ToldCaller
from triage.models.assessments import SIX
from triage.workflow import Assessment
from workflow.views import TransitionForm

LONGEST = 20_000
"""Letters in a narrative. Longer than any log we know of; more is refused with a message, and nothing typed is lost."""


def line(label: str, help_text: str = "", *, required: bool = False, rows: int = 2) -> LongTextField:
    widget = LongText(attrs={"rows": rows})
    return LongTextField(label=label, help_text=help_text, max_length=LONGEST, required=required, widget=widget)


def _level(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=f"{name}: level", choices=Risk.choices, widget=Radios(inline=True))


class ThriveForm(TransitionForm):
    """Written anew each time; the earlier ones stay."""

    threat_level, threat = _level("Threat"), line("Threat", "Who or what could cause harm")
    harm_level, harm = _level("Harm"), line("Harm", "What has happened or could happen, to whom")
    risk_level, risk = _level("Risk"), line("Risk", "How likely, and how soon")
    investigation_level = _level("Investigation")
    investigation = line("Investigation", "What can be lost by waiting")
    vulnerability_level = _level("Vulnerability")
    vulnerability = line("Vulnerability", "Who cannot protect themselves, and why")
    engagement_level = _level("Engagement")
    engagement = line("Engagement", "What the caller wants and will do")
    before_we_arrive = line("What could happen before we arrive?", required=True)
    overall = forms.ChoiceField(
        label="Overall risk",
        choices=Risk.choices,
        widget=Radios(inline=True),
        help_text="“Not known” counts as high until somebody knows",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return (set(cls.base_fields) - THRIVE_FIELDS) | {"assessment"}

    def facts(self) -> dict[str, Any]:
        rest = {name: value for name, value in self.cleaned_data.items() if name not in THRIVE_FIELDS}
        return {**rest, "assessment": self.assessment()}

    def assessment(self) -> Assessment:
        return Assessment(**{name: self.cleaned_data[name] for name in THRIVE_FIELDS})

    def pairs(self) -> list[tuple[Any, Any]]:
        """The six, each as its level and its line, for the page."""
        return [(self[f"{name}_level"], self[name]) for name in SIX]

    def rest(self) -> list[Any]:
        """The other fields, in their order, for the page."""
        return [field for field in self.visible_fields() if field.name not in THRIVE_FIELDS]


THRIVE_FIELDS = {field.name for field in fields(Assessment)}


class RegradeForm(ThriveForm):
    grade = forms.ChoiceField(label="New grade", choices=Grade.choices, widget=forms.RadioSelect)
    because = forms.CharField(label="Why the grade changes", max_length=500)
    caller_told = forms.ChoiceField(
        label="Has the caller been told?", choices=ToldCaller.choices, widget=forms.RadioSelect
    )

    field_order = ["grade", "because", "caller_told", *ThriveForm.base_fields]


BY_THEMSELVES = (Thrive.Trigger.INITIAL, Thrive.Trigger.REGRADE)
REASONS_TO_LOOK_AGAIN = [each for each in Thrive.Trigger.choices if each[0] not in BY_THEMSELVES]


class ReassessForm(ThriveForm):
    trigger = forms.ChoiceField(label="Why now?", choices=REASONS_TO_LOOK_AGAIN, widget=forms.RadioSelect)

    field_order = ["trigger", *ThriveForm.base_fields]


class ReopenForm(ThriveForm):
    because = line("Why is it opened again?", required=True)
    grade = forms.ChoiceField(label="Grade", choices=Grade.choices, widget=forms.RadioSelect)

    field_order = ["because", "grade", *ThriveForm.base_fields]
