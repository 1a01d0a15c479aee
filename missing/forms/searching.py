"""What is asked while a child is searched for."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from govuk.fields import MomentField
from missing.codes import EnquiryType
from missing.forms.answers import line, words
from missing.forms.report import not_in_the_future, still_to_come
from workflow.views import TransitionForm


class Whoever(forms.ModelChoiceField):
    """Somebody who works with missing children. Who that is is asked for each form anew, never when Python imports."""

    def __init__(self, label: str, *, required: bool = True) -> None:
        super().__init__(User.objects.none(), label=label, required=required, empty_label="Choose somebody")

    def __deepcopy__(self, memo: Any) -> Any:
        fresh = super().__deepcopy__(memo)
        fresh.queryset = who_may_do(Can.SEARCH_FOR_MISSING)
        return fresh


class EnquiryForm(TransitionForm):
    type = forms.ChoiceField(label="What was done?", choices=EnquiryType.choices, widget=forms.RadioSelect)
    result = words("What came of it?", 3)
    at = MomentField(label="When?", offer_now=True, required=False, help_text="Empty means just now")
    next_action = words("What follows from it?", 2, "Empty means nothing", required=False)

    def clean_at(self) -> Any:
        return not_in_the_future(self.cleaned_data["at"], "It cannot have been done later than now")


class ReviewForm(TransitionForm):
    said = words("What have you looked at, and what is to be done next?", 5)
    next_review_at = MomentField(label="By when does somebody look again?")

    def clean_next_review_at(self) -> Any:
        return still_to_come(self.cleaned_data["next_review_at"])


class UkmpuForm(TransitionForm):
    reference = line("Reference that the UK Missing Persons Unit gave", length=40)


class DailyForm(TransitionForm):
    decision = words("What does the meeting decide for this child?", 3)
    what = words("Is somebody to do something? What?", 2, "Empty means nothing more", required=False)
    owner = Whoever("Who does it?", required=False)
    due_at = MomentField(label="By when?", required=False)

    def clean_due_at(self) -> Any:
        return still_to_come(self.cleaned_data["due_at"])

    def clean(self) -> Any:
        said = super().clean() or {}
        if said.get("what", "").strip():
            for name, missing in (("owner", "Say who does it"), ("due_at", "Say by when")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        return said


class PassOnForm(TransitionForm):
    to = Whoever("Who has it from now on?")
    because = words("Why, and what do they have to know?", 3)


class BecauseForm(TransitionForm):
    because = words("Why?", 4)


class OfferForm(TransitionForm):
    to = line("Which force?", length=100)
    because = words("Why should they take it over?", 3)


class RefusedForm(TransitionForm):
    who = line("Who there said so?", "Name and rank")
    because = words("Why do they not take it?", 3)


class AcceptedForm(TransitionForm):
    who = line("Which inspector there accepted it?", "Name and rank")
    reference = line("Their reference", length=40)


class ActionForm(TransitionForm):
    what = words("What is to be done?", 2)
    owner = Whoever("Who does it?")
    due_at = MomentField(label="By when?")

    @classmethod
    def gives(cls) -> set[str]:
        return {"what", "owner", "due_at", "episode", "source"}

    def clean_due_at(self) -> Any:
        return still_to_come(self.cleaned_data["due_at"])


class HowForm(TransitionForm):
    how = words("How was it done, and what came of it?", 3)


class WhyNotForm(TransitionForm):
    how = words("Why is it not needed any more, or could not be done?", 3)
