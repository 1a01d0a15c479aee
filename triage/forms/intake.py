"""Taking a call: in full, and the short set of questions for a child who calls or a call in which nobody speaks."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.time import now
from accounts.models import Team
from accounts.teams import response_areas
from govuk.fields import MomentField, YesNoNotKnownField
from govuk.widgets import Radios
from triage.forms.thrive import THRIVE_FIELDS, ThriveForm, line
from triage.models import Answer, Category, Channel, Grade, Risk
from triage.workflow import Abuse, Contact, not_asked
from workflow.views import TransitionForm

NOT_BY_HAND = (Channel.CALL_LOG, Channel.FEED)
SHORT = (Channel.SILENT, Channel.EMERGENCY, Channel.NON_EMERGENCY, Channel.ONLINE)
TREATED_AS_YES = {"not_known": "It is treated as yes until somebody knows"}


def not_in_the_future(moment: Any) -> Any:
    """When a call came in. A form says so before the verb does, at the field itself."""
    if moment and moment > now():
        raise ValidationError("The call cannot have come in later than now: look at the date and the time")
    return moment


def _short(label: str, help_text: str = "", length: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=length, required=False)


def _asked(label: str) -> YesNoNotKnownField:
    field = YesNoNotKnownField(label=label, initial=Answer.NOT_KNOWN.value)
    field.widget = Radios(choices=Answer.choices, inline=True)
    return field


class WhereAndWho(TransitionForm):
    """What every call asks first."""

    location = forms.CharField(label="Where?", max_length=300, help_text="House, street and postcode, if known")
    caller = _short("Who is calling?", "Empty means not given")
    caller_number = _short("Number they call from", "Empty means withheld or not known", 40)
    what_happened = line("What is happening?", required=True, rows=4)


class AbuseFields(forms.Form):
    """Asked where it may be domestic abuse. Nothing here holds a call up: each answer may be “not known”."""

    relationship = _short("What are they to each other?")
    abuse_before = _asked("Has there been abuse before?")
    level_before = _short("Risk level then, if known", length=100)
    marac = _asked("Heard at MARAC in the last 12 months?")
    weapons = _asked("Are there weapons?")
    drink_or_drugs = _asked("Has anybody been drinking or taking drugs?")
    orders_or_bail = _asked("Court orders or bail conditions?")
    suspect_there = _asked("Is the person still there?")
    codeword = _short("Codeword agreed", length=100)
    first_words = line("The caller's first words, as they were said")
    demeanour = line("How does the caller sound?")
    background = line("What can be heard in the background?")


ABUSE = {field.name for field in fields(Abuse)}


class TakeCallForm(AbuseFields, WhereAndWho, ThriveForm):
    """Intake: where, who, what, is a child there, THRIVE, grade."""

    channel = forms.ChoiceField(
        label="How did it come in?",
        choices=[each for each in Channel.choices if each[0] not in NOT_BY_HAND],
        widget=Radios(inline=True),
    )
    child = YesNoNotKnownField(label="Is a child there, or does a child live there?", hints=TREATED_AS_YES)
    children = line("The children: names, ages, how many. Are they safe now?", "Empty means not known")
    unborn_child = _asked("Is anybody there pregnant?")
    domestic_abuse = YesNoNotKnownField(label="Is it, or may it be, domestic abuse?")
    category = _short("In a few words", "The heading of the incident. Empty takes the first words of what happened")
    opening_category = forms.ChoiceField(
        label="Category", choices=Category.choices, initial=Category.NOT_KNOWN.value, widget=forms.Select
    )
    area = forms.ModelChoiceField(
        label="Area", queryset=Team.objects.none(), required=False, empty_label="Not known", widget=forms.Select
    )
    safe_number = _short("A safe number to call back", "Empty means not known", 40)
    safe_time = _short("When is it safe to call?", "Empty means not known", 100)
    may_leave_message = _asked("May we leave a message?")
    grade = forms.ChoiceField(label="Grade", choices=Grade.choices, widget=forms.RadioSelect)
    urgent_because = _short("Treat as urgent whatever the grade? Then say why", "Empty means no", 300)
    reported_at = MomentField(label="When did it come in?", help_text="Empty means now", required=False)

    field_order = [
        *("channel", "location", "caller", "caller_number", "what_happened", "child", "children", "domestic_abuse"),
        *AbuseFields.base_fields,
        *("unborn_child", "category", "opening_category", "area"),
        *ThriveForm.base_fields,
        *("grade", "urgent_because", "safe_number", "safe_time", "may_leave_message", "reported_at"),
    ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].queryset = response_areas()  # type: ignore[attr-defined]

    @classmethod
    def gives(cls) -> set[str]:
        return {"contact", "abuse", "assessment", "grade"}

    def clean_reported_at(self) -> Any:
        return not_in_the_future(self.cleaned_data["reported_at"])

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        contact = {name: said[name] for name in said if name not in THRIVE_FIELDS | ABUSE | {"grade"}}
        asked = said["domestic_abuse"] != Answer.NO
        abuse = Abuse(**{name: said[name] for name in ABUSE}) if asked else None
        return {"contact": Contact(**contact), "abuse": abuse, "assessment": self.assessment(), "grade": said["grade"]}

    def abuse_fields(self) -> list[Any]:
        return [self[name] for name in AbuseFields.base_fields]

    def abuse_is_open(self) -> bool:
        """Whether the page shows those questions at once: something is wrong with one, or it may be abuse."""
        return any(self[name].errors for name in AbuseFields.base_fields) or self["domestic_abuse"].value() == "yes"

    def more_is_open(self) -> bool:
        """Whether what most calls do not need is shown at once: something is wrong with it."""
        return any(self[name].errors for name in LATER)


LATER = (
    "safe_number",
    "safe_time",
    "may_leave_message",
    "urgent_because",
    "unborn_child",
    "category",
    "area",
    "reported_at",
)
CHILD_CALLS = "Not asked: a child is calling"
NOBODY_SPEAKS = "Not asked: nobody spoke"


class ShortCallForm(WhereAndWho):
    """A child is calling, or nobody speaks: only what is needed to send somebody. Risk not known counts as high."""

    channel = forms.ChoiceField(
        label="How did it come in?", choices=[(each.value, each.label) for each in SHORT], widget=Radios(inline=True)
    )
    child = YesNoNotKnownField(label="Is a child there, or is a child calling?", hints=TREATED_AS_YES)
    grade = forms.ChoiceField(
        label="Grade",
        choices=Grade.choices,
        widget=forms.RadioSelect,
        help_text="A silent call from where there is high-risk domestic abuse becomes Immediate by itself",
    )

    field_order = ["channel", "location", "caller", "caller_number", "what_happened", "child", "grade"]

    @classmethod
    def gives(cls) -> set[str]:
        return TakeCallForm.gives()

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        grade = said.pop("grade")
        silent = said["channel"] == Channel.SILENT
        contact = Contact(**said, caller_is_child=Answer.NOT_KNOWN.value if silent else said["child"])
        thrive = not_asked(NOBODY_SPEAKS if silent else CHILD_CALLS, Risk.NOT_KNOWN.value)
        return {"contact": contact, "abuse": None, "assessment": thrive, "grade": grade}


class RangAgainForm(TransitionForm):
    what_they_say = line("What do they say now?", required=True)
    child = YesNoNotKnownField(label="Is a child there?", hints=TREATED_AS_YES)


class UrgentForm(TransitionForm):
    because = forms.CharField(label="Why is it to be treated as urgent?", max_length=300)


class HowWeKnowForm(TransitionForm):
    how_we_know = forms.CharField(label="How do we know?", max_length=500, help_text="Who said so, or which record")


class AbuseForm(AbuseFields, TransitionForm):
    domestic_abuse = YesNoNotKnownField(label="Is it, or may it be, domestic abuse?")

    field_order = ["domestic_abuse", *AbuseFields.base_fields]

    @classmethod
    def gives(cls) -> set[str]:
        return {"domestic_abuse", "abuse"}

    def facts(self) -> dict[str, Any]:
        abuse = Abuse(**{name: self.cleaned_data[name] for name in ABUSE})
        return {"domestic_abuse": self.cleaned_data["domestic_abuse"], "abuse": abuse}
