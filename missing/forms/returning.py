"""What is asked when a child is found, seen and heard, and when the episode is closed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms

from govuk.fields import MomentField, YesNoNotKnownField
from govuk.widgets import Checkboxes
from missing.codes import FoundBy, Harm
from missing.forms.answers import line, words
from missing.forms.report import not_in_the_future
from missing.workflow import Heard
from workflow.views import TransitionForm

EITHER = "Either “none known” or “not known yet”, or what harm there was"


def harm_field(*, alive: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="What harm came to the child?",
        choices=[each for each in Harm.choices if not (alive and each[0] == Harm.FATAL)],
        widget=Checkboxes(),
        error_messages={"required": "Say what harm came to the child. “Not known yet” is an answer"},
    )


def one_kind_of_answer(harm: list[str]) -> list[str]:
    if len(harm) > 1 and {Harm.NONE.value, Harm.NOT_KNOWN.value} & set(harm):
        raise forms.ValidationError(EITHER)
    return harm


class FoundForm(TransitionForm):
    found_at = MomentField(label="When was the child found?", offer_now=True)
    where = line("Where?", length=300)
    found_by = forms.ChoiceField(label="Who found the child?", choices=FoundBy.choices, widget=forms.RadioSelect)
    how = words("How, and where is the child now?", 3)
    harm = harm_field()

    def clean_found_at(self) -> Any:
        return not_in_the_future(self.cleaned_data["found_at"], "The child cannot have been found later than now")

    def clean_harm(self) -> list[str]:
        return one_kind_of_answer(self.cleaned_data["harm"])


class InterviewForm(TransitionForm):
    at = MomentField(label="When did you see the child?", offer_now=True)
    place = line("Where?", length=300)
    own_words = words(
        "What did the child say, in their own words?", 5, "Word for word. If they said nothing, write that they did not"
    )
    demeanour = words("How were they?", 3, "Mood, manner, clothes, injuries; with whom they were at ease")
    why_left = words("Why did they leave?", 2, "“Not known” is an answer")
    where_been = words("Where were they?", 2, "“Not known” is an answer")
    with_whom = words("With whom?", 2, "“Not known” is an answer")
    harm = harm_field(alive=True)
    exploitation = YesNoNotKnownField(label="Is there any sign of sexual or criminal exploitation?")
    crime = words("Did they tell you of a crime?", 2, "Empty means that they did not", required=False)
    wants_to_talk_to = line("Whom do they want to talk to?", "“Nobody” is an answer", 300)
    safe_now_because = words("What was done so that the child is safe now?", 3)

    @classmethod
    def gives(cls) -> set[str]:
        return {"heard"}

    def clean_at(self) -> Any:
        return not_in_the_future(self.cleaned_data["at"], "You cannot have seen the child later than now")

    def clean_harm(self) -> list[str]:
        return one_kind_of_answer(self.cleaned_data["harm"])

    def facts(self) -> dict[str, Any]:
        return {"heard": Heard(**{each.name: self.cleaned_data[each.name] for each in fields(Heard)})}


class CloseForm(TransitionForm):
    no_ppn_because = words("If there is no PPN about this return: why?", 3, "Empty where there is one", required=False)
