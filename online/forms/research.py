"""What is asked of research: what was done, which address it leads to, who lives there, and what each system says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.forms import PersonField
from govuk.fields import DateField, MomentField, YesNoNotKnownField
from online.codes import CHECKS, Confidence, ResearchKind
from online.forms.begun import BegunForm
from online.models import Occupant
from online.workflow.occupants import Corrected
from online.workflow.research import AddressFacts, OccupantFacts, ResearchFacts
from places.lookup import normalise_postcode
from strategy.forms.asking import area
from workflow.views import TransitionForm

WORDS_ONLY = "Words only: no image is stored here, ever"


class ResearchForm(TransitionForm):
    """What was done, and what came of it."""

    kind = forms.ChoiceField(label="What kind of research is it?", choices=ResearchKind.choices)
    what = forms.CharField(label="What was done?", widget=area(3), help_text=WORDS_ONLY)
    result = forms.CharField(
        label="What came of it?", required=False, widget=area(3), help_text="Empty means that there is no answer yet"
    )
    at = MomentField(label="When was it done?", offer_now=True)
    asked_ref = forms.CharField(
        label="Number of the application or authority", required=False, max_length=80, help_text="If there is one"
    )
    next_step = forms.CharField(label="What comes next?", required=False, widget=area(2))
    next_on = DateField(label="On which day?", required=False)

    @classmethod
    def gives(cls) -> set[str]:
        return {"facts"}

    def facts(self) -> dict[str, Any]:
        return {"facts": ResearchFacts(**self.cleaned_data)}


class NoResearchForm(TransitionForm):
    because = forms.CharField(label="Why can nothing more be found out for now?", widget=area(4))
    recheck_on = DateField(label="On which day does somebody look again?")


class ResearchAgainForm(TransitionForm):
    because = forms.CharField(label="What can be done now?", widget=area(3))


class AddressForm(BegunForm):
    made = AddressFacts

    written = forms.CharField(label="Address", max_length=300, widget=area(2))
    postcode = forms.CharField(label="Postcode", max_length=10, required=False, help_text="Empty means not known")
    confidence = forms.ChoiceField(label="How sure is it?", choices=Confidence.choices, widget=forms.RadioSelect)
    how = forms.CharField(label="How do you come to this address?", widget=area(3))
    warnings = forms.CharField(
        label="What must officers know who go there?",
        required=False,
        widget=area(2),
        help_text="Animals, firearms, warnings. Empty means not known",
    )

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"].strip()
        known = normalise_postcode(typed)
        if typed and known is None:
            raise ValidationError("This is not a UK postcode: check it, or write it as part of the address")
        return known or ""


class AttributeForm(TransitionForm):
    because = forms.CharField(label="What makes it this address?", widget=area(3))


class RuleOutForm(TransitionForm):
    because = forms.CharField(label="Why is it not this address?", widget=area(3))


class CandidateAgainForm(TransitionForm):
    because = forms.CharField(label="Why may it be this address after all?", widget=area(3))


class WorkFields(forms.Form):
    """Asked for every adult, and for everybody whose age is not known."""

    works_with_children = YesNoNotKnownField(label="Do they work with children, paid or not?")
    post = forms.CharField(label="What do they do?", required=False, max_length=200)
    employer = forms.CharField(label="For whom?", required=False, max_length=200, help_text="Empty means not known")


class OccupantForm(WorkFields, BegunForm):
    made = OccupantFacts
    belongs_to = "at"
    field_order = ["name_said", "person", "age", "relation", "is_suspect"]

    name_said = forms.CharField(label="Who is it?", max_length=200, help_text="“Not known” is an answer")
    person = PersonField(
        label="Are they on record?",
        required=False,
        help_text="Their reference, for example PER-001234. Empty means that you do not know",
    )
    age = forms.ChoiceField(label="Are they an adult?", choices=Occupant.Age.choices, widget=forms.RadioSelect)
    relation = forms.CharField(
        label="What are they to the others there?", required=False, max_length=200, help_text="Empty means not known"
    )
    is_suspect = YesNoNotKnownField(label="Are they the suspect?")
    works_how = forms.CharField(
        label="How do you know about their work, or whom did you ask?",
        required=False,
        widget=area(2),
        help_text="Empty means that nobody has asked yet: it is asked before a level can be set",
    )


class WorkForm(WorkFields, TransitionForm):
    how = forms.CharField(label="How do you know, or whom did you ask?", widget=area(2))


class ChecksForm(TransitionForm):
    """One box for each system. What stays empty was not asked now."""

    at = MomentField(label="When were they asked?", offer_now=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for system in [*CHECKS, *(each for each in ASKED_AS_WELL if each not in CHECKS)]:
            self.fields[f"said_{system}"] = forms.CharField(
                label=f"{ResearchKind(system).label}: what was found?",
                required=False,
                widget=area(2),
                help_text="“Nothing” is an answer. Empty means that it was not asked",
            )

    @classmethod
    def gives(cls) -> set[str]:
        return {"results", "at"}

    def facts(self) -> dict[str, Any]:
        said = {name.removeprefix("said_"): text for name, text in self.cleaned_data.items() if name != "at"}
        return {"at": self.cleaned_data["at"], "results": {system: text for system, text in said.items() if text}}


ASKED_AS_WELL = [ResearchKind.VOTERS.value, ResearchKind.OPEN_SOURCE.value, ResearchKind.PARTNER.value]


class OccupantIsForm(TransitionForm):
    person = PersonField(label="Who are they on record?")
    because = forms.CharField(label="How do you know that it is them?", widget=area(2))


class CorrectForm(TransitionForm):
    name_said = forms.CharField(label="Who is it?", max_length=200, help_text="“Not known” is an answer")
    age = forms.ChoiceField(label="Are they an adult?", choices=Occupant.Age.choices, widget=forms.RadioSelect)
    relation = forms.CharField(label="What are they to the others there?", required=False, max_length=200)
    is_suspect = YesNoNotKnownField(label="Are they the suspect?")
    because = forms.CharField(label="How do you know?", widget=area(2))

    @classmethod
    def gives(cls) -> set[str]:
        return {"facts", "because"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"because": said.pop("because"), "facts": Corrected(**said)}


class GoneForm(TransitionForm):
    because = forms.CharField(label="How do you know that they do not live there?", widget=area(2))


class BackForm(TransitionForm):
    because = forms.CharField(label="How do you know that they live there?", widget=area(2))
