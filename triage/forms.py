"""What an incident asks for, at each of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms

from cases.forms import DetailsFields, HomeFields, ask_who, described_by
from cases.meet import Met
from govuk.fields import YesNoNotKnownField
from govuk.widgets import Radios
from matching.described import Described
from triage.models import Channel, Grade, Risk, Thrive
from triage.workflow import Assessment, Contact
from workflow.views import TransitionForm


def _line(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class ThriveForm(TransitionForm):
    """THRIVE, in six lines and a level. Written anew each time; the earlier ones stay."""

    threat = _line("Threat", "Who or what could cause harm")
    harm = _line("Harm", "What has happened or could happen, to whom")
    risk = _line("Risk", "How likely, and how soon")
    investigation = _line("Investigation", "What can be lost by waiting")
    vulnerability = _line("Vulnerability", "Who cannot protect themselves, and why")
    engagement = _line("Engagement", "What the caller wants and will do; a safe way to reach them")
    before_we_arrive = _line("What could happen before we arrive?")
    overall = forms.ChoiceField(label="Overall risk", choices=Risk.choices, widget=Radios(inline=True))

    @classmethod
    def gives(cls) -> set[str]:
        return (set(cls.base_fields) - _THRIVE) | {"assessment"}

    def facts(self) -> dict[str, Any]:
        rest = {name: value for name, value in self.cleaned_data.items() if name not in _THRIVE}
        return {**rest, "assessment": Assessment(**{name: self.cleaned_data[name] for name in _THRIVE})}


_THRIVE = {field.name for field in fields(Assessment)}
CHANNELS = [(value, label) for value, label in Channel.choices if value != Channel.CALL_LOG]


class TakeCallForm(ThriveForm):
    """Intake: what, where, is a child there, THRIVE, grade."""

    channel = forms.ChoiceField(label="How did it come in?", choices=CHANNELS, widget=Radios(inline=True))
    location = forms.CharField(label="Where?", max_length=300)
    caller = forms.CharField(label="Who called, and how to reach them safely", max_length=200, required=False)
    what_happened = forms.CharField(label="What is happening?", widget=forms.Textarea(attrs={"rows": 4}))
    child = YesNoNotKnownField(
        label="Is a child there, or does a child live there?",
        hints={"not_known": "It is treated as yes until somebody knows"},
    )
    grade = forms.ChoiceField(label="Grade", choices=Grade.choices, widget=forms.RadioSelect)

    field_order = ["channel", "location", "caller", "what_happened", "child", *ThriveForm.base_fields, "grade"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"contact", "assessment", "grade"}

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        grade = facts.pop("grade")
        assessment = facts.pop("assessment")
        return {"contact": Contact(**facts), "assessment": assessment, "grade": grade}


class RegradeForm(ThriveForm):
    grade = forms.ChoiceField(label="New grade", choices=Grade.choices, widget=forms.RadioSelect)
    because = forms.CharField(label="Why the grade changes", max_length=500)

    field_order = ["grade", "because", *ThriveForm.base_fields]


class ReassessForm(ThriveForm):
    TRIGGERS = [
        each for each in Thrive.Trigger.choices if each[0] not in (Thrive.Trigger.INITIAL, Thrive.Trigger.REGRADE)
    ]

    trigger = forms.ChoiceField(label="Why now?", choices=TRIGGERS, widget=forms.RadioSelect)

    field_order = ["trigger", *ThriveForm.base_fields]


class AssignForm(TransitionForm):
    unit = forms.CharField(label="Unit on its way", max_length=80)


class OutcomeForm(TransitionForm):
    """What was found and done."""

    outcome = forms.CharField(label="What was found and done", widget=forms.Textarea(attrs={"rows": 5}))
    child = YesNoNotKnownField(label="Is a child involved?")
    child_seen = YesNoNotKnownField(label="Was each child seen and spoken to?")
    child_not_seen_because = forms.CharField(
        label="If not: why, who will see the child, and by when",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(TransitionForm):
    no_ppn_because = forms.CharField(
        label="If a child is, or may be, involved and there is no PPN: why not",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndForm(TransitionForm):
    because = forms.CharField(label="Why will nobody attend?", widget=forms.Textarea(attrs={"rows": 3}))


class SettleForm(forms.Form):
    how = forms.CharField(
        label="What was done about this row", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NamePersonForm(DetailsFields, HomeFields, TransitionForm):
    """Somebody in the incident: what part they have in it, and what is known of them."""

    field_order = ["part", *DetailsFields.base_fields, *HomeFields.base_fields]

    part = forms.CharField(
        label="What part do they have in it?", max_length=60, help_text="For example: child, parent, caller, victim"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"part", "person", "details", "home"}

    def facts(self) -> dict[str, Any]:
        return {"part": self.cleaned_data["part"], "details": self.details(), "home": self.home()}

    def described(self) -> Described:
        return described_by(self.cleaned_data)

    def meet(self, candidates: Sequence[Met]) -> None:
        """Ask whether it is one of these."""
        ask_who(self, candidates)
