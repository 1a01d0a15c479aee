"""At the scene and after it: units, the voice of each child, the outcome, the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from cases.forms import DetailsFields, HomeFields, ask_who, described_by
from cases.meet import Met
from govuk.fields import MomentField, YesNoNotKnownField
from matching.described import Described
from triage.forms.thrive import line
from triage.models import Category, Incident, ToldCaller
from triage.workflow import Voice
from workflow.views import TransitionForm

NOTICE_OR_WHY = "If there is no public protection notice (PPN): why not"


class AssignForm(TransitionForm):
    unit = forms.CharField(label="Unit on its way", max_length=80)


class BecauseForm(TransitionForm):
    because = line("Why?", required=True)


class VoiceForm(TransitionForm):
    """One child. Whoever was with them writes it, on a phone at the door or at a desk."""

    child = forms.CharField(label="Which child?", max_length=200, help_text="A name, or “not known” with a rough age")
    seen = YesNoNotKnownField(label="Has the child been seen?")
    spoken_to = YesNoNotKnownField(label="Has somebody spoken with the child?")
    with_whom = forms.CharField(label="Alone, or with whom?", max_length=200, required=False)
    own_words = line("What the child said, in their own words", "In quotes, as they said it", rows=3)
    demeanour = line(
        "How the child was",
        "Where were they when police came? How did they look, and how did they react to who cares for them?",
    )
    communicates = line("How the child communicates", "Also without words; a baby too")
    home = line("The home", "Who lives there, who comes and goes, who cares for the child next")
    wants = line("What the child wants to happen")
    why_not = line("If not seen: why not")
    who_will = forms.CharField(label="If not seen: who will see the child", max_length=200, required=False)
    see_by = MomentField(label="If not seen: by when", required=False)

    @classmethod
    def gives(cls) -> set[str]:
        return {"voice"}

    def facts(self) -> dict[str, Any]:
        return {"voice": Voice(**self.cleaned_data)}


class OutcomeForm(TransitionForm):
    """What was found and done."""

    outcome = line("What was found and done", required=True, rows=5)
    closing_category = forms.ChoiceField(label="Category as it is now", choices=Category.choices, widget=forms.Select)
    child = YesNoNotKnownField(label="Is a child involved?")
    child_seen = YesNoNotKnownField(label="Was each child seen and spoken to?")
    child_not_seen_because = line("If not: why, who will see the child, and by when", rows=3)


class CloseForm(TransitionForm):
    no_ppn_because = line("If a child is, or may be, involved and there is no PPN: why not", rows=3)


class AcceptNotSeenForm(TransitionForm):
    because = line(
        "Why police need not see the child",
        "Who has seen the child, when, and how we know that the child is safe",
        required=True,
    )


class EndForm(TransitionForm):
    because = line("Why will nobody attend?", required=True)
    child_safe_because = line(
        "If a child is, or may be, involved: how the child is known to be safe", "Who has seen the child, and when"
    )
    no_ppn_because = line(NOTICE_OR_WHY)
    caller_told = forms.ChoiceField(
        label="Has the caller been told?", choices=ToldCaller.choices, widget=forms.RadioSelect
    )


class DuplicateForm(TransitionForm):
    """The other incident is named by its number, as people say it."""

    to = forms.CharField(label="Number of the incident that goes on", max_length=40, help_text="For example INC-000123")
    because = line("How do we know that it is the same?", required=True)
    caller_told = forms.ChoiceField(
        label="Has the caller been told?", choices=ToldCaller.choices, widget=forms.RadioSelect
    )

    def clean_to(self) -> Incident:
        found: Incident | None = Incident.objects.filter(reference__iexact=self.cleaned_data["to"].strip()).first()
        if found is None:
            raise forms.ValidationError("No incident has this number")
        return found


class NamePersonForm(DetailsFields, HomeFields, TransitionForm):
    """Somebody in the incident: what part they have in it, and what is known of them."""

    field_order = ["part", *DetailsFields.base_fields, *HomeFields.base_fields]

    part = forms.CharField(
        label="What part do they have in it?", max_length=60, help_text="For example: child, parent, caller, victim"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"part", "person", "details", "home"}

    def facts(self) -> dict[str, Any]:
        return {"part": self.cleaned_data["part"], "details": self.details(), "home": self.home()}

    def described(self) -> Described:
        return described_by(self.cleaned_data)

    def meet(self, candidates: Sequence[Met]) -> None:
        """Ask whether it is one of these."""
        ask_who(self, candidates)


class SettleForm(forms.Form):
    how = forms.CharField(
        label="What was done about this row", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
