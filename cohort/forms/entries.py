"""What is asked when a child is proposed for the cohort, taken in, assessed, or leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from cases.forms import PersonField
from cohort.codes import Exploitation, Tool
from cohort.models import PlanStep
from govuk.widgets import Checkboxes
from partners.models import Agency
from strategy.forms.asking import area
from workflow.views import TransitionForm

MOST_EVIDENCE = 30


def authority_field(label: str, **options: Any) -> forms.ModelChoiceField:
    councils = Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE, closed_at=None).order_by("name")
    return forms.ModelChoiceField(label=label, queryset=councils, **options)


class WorkerField(forms.ModelChoiceField):
    """Somebody who may see the cohort."""

    def __init__(self, **options: Any) -> None:
        super().__init__(User.objects.none(), **options)


def offer_workers(form: forms.Form, name: str) -> None:
    form.fields[name].queryset = who_may_do(Can.SEE_COHORT)  # type: ignore[attr-defined]


class ProposeForm(TransitionForm):
    person = PersonField(label="Which child?")
    because = forms.CharField(label="Why should the child be in the cohort?", widget=area(4))
    evidence = forms.CharField(
        label="What does it rest on?",
        required=False,
        widget=area(3),
        help_text="References of records, one on each line. Empty means that it rests on none",
    )
    authority = authority_field(
        "Which authority is responsible?", required=False, empty_label="Not known yet", help_text="If you know it"
    )

    def clean_evidence(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]
        if len(lines) > MOST_EVIDENCE:
            raise forms.ValidationError(f"At most {MOST_EVIDENCE} records")
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError("A reference has at most 200 characters: one on each line")
        return lines


class AssessmentFields(TransitionForm):
    """What is known of the exploitation of a child."""

    exploitation = forms.MultipleChoiceField(
        label="Which exploitation is known of?",
        choices=Exploitation.choices,
        widget=Checkboxes(),
        help_text="Choose all that apply. “None known” is an answer",
    )
    tool = forms.ChoiceField(label="With which tool was it assessed?", choices=Tool.choices, widget=forms.RadioSelect)
    tool_score = forms.CharField(
        label="What was the score?", required=False, max_length=80, help_text="Empty means that it was not scored"
    )

    def clean_exploitation(self) -> list[str]:
        kinds: list[str] = self.cleaned_data["exploitation"]
        if Exploitation.NONE_KNOWN.value in kinds and len(kinds) > 1:
            raise forms.ValidationError("“None known” stands alone: take it away, or take the others away")
        return kinds

    def clean(self) -> Any:
        said = super().clean() or {}
        if said.get("tool") == Tool.NONE and said.get("tool_score", "").strip():
            self.add_error("tool_score", "A score comes from a tool: say which one")
        return said


class TakeInForm(AssessmentFields):
    because = forms.CharField(label="Why is the child taken in?", widget=area(4))
    authority = authority_field("Which authority is responsible?")
    lead = WorkerField(label="Who is the named worker?")

    field_order = ["because", "exploitation", "tool", "tool_score", "authority", "lead"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_workers(self, "lead")


class AssessForm(AssessmentFields):
    because = forms.CharField(label="What does it rest on?", widget=area(4))


class NotTakeForm(TransitionForm):
    because = forms.CharField(label="Why is the child not taken in?", widget=area(4))


class LeadForm(TransitionForm):
    lead = WorkerField(label="Who is the named worker now?")
    because = forms.CharField(label="Why does it change?", widget=area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_workers(self, "lead")


class AuthorityForm(TransitionForm):
    authority = authority_field("Which authority is responsible now?")
    because = forms.CharField(label="Why does it change?", widget=area(2))


class LeaveForm(TransitionForm):
    """`offer` adds a box for each open step: none is forgotten because the child leaves."""

    because = forms.CharField(label="Why does the child leave the cohort?", widget=area(4))

    steps: Sequence[PlanStep] = ()

    @classmethod
    def gives(cls) -> set[str]:
        return {"because", "answers"}

    def offer(self, steps: Sequence[PlanStep]) -> None:
        self.steps = steps
        for step in steps:
            self.fields[f"step_{step.pk}"] = forms.CharField(
                label=f"What becomes of: {step.what}",
                widget=area(2),
                help_text=f"{step.whose}. For example, who does it now, or why it need not be done",
            )

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"because": said["because"], "answers": {step.pk: said[f"step_{step.pk}"] for step in self.steps}}
