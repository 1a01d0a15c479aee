"""What is asked for a trigger plan, and for a Philomena form."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.forms import PersonField
from cohort.codes import Risk
from cohort.models import TriggerPlan
from cohort.workflow import FormFacts, TriggerFacts
from govuk.fields import MomentField
from strategy.forms.asking import area
from workflow.views import TransitionForm

NOT_KNOWN = "Empty means not known"
MOST_ACTIONS = 10
FLOORS = [(value, "None is set" if value == Risk.NOT_KNOWN else label) for value, label in Risk.choices]


def _text(label: str, rows: int = 2, hint: str = NOT_KNOWN) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=area(rows), help_text=hint)


class TriggerFields(TransitionForm):
    """What a trigger plan says."""

    first_actions = forms.CharField(
        label="What is done first?",
        widget=area(4),
        help_text="Three actions are usual, in their order: one on each line",
    )
    likely_places = _text("Where is the child likely to be?", 3)
    likely_people = _text("With whom is the child likely to be?", 3)
    phones = _text("Telephone numbers", 2)
    social_media = _text("Social media", 2)
    transport = _text("How does the child travel?", 2)
    risk_floor = forms.ChoiceField(
        label="At least which risk when the child is missing?", choices=FLOORS, widget=forms.RadioSelect
    )

    def clean_first_actions(self) -> list[str]:
        actions = [line.strip() for line in self.cleaned_data["first_actions"].splitlines() if line.strip()]
        if len(actions) > MOST_ACTIONS:
            raise forms.ValidationError(f"At most {MOST_ACTIONS}: what is done first must be read at a glance")
        return actions

    def said(self) -> TriggerFacts:
        return TriggerFacts(**{name: self.cleaned_data[name] for name in TRIGGER_FIELDS})


TRIGGER_FIELDS = list(TriggerFields.base_fields)


def trigger_initial(plan: TriggerPlan) -> dict[str, Any]:
    """The plan as the form shows it."""
    said = {name: getattr(plan, name) for name in TRIGGER_FIELDS}
    return {**said, "first_actions": "\n".join(plan.first_actions)}


class WriteTriggerForm(TriggerFields):
    person = PersonField(label="Which child?")
    field_order = ["person", *TRIGGER_FIELDS]

    @classmethod
    def gives(cls) -> set[str]:
        return {"person", "said"}

    def facts(self) -> dict[str, Any]:
        return {"person": self.cleaned_data["person"], "said": self.said()}


class ReviewTriggerForm(TriggerFields):
    @classmethod
    def gives(cls) -> set[str]:
        return {"said"}

    def facts(self) -> dict[str, Any]:
        return {"said": self.said()}


class AddToTriggerForm(TransitionForm):
    places = _text("Places to add", 3, "Empty means none")
    people = _text("People to add", 3, "Empty means none")
    because = forms.CharField(
        label="Where does it come from?",
        max_length=200,
        help_text="For example, told us in the return interview of 3 March. It is shown beside what you add",
    )

    def clean(self) -> Any:
        said = super().clean() or {}
        if not self.errors and not said["places"].strip() and not said["people"].strip():
            self.add_error("places", "Write at least one place or person to add")
        return said


class EndTriggerForm(TransitionForm):
    because = forms.CharField(label="Why does the child need no trigger plan any more?", widget=area(3))


class FormFields(TransitionForm):
    """What a Philomena form says."""

    description = forms.CharField(label="What does the child look like?", widget=area(3))
    features = _text("What tells them apart?", 2)
    friends = _text("Friends and associates", 3)
    places = _text("Places they go to", 3)
    medical_needs = _text("Medical needs", 2)
    medication = _text("Medication, and what happens without it", 2)
    money = _text("Money and cards they have", 2)
    phone = _text("Their telephone", 2)
    social_media = _text("Social media", 2)
    transport = _text("How do they travel?", 2)
    owner = forms.CharField(label="Who keeps the form?", max_length=200, help_text="The carer or authority, in words")


FORM_FIELDS = list(FormFields.base_fields)


class ReceiveForm(FormFields):
    person = PersonField(label="Which child is it about?")
    received_from = forms.CharField(label="Who sent it?", max_length=200, help_text="Name and where they work")
    received_at = MomentField(label="When did it come?", offer_now=True)
    field_order = ["person", *FORM_FIELDS, "received_from", "received_at"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"person", "said", "received_from", "received_at"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        own = {name: said.pop(name) for name in ("person", "received_from", "received_at")}
        return {**own, "said": FormFacts(**said)}


class ConfirmForm(TransitionForm):
    confirmed_by = forms.CharField(
        label="Who says that it is still right?",
        max_length=200,
        help_text="Name and where they work. If something has changed, record the new form instead",
    )
