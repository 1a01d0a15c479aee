"""What is asked when a strategy meeting is asked for, and answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.forms import PersonField
from cases.models import Person
from govuk.fields import MomentField, YesNoNotKnownField
from partners.disclose import Grounds
from partners.models import Agency, Basis, Informed
from strategy.about import NOTHING, Prefill
from strategy.workflow import Asked, Child
from workflow.views import TransitionForm

MOST_CHILDREN = 30


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class GroundsFields(forms.Form):
    """Why the law lets us send it."""

    basis = forms.ChoiceField(label="Lawful basis", choices=Basis.choices, widget=forms.RadioSelect)
    why_needed = forms.CharField(label="Why do they need it?", widget=area(2))
    informed = forms.ChoiceField(
        label="Has the family been told that we share?", choices=Informed.choices, widget=forms.RadioSelect
    )
    not_informed_because = forms.CharField(label="If they are not told: why?", required=False, widget=area(2))
    who_will_tell = forms.CharField(label="If not yet: who will tell them?", required=False, max_length=200)
    tell_by = MomentField(label="If not yet: by when?", required=False)

    def grounds(self) -> Grounds:
        return Grounds(**{name: self.cleaned_data[name] for name in GROUNDS})


GROUNDS = list(GroundsFields.base_fields)


class RequestForm(TransitionForm, GroundsFields):
    """A request for a strategy meeting. What is known already is filled in beforehand."""

    authority = forms.ModelChoiceField(
        label="Which authority is asked?",
        queryset=Agency.objects.filter(kind=Agency.Kind.SOCIAL_CARE, closed_at=None).order_by("name"),
        help_text="The one where the child lives",
    )
    known = forms.MultipleChoiceField(
        label="Which children is it about?", required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="Other children",
        required=False,
        widget=area(3),
        help_text="One on each line: a name, or the reference of somebody on record. Write “not known” if nobody knows",
    )
    why = forms.CharField(
        label="What makes you suspect significant harm?",
        widget=area(6),
        help_text="They are sent this as you write it. No refuge address, no other people's data",
    )
    risk_is_immediate = YesNoNotKnownField(
        label="Is the risk immediate?", hints={"not_known": "It is treated as immediate until somebody knows"}
    )

    field_order = ["authority", "known", "others", "why", "risk_is_immediate", *GROUNDS]
    prefill: Prefill = NOTHING

    @classmethod
    def gives(cls) -> set[str]:
        return {"asked", "grounds"}

    def fill(self, prefill: Prefill) -> None:
        """What is known of the record it is asked for."""
        self.prefill = prefill
        boxes = [(str(number), child.name) for number, child in enumerate(prefill.children)]
        if not boxes:
            del self.fields["known"]
            self.fields["others"].label = "Which children is it about?"
            return
        self.fields["known"].choices = boxes  # type: ignore[attr-defined]
        self.fields["known"].initial = [number for number, _ in boxes]

    def clean_others(self) -> list[Child]:
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        if len(lines) > MOST_CHILDREN:
            raise ValidationError(f"At most {MOST_CHILDREN} children in one meeting")
        if any(len(line) > 200 for line in lines):
            raise ValidationError("A name has at most 200 characters: one child on each line")
        return [_child(line) for line in lines]

    def clean(self) -> Any:
        said = super().clean() or {}
        if "others" in said and not said.get("known") and not said["others"]:
            self.add_error("others", "Say which child it is about. A name may be “not known”")
        return said

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        asked = Asked(
            authority=said["authority"],
            why=said["why"],
            risk_is_immediate=said["risk_is_immediate"],
            children=[*self._ticked(), *said["others"]],
            about=self.prefill.about,
            follows=self.prefill.follows,
        )
        return {"asked": asked, "grounds": self.grounds()}

    def _ticked(self) -> Sequence[Child]:
        return [self.prefill.children[int(number)] for number in self.cleaned_data.get("known", [])]


def _child(line: str) -> Child:
    """Somebody on record where the line is their reference; otherwise a name as written."""
    if not line.upper().startswith("PER-"):
        return Child(line)
    person = Person.objects.filter(reference__iexact=line).first()
    if person is None:
        raise ValidationError(f"Nobody on record has the reference {line}")
    return Child(person.name, person)


class AnswerForm(TransitionForm):
    by_name = forms.CharField(label="Who at the authority answered?", max_length=200, help_text="Name and post")
    because = forms.CharField(label="What did they say, and why?", widget=area(3))
    answered_at = MomentField(label="When did they answer?", offer_now=True)


class AskAgainForm(TransitionForm, GroundsFields):
    because = forms.CharField(
        label="Why do we ask again?", widget=area(4), help_text="They are sent this with the first request"
    )

    field_order = ["because", *GROUNDS]

    @classmethod
    def gives(cls) -> set[str]:
        return {"because", "grounds"}

    def facts(self) -> dict[str, Any]:
        return {"because": self.cleaned_data["because"], "grounds": self.grounds()}


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(4))


class RiskRoseForm(TransitionForm):
    because = forms.CharField(label="What has changed?", widget=area(3))


class WhichChildForm(TransitionForm):
    person = PersonField(label="Which child on record is it?")

    @classmethod
    def gives(cls) -> set[str]:
        return {"child", "person"}
