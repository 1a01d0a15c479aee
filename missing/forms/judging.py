"""What is asked when the risk of a missing child is graded, re-assessed, assessed, ratified, raised or lowered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms

from cohort.codes import Risk
from govuk.fields import MomentField, YesNoNotKnownField
from missing.codes import Question
from missing.forms.answers import answers, area, ask, line, pairs, words
from missing.forms.report import still_to_come
from missing.forms.searching import Whoever
from missing.models import RiskAnswer
from missing.workflow import Planned
from workflow.views import TransitionForm

JUDGED = [each for each in Risk if each != Risk.NOT_KNOWN]
MOST_ACTIONS = 12


def risk_field(label: str = "How high is the risk?", levels: Any = JUDGED) -> forms.ChoiceField:
    choices = [(each.value, each.label) for each in levels]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


def because_field(label: str = "Why do you judge it so?") -> forms.CharField:
    return words(label, 3)


def review_field() -> MomentField:
    return MomentField(label="By when does a supervisor look at it again?")


class GradeForm(TransitionForm):
    risk = risk_field()
    because = because_field()
    unit = line("Which unit goes?", "Empty means none yet", 80, required=False)
    attend_within = forms.IntegerField(
        label="With a low risk: within how many minutes was it agreed that somebody comes?",
        required=False,
        min_value=1,
        help_text="Never longer than four hours",
    )
    next_review_at = review_field()

    def clean_attend_within(self) -> timedelta | None:
        minutes = self.cleaned_data["attend_within"]
        return timedelta(minutes=minutes) if minutes else None

    def clean_next_review_at(self) -> Any:
        return still_to_come(self.cleaned_data["next_review_at"])


class ReassessForm(TransitionForm):
    caller_reached = YesNoNotKnownField(label="Was the caller reached?")
    what_changed = words("Has the risk changed? What is new?", 3, "“Nothing” is an answer")
    risk = risk_field(levels=Risk)
    decision = words("What do you decide?", 2)


class AskedForm(TransitionForm):
    """Questions about the risk, with what was answered last, each to be confirmed."""

    source = line("Who told you?", "Name, what they are to the child, and how to reach them")
    questions_asked: tuple[Question, ...] = tuple(Question)

    def __init__(self, *args: Any, before: Mapping[str, RiskAnswer] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask(self, self.questions_asked, before)

    @property
    def questions(self) -> list[tuple[Any, Any]]:
        return pairs(self)


class AssessForm(AskedForm):
    """Everything is asked once somebody is there."""

    risk = risk_field()
    because = because_field()

    @classmethod
    def gives(cls) -> set[str]:
        return {"answers", "risk", "because"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"answers": answers(self, said["source"]), "risk": said["risk"], "because": said["because"]}


class KnowMoreForm(TransitionForm):
    question = forms.ChoiceField(label="What is it about?", choices=Question.choices)
    answer = YesNoNotKnownField(label="The answer now")
    said = words("What was said?", 3)
    source = line("Who said so?", "Name, what they are to the child, and how to reach them")

    @classmethod
    def gives(cls) -> set[str]:
        return {"answers"}

    def facts(self) -> dict[str, Any]:
        from missing.workflow import Said

        said = self.cleaned_data
        return {"answers": [Said(said["question"], said["answer"], said["source"], said["said"])]}


class ActionRow(forms.Form):
    """One action of the plan. A row in which nothing is written is none."""

    what = forms.CharField(label="What is to be done?", widget=area(2))
    owner = Whoever("Who does it?")
    due_at = MomentField(label="By when?")

    def has_changed(self) -> bool:
        return bool(str(self.data.get(self.add_prefix("what"), "")).strip())

    def clean_due_at(self) -> Any:
        return still_to_come(self.cleaned_data["due_at"])


class ActionRows(forms.BaseFormSet):
    item_name = "Action"

    def planned(self) -> list[Planned]:
        return [Planned(**form.cleaned_data) for form in self.forms if form.cleaned_data]


Actions = forms.formset_factory(ActionRow, formset=ActionRows, extra=2, max_num=MOST_ACTIONS, validate_max=True)


class RatifyForm(TransitionForm):
    """The decision of the supervisor. `actions` is the formset of the plan, set by the page."""

    risk = risk_field("What is the risk?")
    because = because_field()
    next_review_at = review_field()
    actions: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"risk", "because", "plan", "next_review_at"}

    def clean_next_review_at(self) -> Any:
        return still_to_come(self.cleaned_data["next_review_at"])

    def is_valid(self) -> bool:
        rows = self.actions.is_valid() if self.actions is not None else True
        return super().is_valid() and rows

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "plan": self.actions.planned() if self.actions is not None else []}


class RiskForm(TransitionForm):
    risk = risk_field()
    because = because_field("Why?")
