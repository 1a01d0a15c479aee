"""What is asked of a recommendation and of an action."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Can
from access.time import now, today
from govuk.fields import DateField
from quality.forms.fields import OfferingForm, OfForm, StaffChoice
from quality.improvement_lengths import ACTION
from quality.measures import countable
from quality.models import Rag, Recommendation
from strategy.forms.asking import area
from workflow.views import TransitionForm


def _measures() -> list[tuple[str, str]]:
    """Asked when the form is shown: apps above add figures of their own."""
    return [(code, each.name) for code, each in countable().items()]


class MeasuresField(forms.MultipleChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=_measures, required=False, widget=forms.CheckboxSelectMultiple, **options)


class RecommendationForm(TransitionForm):
    source = forms.CharField(label="Which report does it stand in?", max_length=200)
    number = forms.CharField(label="Its number in that report", max_length=20)
    title = forms.CharField(label="In a few words", max_length=120)
    text = forms.CharField(label="What is recommended, as it is written", widget=area(6))
    kind = forms.ChoiceField(label="What kind is it?", choices=Recommendation.Kind.choices, widget=forms.RadioSelect)
    timescale = forms.ChoiceField(
        label="How soon is it to be met?", choices=Recommendation.Timescale.choices, widget=forms.RadioSelect
    )
    published_on = DateField(label="When was the report published?", help_text="Every clock counts from that day")
    measures = MeasuresField(label="Which figures show whether it is met?")


class SroForm(OfferingForm):
    sro = StaffChoice(Can.ANSWER_RECOMMENDATION, label="Who answers for it?")


class MeasuresForm(TransitionForm):
    measures = MeasuresField(label="Which figures show whether it is met?")


class PlanSentForm(TransitionForm):
    plan_ref = forms.CharField(label="Where is the action plan kept?", max_length=120)
    plan_sent_on = DateField(label="When was it sent to the inspectorate?")


class EvidenceForm(TransitionForm):
    what = forms.CharField(label="What does it show?", widget=area(4))
    where_it_is = forms.CharField(label="Where is it kept?", max_length=300, help_text="A folder, a system, a minute")
    dated_on = DateField(label="Of which day is it?")


class RateForm(TransitionForm):
    rag = forms.ChoiceField(label="How does it go?", choices=Rag.choices, widget=forms.RadioSelect)
    said = forms.CharField(label="Why?", widget=area(4))


class MetForm(TransitionForm):
    said = forms.CharField(label="How is it met?", widget=area(4))


class LookedForm(TransitionForm):
    said = forms.CharField(label="What have you looked at?", widget=area(4))


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(3))


class LetterForm(TransitionForm):
    letter = forms.CharField(label="Reference of the inspectorate’s letter", max_length=120)
    letter_on = DateField(label="Date of the letter")


class CommentForm(TransitionForm):
    comment = forms.CharField(label="Why is it red, and what is done about it?", widget=area(4))


class ActionForm(OfForm):
    of = "recommendation"
    what = forms.CharField(label="What has to be done?", widget=area(3))
    owner = StaffChoice(label="Who does it?")
    due_on = DateField(label="By when?")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_on"].initial = today() + ACTION.in_force(now())[0]


class DoneForm(forms.Form):
    """Whose word it is the workflow asks: this form makes no transition by itself."""

    said = forms.CharField(label="How was it done?", widget=area(4))
