"""The people of a notice, as an officer writes them down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import Textarea

from cases.models.person import Ethnicity
from govuk.fields import DateField, MomentField, YesNoNotKnownField
from govuk.fields import YesNoNotKnown as Answer
from ppn.models import Subject
from ppn.workflow import SubjectFacts

MOST_PEOPLE = 20


def answer(label: str, help_text: str = "") -> forms.ChoiceField:
    """A question that stands at "not known" until somebody knows."""
    return forms.ChoiceField(
        label=label, choices=Answer.choices, initial=Answer.NOT_KNOWN, help_text=help_text, required=False
    )


def words(label: str, help_text: str = "", rows: int = 2) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, widget=Textarea(attrs={"rows": rows}))


def line(label: str, help_text: str = "", longest: int = 200) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=longest)


class SubjectForm(forms.Form):
    """One person the notice is about."""

    part = forms.ChoiceField(label="Who is this?", choices=Subject.Part.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Name", max_length=200, help_text="Write “not known” if nobody knows it")
    born_on = DateField(
        label="Date of birth", required=False, help_text="For example, 27 3 2014. Empty means not known"
    )
    address = line("Where do they live?", "Empty means not known. Never a refuge or another protected address", 300)
    postcode = line("Postcode", longest=10)
    relationship = line("What are they to the child?", "Mother, step-father, neighbour. Empty means not known", 100)
    same_household = answer("Do they live with the child?")
    seen = YesNoNotKnownField(label="Did you see them?")
    spoken_to = YesNoNotKnownField(label="Did you speak to them, away from anyone they may fear?")
    with_whom = line("Alone, or with whom?")
    own_words = words("What they said, in their own words", rows=3)
    not_spoken_to_because = words("If not spoken to: why, who will, and by when")
    who_will = line("If not seen: who will see them?")
    see_by = MomentField(label="If not seen: by when?", required=False)
    where_found = words("Where they were when you came", "At midnight, alone? With whom?")
    appearance = words("How they looked", "Clothes, injuries, clean, fed, tired")
    demeanour = words("How they were", "Frightened, watchful, quiet, crying, as usual")
    communicates = words("How they communicate", "Words, signs, pointing, crying. A baby too")
    reaction_to_carer = words("How they were with the person caring for them")
    home = words("The home", "Food, beds, warmth, what is broken, animals")
    lives_here = words("Who lives there, and who is alone with the child")
    carer_intoxicated = answer("Is the person caring for them drunk or drugged?")
    next_carer_safe = answer("Is whoever cares for them next checked and safe?")
    wants = words("What they want to happen")
    looked_after = answer("Looked after by a council?")
    protection_plan = answer("On a child protection plan?")
    in_need = answer("On a child in need plan?")
    schooling = forms.ChoiceField(
        label="Education", choices=Subject.Schooling.choices, initial="not_known", required=False
    )
    school_said = line(
        "Which school, college or nursery?", "As somebody named it, or its number. Empty means not known"
    )
    gp_practice = line("GP practice")
    nhs_number = line("NHS number", longest=10)
    language = line("First language", longest=80)
    needs_interpreter = answer("Do they need an interpreter?")
    disability = line("Disability or need", longest=300)
    ethnicity = forms.ChoiceField(
        label="Ethnicity, as they describe it", choices=Ethnicity.choices, initial=Ethnicity.NOT_STATED, required=False
    )
    works_with_children = answer("Do they work or volunteer with children?")
    on_licence = answer("On licence, or a registered sex offender?")

    def facts(self) -> SubjectFacts:
        """What was left alone stands at what it was shown as."""
        said: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            shown = self.fields[name].initial
            said[name] = value if value not in ("", None) or shown is None else str(shown)
        return SubjectFacts(**said)


class SubjectFormSet(forms.BaseFormSet):
    item_name = "Person"


Subjects = forms.formset_factory(
    SubjectForm, formset=SubjectFormSet, extra=0, min_num=1, max_num=MOST_PEOPLE, validate_min=True, validate_max=True
)
