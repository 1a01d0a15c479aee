"""What is asked at a daily management meeting. Nothing is chosen beforehand."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Role
from briefing.models import Decision
from govuk.fields import MomentField
from partners.models import Agency
from quality.forms.fields import OfferingForm, OfForm, StaffChoice
from workflow.views import TransitionForm


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


POSTS = [("", "One person does it"), *((role.value, role.label) for role in Role)]


class DecideForm(OfferingForm):
    outcome = forms.ChoiceField(
        label="What does the meeting decide?", choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )
    decision = forms.CharField(
        label="The decision, in words", widget=area(3), help_text="Where nothing more is to be done: why"
    )
    what = forms.CharField(label="What is to be done?", widget=area(2), required=False)
    owner = StaffChoice(label="Who does it?", required=False, empty_label="Whoever holds a post")
    post = forms.ChoiceField(label="Or whoever holds which post?", choices=POSTS, required=False)
    by_when = MomentField(label="By when?", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == Decision.Outcome.ACT:
            if not said.get("what", "").strip():
                self.add_error("what", "Say what is to be done")
            if not said.get("owner") and not said.get("post"):
                self.add_error("owner", "Say who does it: one person, or one post")
            if not said.get("by_when") and "by_when" not in self.errors:
                self.add_error("by_when", "Say by when")
        return said


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(3))


class SaidForm(TransitionForm):
    said = forms.CharField(label="What was done, and what came of it?", widget=area(3))


class LookedForm(TransitionForm):
    said = forms.CharField(label="What have you looked at?", widget=area(3))


class MissingForm(TransitionForm):
    said = forms.CharField(label="What is missing?", widget=area(3))


class NotNeededForm(TransitionForm):
    said = forms.CharField(label="Why is it not needed any more?", widget=area(3))


class SignOffForm(TransitionForm):
    notes = forms.CharField(label="What else was said?", widget=area(4), required=False, help_text="Empty: nothing")
    because = forms.CharField(label="Did you not chair it? Then why do you sign off?", widget=area(2), required=False)


class ThereForm(OfForm):
    of = "meeting"
    person = StaffChoice(label="Who of the force is there?", required=False, empty_label="Nobody")
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Or somebody who speaks for which agency?", required=False, empty_label="None"
    )
    post = forms.CharField(
        label="What is their post?",
        max_length=120,
        required=False,
        help_text="Of one of us it is known already",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = Agency.objects.filter(closed_at=None).order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool(said.get("person")) == bool(said.get("agency")):
            self.add_error("person", "Choose one person of the force, or one agency")
        elif said.get("agency") and not said.get("post", "").strip():
            self.add_error("post", "Say what their post is at the agency")
        return said
