"""What a review asks for, and the feedback that follows it."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from govuk.fields import LongTextField
from govuk.widgets import LongText, Radios
from partners.models import Agency
from ppn.models import Grade as NoticeGrade
from quality.codes import Grade, Kind
from quality.kinds import KINDS
from quality.models import Review, SecondLook, Theme
from quality.workflow.reviewers import why_not_reviewer
from quality.workflow.reviews import LOW, Marked
from workflow.views import TransitionForm

DOES_NOT_APPLY = "na"
SCORES = [("3", "3"), ("2", "2"), ("1", "1"), ("0", "0"), (DOES_NOT_APPLY, "Does not apply")]
LONGEST = 5000


def box(label: str, *, rows: int = 3, required: bool = True, help_text: str = "") -> LongTextField:
    widget = LongText(attrs={"rows": rows})
    return LongTextField(label=label, max_length=LONGEST, required=required, widget=widget, help_text=help_text)


def radios(label: str, choices: Any, *, inline: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=Radios(inline=inline))


class LookBlindForm(TransitionForm):
    """What a second person would have decided."""

    grade = radios("Which grade would you give it?", NoticeGrade.choices, inline=False)
    recipients = forms.MultipleChoiceField(
        label="Whom would you tell?",
        choices=Agency.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None means nobody",
    )
    strategy = radios("Is a strategy meeting needed?", SecondLook.Answer.choices)
    timely = radios("Was it reviewed in time for the child?", SecondLook.Answer.choices)


class FinishForm(TransitionForm):
    """Every criterion of the kind of sample, a grade, and words for whoever did the work."""

    grade = radios("Over all", Grade.choices, inline=False)
    strengths = box("What was good?")
    to_improve = box("What could be better?", required=False, help_text="Empty means nothing; needed unless it is good")
    themes = forms.ModelMultipleChoiceField(
        label="What is it about?",
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Themes are counted across all samples, without anybody's name",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"grade", "strengths", "to_improve", "themes", "marks"}

    def offer(self, review: Review) -> None:
        """The criteria of this kind of sample, before everything else."""
        self.criteria = KINDS[Kind(review.sample.kind)].criteria
        names = []
        for criterion, words in self.criteria.items():
            self.fields[f"mark_{criterion}"] = radios(words, SCORES)
            self.fields[f"why_{criterion}"] = forms.CharField(
                label=f"Why? {words}", max_length=500, required=False, help_text="Needed for 0 and 1"
            )
            names += [f"mark_{criterion}", f"why_{criterion}"]
        self.order_fields([*names, *self.base_fields])
        themes: Any = self.fields["themes"]
        themes.queryset = Theme.objects.filter(state=Theme.State.IN_USE).order_by("name")

    def clean(self) -> Any:
        said = super().clean() or {}
        for criterion in self.criteria:
            score = said.get(f"mark_{criterion}", DOES_NOT_APPLY)
            if score != DOES_NOT_APPLY and int(score) < LOW and not said.get(f"why_{criterion}"):
                self.add_error(f"why_{criterion}", f"Say why it is {score}")
        if said.get("grade") not in (None, Grade.GOOD) and not said.get("to_improve"):
            self.add_error("to_improve", "Say what could be better")
        return said

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        marks = {each: _marked(said[f"mark_{each}"], said[f"why_{each}"]) for each in self.criteria}
        return {**{name: said[name] for name in self.base_fields}, "marks": marks}


def _marked(score: str, why: str) -> Marked:
    return Marked(None if score == DOES_NOT_APPLY else int(score), why)


class HandBackForm(TransitionForm):
    because = box("Why do you hand it back?", rows=2)


class GiveForm(TransitionForm):
    to = forms.ModelChoiceField(label="Who reviews it?", queryset=User.objects.none())
    because = box("Why somebody else?", rows=2)

    def offer(self, review: Review) -> None:
        """Those who may, and why the others may not."""
        everybody = who_may_do(Can.REVIEW_QUALITY)
        not_these = {person: why for person in everybody if (why := why_not_reviewer(review, person))}
        to: Any = self.fields["to"]
        to.queryset = everybody.exclude(pk__in=[person.pk for person in not_these])
        to.help_text = " ".join(f"{person}: {why}" for person, why in not_these.items())


class LeaveOutForm(TransitionForm):
    because = box("Why is it left out?", rows=2)


class SendForm(TransitionForm):
    to_supervisor = forms.TypedChoiceField(
        label="Does their supervisor at that time read it too?",
        choices=[("yes", "Yes"), ("no", "No: it is between the two of you")],
        coerce=lambda value: value == "yes",
        widget=Radios(inline=False),
    )


class AcknowledgeForm(TransitionForm):
    reply = box("What do you say to it?", required=False, help_text="Empty means nothing to add")
