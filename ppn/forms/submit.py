"""A new notice, as an officer writes it: one page that can be sent with gaps that say they are gaps."""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import Any

from django import forms
from django.forms import CheckboxSelectMultiple, RadioSelect, Textarea

from govuk.fields import DateField, MomentField, YesNoNotKnownField
from ppn.forms.people import answer, line, words
from ppn.models import AbuseCategory, DomesticAbuseRisk, Grade, PoliceDid, Tool, Type
from ppn.workflow import AbuseAssessment, Harm, Notice
from workflow.views import TransitionForm


def ticks(label: str, choices: Any, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=CheckboxSelectMultiple, help_text=help_text, required=False
    )


class HarmFields(forms.Form):
    """What was done to whom. Each answer stands at "not known" until somebody knows."""

    abuse = ticks("What kind of harm is it, as far as you can tell?", AbuseCategory.choices)
    needs_protection_now = answer("Does a child need protecting at once?")
    who_has_child = words("Who has the child now?")
    police_did = ticks("What did police do?", PoliceDid.choices)
    injured = answer("Is a child injured?")
    injury_unexplained = answer("Is the injury unexplained, or does the explanation not fit?")
    injuries = words("Injuries", "Where, what, what colour, and what was said about them")
    not_mobile = answer("Is the injured child too young or unable to move about alone?")
    serious = answer("Has a child died or been seriously hurt?")
    sexual_activity = answer("Sexual activity of or with a child?")
    pregnant_under_18 = answer("Is somebody under 18 pregnant?")
    unborn = answer("Are you concerned for an unborn child?")
    online = answer("Did it happen online?")
    allegation_by_child = answer("Does a child say that a parent or carer harms them?")
    position_of_trust = answer("Does the adult work or volunteer with children?")
    crime_references = line("Crime numbers")


class AbuseFields(forms.Form):
    """The answers of DASH or DARA that change what has to be done."""

    tool = forms.ChoiceField(
        label="Which questions did you ask?", choices=Tool.choices, initial=Tool.NEITHER, required=False
    )
    tool_version = line("Version", longest=40)
    ticks = forms.IntegerField(label="Ticks of the checklist", required=False, min_value=0, max_value=50)
    professional_judgement = words(
        "Your professional judgement", "If you think the risk is higher than the ticks say: why. It never lowers it"
    )
    events_in_12_months = forms.IntegerField(
        label="Incidents in the last 12 months, this one included", required=False, min_value=0, max_value=999
    )
    last_marac_on = DateField(label="Last heard at MARAC on", required=False)
    honour_based = answer("Is it so-called honour-based abuse?")
    strangulation = answer("Strangulation or choking?")
    weapon = answer("A weapon?")
    pregnant = answer("Is the person harmed pregnant?")
    children_asked = answer("Did you ask the questions about the children?")


class SubmitForm(HarmFields, AbuseFields, TransitionForm):
    """A new notice. `subjects` is the formset of the people, set by the page."""

    types = forms.MultipleChoiceField(label="What is it about?", choices=Type.choices, widget=CheckboxSelectMultiple)
    child = YesNoNotKnownField(
        label="Is a child involved?",
        hints={
            "not_known": "It is treated as yes until somebody knows",
            "yes": "Seen, heard, living there or mentioned",
        },
    )
    grade = forms.ChoiceField(label="Your grade", choices=Grade.choices, widget=RadioSelect)
    da_risk = forms.ChoiceField(
        label="Domestic abuse risk (DASH or DARA)", choices=DomesticAbuseRisk.choices, widget=RadioSelect
    )
    narrative = forms.CharField(
        label="What happened",
        help_text="What you saw and heard, what police did. Use people's own words in quotes.",
        widget=Textarea(attrs={"rows": 8}),
    )
    first_known_at = MomentField(
        label="When did police first know?", help_text="The first call or contact, not when you arrived"
    )

    arises_from = None
    subjects: Any = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"notice", "subjects", "harm", "abuse"}

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.subjects.is_valid()])

    def facts(self) -> dict[str, Any]:
        said = {name: self._said(name) for name in self.cleaned_data}
        notice = {name: said[name] for name in ("types", "child", "grade", "da_risk", "narrative", "first_known_at")}
        domestic = Type.DOMESTIC_ABUSE in said["types"] or said["da_risk"] != DomesticAbuseRisk.NONE
        return {
            "notice": Notice(**notice, arises_from=self.arises_from),
            "harm": _of(Harm, said),
            "abuse": _of(AbuseAssessment, said) if domestic else None,
            "subjects": [form.facts() for form in self.subjects if form.cleaned_data],
        }

    def _said(self, name: str) -> Any:
        """What was left alone stands at what it was shown as."""
        value, shown = self.cleaned_data[name], self.fields[name].initial
        return value if value not in ("", None) or shown is None else str(shown)

    def boxes_of(self, fields: type[forms.Form]) -> list[Any]:
        return [self[name] for name in fields.base_fields]

    def harm_boxes(self) -> list[Any]:
        return self.boxes_of(HarmFields)

    def abuse_boxes(self) -> list[Any]:
        return self.boxes_of(AbuseFields)

    def abuse_is_open(self) -> bool:
        """Whether the questions about domestic abuse are open when the page comes back."""
        typed = self.data.getlist("types") if hasattr(self.data, "getlist") else []
        return Type.DOMESTIC_ABUSE.value in typed or any(box.errors for box in self.abuse_boxes())


def _of(kind: type[Any], said: dict[str, Any]) -> Any:
    return kind(**{field.name: said[field.name] for field in fields_of(kind)})
