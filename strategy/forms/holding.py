"""What is asked when a meeting is planned, and when it was held: who was there, and what was decided."""

from __future__ import annotations

from typing import Any

from django import forms

from govuk.fields import DateField, MomentField
from govuk.widgets import Radios
from strategy.codes import Group, Investigation, Kind, Medical, Mode, Presence, Section47
from strategy.forms.asking import area
from strategy.workflow import AttendeeFacts, Decisions, without_quorum
from workflow.views import TransitionForm

MOST_PEOPLE = 30


def _mode() -> forms.ChoiceField:
    return forms.ChoiceField(label="How is it held?", choices=Mode.choices, widget=forms.RadioSelect)


class PlanForm(TransitionForm):
    planned_for = MomentField(label="When will it be held?")
    mode = _mode()


class PlanAgainForm(PlanForm):
    because = forms.CharField(label="Why is it moved?", widget=area(2))


class AttendeeForm(forms.Form):
    """Somebody who was there, or sent apologies. A row without a name is nobody."""

    name = forms.CharField(label="Name", max_length=200)
    agency = forms.CharField(label="Agency", max_length=200)
    role = forms.CharField(label="Their role", max_length=200, help_text="For example, named nurse")
    group = forms.ChoiceField(label="They speak for", choices=[("", "Choose one"), *Group.choices])
    presence = forms.ChoiceField(
        label="Were they there?", choices=Presence.choices, initial=Presence.PRESENT, widget=Radios(inline=True)
    )

    def has_changed(self) -> bool:
        """A row in which nobody has written anything is empty, whatever is ticked in it."""
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("name", "agency", "role"))


STARTING = [Group.SOCIAL_CARE, Group.HEALTH, Group.POLICE, Group.EDUCATION]
"""Whom the first rows are meant for."""


class AttendeeFormSet(forms.BaseFormSet):
    item_name = "Person"

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        group = STARTING[index] if index is not None and index < len(STARTING) else ""
        return {"initial": {"group": group, "presence": Presence.PRESENT}}

    def people(self) -> list[AttendeeFacts]:
        return [AttendeeFacts(**form.cleaned_data) for form in self.forms if form.cleaned_data]


Attendees = forms.formset_factory(
    AttendeeForm, formset=AttendeeFormSet, extra=len(STARTING), max_num=MOST_PEOPLE, validate_max=True
)


class HoldForm(TransitionForm):
    """A meeting that was held. `attendees` is the formset of the people, set by the page."""

    held_at = MomentField(label="When was it held?", offer_now=True)
    mode = _mode()
    no_quorum_because = forms.CharField(
        label="If social care, police or health was not there: why did it go on?", required=False, widget=area(2)
    )
    section_47 = forms.ChoiceField(
        label="Does a section 47 enquiry start?", choices=Section47.choices, widget=forms.RadioSelect
    )
    section_47_because = forms.CharField(label="Why?", widget=area(3))
    investigation = forms.ChoiceField(
        label="Who investigates?", choices=Investigation.choices, widget=forms.RadioSelect
    )
    sees_child = forms.CharField(
        label=str(Kind.SEES_CHILD.label), widget=area(2), help_text="Write “not decided” if nobody said"
    )
    medical = forms.ChoiceField(label="Is a medical needed?", choices=Medical.choices, widget=forms.RadioSelect)
    medical_note = forms.CharField(label="Which, where and when", required=False, widget=area(2))
    safety = forms.CharField(label="Safety plan", widget=area(4), help_text="Write “not decided” if there is none yet")
    family_told = forms.CharField(
        label="What is the family told, by whom?", widget=area(3), help_text="Write “not decided” if nobody said"
    )
    other = forms.CharField(
        label="Anything else decided?", widget=area(3), help_text="Write “nothing else” if that was all"
    )
    next_on = DateField(label="Next discussion", required=False, help_text="Empty means that none was fixed")

    attendees: Any = None
    about_the_table = ("held_at", "mode")

    @classmethod
    def gives(cls) -> set[str]:
        return {"held_at", "mode", "attendees", "no_quorum_because", "decisions", "next_on"}

    def is_valid(self) -> bool:
        valid = all([super().is_valid(), self.attendees.is_valid()])
        if not valid:
            return False
        missing = without_quorum(self.attendees.people())
        if missing and not self.cleaned_data["no_quorum_because"].strip():
            names = " and ".join(str(each.label).lower() for each in missing)
            self.add_error("no_quorum_because", f"The meeting was without {names}: say why it went on")
        return not self.errors

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        own = ("held_at", "mode", "no_quorum_because", "next_on")
        facts = {name: said.pop(name) for name in own}
        return {**facts, "attendees": self.attendees.people(), "decisions": Decisions(**said)}

    def table(self) -> list[Any]:
        return [self[name] for name in self.about_the_table]

    def decided(self) -> list[Any]:
        return [field for field in self if field.name not in (*self.about_the_table, "no_quorum_because")]
