"""What somebody of an agency is asked when they answer."""

from __future__ import annotations

from typing import Any

from django import forms

from govuk.fields import MomentField
from partners.forms import words
from partners.models import Agency, NoInterview, Outcome
from partners.portal.words import outcomes_for


class ReplyForm(forms.Form):
    """Nothing to fill in: that they say so is the answer."""

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "outcome" in self.fields:
            self.fields["outcome"].choices = outcomes_for(agency)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What the verb is told."""
        return dict(self.cleaned_data)

    def typed(self) -> list[tuple[str, str]]:
        """Each question that is answered in words, with what was typed."""
        texts = [self[name] for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return [(str(each.label), str(each.value())) for each in texts if str(each.value() or "").strip()]


class DecideForm(ReplyForm):
    outcome = forms.ChoiceField(label="What did you decide?", choices=[], widget=forms.RadioSelect)
    said = words("In your words", "Who does what, and by when", required=False)

    def clean(self) -> dict[str, Any]:
        """The verb asks the same; here it is said to whoever did it, at its field."""
        facts = super().clean() or {}
        if facts.get("outcome") == Outcome.ACTED and not facts.get("said", "").strip():
            self.add_error("said", "Say what you have done.")
        return facts


class ChangeForm(ReplyForm):
    outcome = forms.ChoiceField(label="What have you decided now?", choices=[], widget=forms.RadioSelect)
    said = words("What has changed?", "Who does what now, and by when")


class InterviewForm(ReplyForm):
    held_at = MomentField(label="When was it held?")
    said = forms.CharField(
        label="What came of it?",
        help_text="In the child's own words where you can: where they were, with whom, why they left, what they are "
        "afraid of. Leave it empty if it follows: the police go on waiting for it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def facts(self) -> dict[str, Any]:
        """What is left empty follows."""
        return {name: said for name, said in self.cleaned_data.items() if said}


class NoInterviewForm(ReplyForm):
    reason = forms.ChoiceField(label="Why was there none?", choices=NoInterview.choices, widget=forms.RadioSelect)
    said = words("What is known of it?", "When it was offered and how, and what the child said")


class AskForm(ReplyForm):
    said = words("What do you need to know?", "So that you can keep somebody safe")


class DisagreeForm(ReplyForm):
    said = words("What do you disagree with?")
    they_ask = words("What do you ask for, for the child?")


class DestroyedForm(ReplyForm):
    said = words("Who destroyed it, and when?", "Copies and print-outs too")
