"""What is asked of somebody who prepares, checks or releases an evidence pack."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from govuk.fields import DateField
from insight.codes import CaseOf, ChildRule, Power, Profile
from insight.evidence_kinds import KINDS, Rule
from insight.workflow.evidence import Asked
from sla.calendar import local
from strategy.forms.asking import area
from workflow.views import TransitionForm


class AskForm(TransitionForm):
    requested_by = forms.CharField(label="Which inspector asks, and of which inspectorate?", max_length=200)
    power = forms.ChoiceField(label="Under which power?", choices=Power.choices, widget=forms.RadioSelect)
    power_named = forms.CharField(
        label="Which power is it, if another?", max_length=200, required=False, help_text="Leave it empty otherwise"
    )
    purpose = forms.CharField(label="What is it for?", widget=area(3))
    begins_on = DateField(label="On which day does the period begin?", help_text="For example, 1 1 2026")
    ends_on = DateField(label="On which day does it end?", help_text="For example, 31 3 2026")
    as_at_day = DateField(
        label="As at the beginning of which day?", required=False, help_text="Empty means as it stands now"
    )
    needed_by = DateField(
        label="By which day is it needed?", required=False, help_text="Empty means as the force has set it"
    )
    profile = forms.ChoiceField(label="How much of a record leaves?", choices=Profile.choices, widget=forms.RadioSelect)
    sample_size = forms.IntegerField(
        label="How many records of each queue are listed?",
        min_value=1,
        max_value=500,
        required=False,
        help_text="Empty means as the force has set it",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"asked"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        day = said.pop("as_at_day")
        return {"asked": Asked(**said, as_at=local(day) if day else None)}


def _groups() -> list[tuple[str, Any]]:
    """Grades, risks and levels, under the kind of case that has them."""
    named = [
        (str(CaseOf(of).label), [(f"{of}:{value}", label) for value, label in kind.groups])
        for of, kind in KINDS.items()
    ]
    return [("", "All of them"), *((label, choices) for label, choices in named if choices)]


class DrawForm(TransitionForm):
    """The pack is the one in the address; nobody types it."""

    owner: Any = None
    of = forms.ChoiceField(label="From what?", choices=CaseOf.choices, widget=forms.RadioSelect)
    group = forms.ChoiceField(label="Only of which grade, risk or level?", choices=_groups, required=False)
    child = forms.ChoiceField(label="With a child?", choices=ChildRule.choices, required=False)
    late = forms.BooleanField(label="Only those with a deadline that was missed", required=False)
    size = forms.IntegerField(
        label="How many?", min_value=1, max_value=500, required=False, help_text="Empty means as the force has set it"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"pack", "rule", "size"}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        of, _, group = said.get("group", "").partition(":")
        if of and of != said.get("of"):
            self.add_error("group", "Choose a grade, risk or level of the cases that you draw from.")
        return {**said, "group": group}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        rule = Rule(said["of"], said["group"], said["child"], said["late"])
        return {"pack": self.owner, "rule": rule, "size": said["size"]}


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(3))


class AddCaseForm(BecauseForm):
    owner: Any = None
    reference = forms.CharField(label="What is its number?", max_length=40)
    field_order = ("reference", "because")

    @classmethod
    def gives(cls) -> set[str]:
        return {"pack", "reference", "because"}

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "pack": self.owner}


class CheckForm(TransitionForm):
    words_read = forms.BooleanField(
        label="I have read the words that people wrote", required=False, help_text="Needed where the pack keeps them"
    )


class ReleaseForm(TransitionForm):
    readers = forms.ModelMultipleChoiceField(
        label="Who may read it?", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["readers"]
        field.queryset = who_may_do(Can.READ_EVIDENCE)

    def facts(self) -> dict[str, Any]:
        return {"readers": list(self.cleaned_data["readers"])}


class HandedBackForm(TransitionForm):
    said = forms.CharField(label="Who handed the copies back or destroyed them, and when?", widget=area(3))
