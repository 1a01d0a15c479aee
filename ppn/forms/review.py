"""What the steps of a notice ask for, from review to filing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from cases.forms import PersonField, who_field
from cases.meet import Met
from govuk.fields import YesNoNotKnown as Answer
from ppn.models import Decision, Grade, StrategyDecision, Trigger
from ppn.triggers import BY_HAND, TRIGGERS
from workflow.views import TransitionForm

SYSTEMS = [
    "Force records (RMS)",
    "Police National Database",
    "Police National Computer",
    "ViSOR",
    "Missing persons",
    "Earlier PPNs for the household",
    "Children's social care (flag as last confirmed)",
]


class PutBackForm(TransitionForm):
    because = forms.CharField(label="Why does it go back to the queue?", max_length=300)


class FoundAChildForm(TransitionForm):
    how_we_know = forms.CharField(
        label="How do we know?", help_text="The system or person that says so", max_length=300
    )


class SayWhoForm(TransitionForm):
    """Somebody the notice names: one of those they may be, somebody else on record, or somebody new."""

    OTHER = "other"

    who = forms.ChoiceField(widget=forms.RadioSelect)
    other = PersonField(label="If somebody else on record: who?", required=False)

    @classmethod
    def gives(cls) -> set[str]:
        return {"subject", "person"}

    def choose_from(self, candidates: Sequence[Met]) -> None:
        self.fields["who"] = who_field(candidates, more=[(self.OTHER, "Somebody else on record")])
        self.candidates = {str(met.person.pk): met.person for met in candidates}

    def clean(self) -> Any:
        said = super().clean() or {}
        if said.get("who") == self.OTHER and not said.get("other") and "other" not in self.errors:
            self.add_error("other", "Give their reference")
        return said

    def facts(self) -> dict[str, Any]:
        who = self.cleaned_data["who"]
        return {"person": self.cleaned_data["other"] if who == self.OTHER else self.candidates.get(who)}


YES_NO = [each for each in Answer.choices if each[0] != Answer.NOT_KNOWN]


class AssessForm(TransitionForm):
    """The secondary risk assessment. The questions that no box of the notice answers are asked here, each time."""

    systems_checked = forms.MultipleChoiceField(
        label="Systems checked", choices=[(name, name) for name in SYSTEMS], widget=forms.CheckboxSelectMultiple
    )
    assessment = forms.CharField(
        label="Your assessment",
        help_text="What the research adds, and what it means for each child",
        widget=forms.Textarea,
    )
    grade = forms.ChoiceField(label="Your grade", choices=Grade.choices, widget=forms.RadioSelect)
    because = forms.CharField(
        label="If it differs from the officer's grade: why", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    decision = forms.ChoiceField(label="What becomes of it?", choices=Decision.choices, widget=forms.RadioSelect)
    open_to = forms.CharField(label="If open already: to whom, or to which team?", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in BY_HAND:
            self.fields[f"asked_{code}"] = forms.ChoiceField(
                label=TRIGGERS[code], choices=YES_NO, widget=forms.RadioSelect(attrs={"inline": True})
            )

    @classmethod
    def gives(cls) -> set[str]:
        return {*cls.base_fields, "asked"}

    def facts(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if not name.startswith("asked_")}
        asked = {code: self.cleaned_data[f"asked_{code}"] for code in BY_HAND}
        return {**said, "systems_checked": "; ".join(said["systems_checked"]), "asked": asked}


class FileForm(TransitionForm):
    strategy_meeting = forms.ChoiceField(
        label="Is a strategy meeting needed?", choices=StrategyDecision.choices, widget=forms.RadioSelect
    )
    because = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 4}))


class CheckForm(TransitionForm):
    said = forms.CharField(
        label="What do you tell the officer?",
        help_text="What was good, and what is missing: the child's own words, who was seen, what was not asked",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AskForDetailForm(TransitionForm):
    question = forms.CharField(
        label="What do you need to know?",
        help_text="The notice stays where it is and its clock runs. Share now what is known now",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"ppn", "question"}


class AnswerDetailForm(TransitionForm):
    answer = forms.CharField(
        label="Your answer",
        help_text="“Not known” is an answer. Use people's own words in quotes",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ConsiderChildForm(TransitionForm):
    what_it_means = forms.CharField(
        label="What does this notice mean for them?",
        help_text="Seen by whom, safe where, who will see them and by when",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"child", "what_it_means"}


class ProposeForm(TransitionForm):
    proposal = forms.ChoiceField(
        label="What do you propose?", choices=Trigger.Proposal.choices, widget=forms.RadioSelect
    )
    because = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))


class DecideStrategyForm(TransitionForm):
    decision = forms.ChoiceField(label="Your decision", choices=StrategyDecision.choices, widget=forms.RadioSelect)
    because = forms.CharField(
        label="Why", help_text="“No” needs a reason as much as “yes”", widget=forms.Textarea(attrs={"rows": 4})
    )


class ForceALookForm(TransitionForm):
    code = forms.ChoiceField(
        label="What have you seen?",
        choices=[(code, TRIGGERS[code]) for code in BY_HAND],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="In your words", widget=forms.Textarea(attrs={"rows": 3}))


class ThrowAwayForm(TransitionForm):
    because = forms.CharField(label="Why will there be no notice?", max_length=300)


class ReopenForm(TransitionForm):
    because = forms.CharField(label="What is new?", widget=forms.Textarea(attrs={"rows": 3}))
