"""What is asked when a return interview is asked for, answered, and read into the record."""

from __future__ import annotations

from typing import Any

from django import forms

from govuk.fields import MomentField, YesNoNotKnownField
from missing.models import InterviewRequest, Learned
from missing.workflow.interviews import WITHOUT, Found
from partners.models import Agency
from strategy.forms.asking import GROUNDS, GroundsFields, area
from workflow.views import TransitionForm

MOST_LEARNED = 40


class RequestForm(TransitionForm, GroundsFields):
    """A request for a return interview. What is known already is filled in beforehand."""

    agency = forms.ModelChoiceField(
        label="Which authority is asked?",
        queryset=Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE, closed_at=None).order_by("name"),
        help_text="The one that answers for the child, also where the child is placed elsewhere",
    )
    provider = forms.CharField(
        label="Who holds it for them?", max_length=200, required=False, help_text="Leave it empty if nobody knows"
    )

    field_order = ["agency", "provider", *GROUNDS]
    episode: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"episode", "agency", "provider", "grounds"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        about = {"agency": said["agency"], "provider": said["provider"]}
        return {**about, "episode": self.episode, "grounds": self.grounds()}


class HeldForm(TransitionForm):
    held_at = MomentField(label="When was it held?")
    by_whom = forms.CharField(label="Who held it?", max_length=200, help_text="Name and who they work for")


class CameForm(TransitionForm):
    who = forms.CharField(label="Who is it from?", max_length=200, help_text="Name and who they work for")
    held_at = MomentField(label="When was it held?", required=False, help_text="Leave it empty if nobody says")
    said = forms.CharField(label="What came of it?", widget=area(12), help_text="As it was sent, word for word")


class NoneForm(TransitionForm):
    outcome = forms.ChoiceField(
        label="Why was there none?",
        choices=[(value, label) for value, label in InterviewRequest.Outcome.choices if value in WITHOUT],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label="What is known of it?", widget=area(4), help_text="When it was offered, and how")
    who = forms.CharField(
        label="Who said so?", max_length=200, required=False, help_text="Leave it empty if they did not answer"
    )


class LearnedForm(forms.Form):
    """One thing that was learned. A row without words is nothing."""

    kind = forms.ChoiceField(label="What is it?", choices=[("", "Choose one"), *Learned.Kind.choices])
    text = forms.CharField(label="In words", max_length=300)
    to_plan = forms.BooleanField(label="Add it to the trigger plan", required=False)

    def has_changed(self) -> bool:
        return bool(str(self.data.get(self.add_prefix("text"), "")).strip())


class LearnedFormSet(forms.BaseFormSet):
    item_name = "Thing learned"

    def found(self) -> list[Found]:
        return [Found(**form.cleaned_data) for form in self.forms if form.cleaned_data]


LearnedRows = forms.formset_factory(
    LearnedForm, formset=LearnedFormSet, extra=4, max_num=MOST_LEARNED, validate_max=True
)


class ReadForm(TransitionForm):
    """What came, read into the record. `learned` is the formset of what was learned, set by the page."""

    opened = forms.CharField(widget=forms.HiddenInput)
    summary = forms.CharField(
        label="What does the next officer have to know?",
        widget=area(4),
        help_text="Whoever deals with the child next reads this, the risks and what was learned; not the text above",
    )
    risks = forms.CharField(
        label="Which risks does it show?", widget=area(3), help_text="Write “none” if it shows none"
    )
    plan_updated = YesNoNotKnownField(label="Is the trigger plan up to date with this?")

    learned: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"opened", "summary", "risks", "learned", "plan_updated"}

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.learned.is_valid()])

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "learned": self.learned.found()}

    def after(self) -> list[Any]:
        return [self[name] for name in ("summary", "risks")]
