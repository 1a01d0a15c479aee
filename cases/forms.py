"""What is asked when somebody puts a person on record, or learns something of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from access.time import today as local_day
from accounts.models import User
from cases.meet import Met
from cases.models import Alias, Finding, Flag, HowKnown, Person, Relationship, SearchMade
from cases.models.person import Ethnicity, Sex
from cases.records import Details, Home, Source
from cases.workflow.people import PLANS, RISKS
from govuk.fields import DateField, MomentField, YesNoNotKnownField
from govuk.widgets import Radios
from matching.described import Described, Written
from matching.described import Home as WrittenHome
from matching.numbers import nhs_number
from places.lookup import normalise_postcode
from places.models import School
from search.find import Question
from workflow.views import TransitionForm

NEW = "new"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SourceForm(TransitionForm):
    """Something learned of a person: how we know, and who says so."""

    how = forms.ChoiceField(label="How do we know?", choices=HowKnown.choices, widget=forms.RadioSelect)
    says = forms.CharField(
        label="Who or which record says so?", max_length=200, help_text="A name, a system, a reference"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return set(cls.base_fields) - {"how", "says"} | {"source"}

    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"source": Source(how=said.pop("how"), says=said.pop("says")), **said}


class DetailsFields(forms.Form):
    """What is known of a person themselves. Every field may stay empty; the page then says "not known"."""

    given_names = forms.CharField(label="Given names", max_length=200, required=False)
    family_name = forms.CharField(label="Family name", max_length=200, required=False)
    born_on = DateField(
        label="Date of birth", required=False, help_text="For example, 27 3 2014. Empty means not known"
    )
    age = forms.IntegerField(
        label="Or about how old are they?", required=False, min_value=0, max_value=120, help_text="In years"
    )
    said_to_be_child = YesNoNotKnownField(
        label="Are they a child (under 18)?", hints={"not_known": "They are treated as a child until somebody knows"}
    )
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, widget=forms.RadioSelect)
    ethnicity = forms.ChoiceField(
        label="Ethnicity, as they describe it", choices=Ethnicity.choices, initial=Ethnicity.NOT_STATED
    )
    language = forms.CharField(label="Language they speak best", max_length=80, required=False)
    needs_interpreter = YesNoNotKnownField(label="Do they need an interpreter?")
    nhs_number = forms.CharField(label="NHS number", max_length=14, required=False)
    consistent_identifier = forms.CharField(
        label="Consistent child identifier",
        max_length=40,
        required=False,
        help_text="Where the law has named one (Children Act 2004, section 16LC)",
    )
    school_urn = forms.CharField(
        label="School (URN)", max_length=10, required=False, help_text="The number in the list of schools"
    )
    gp_practice = forms.CharField(label="GP practice", max_length=200, required=False)

    def clean_nhs_number(self) -> str:
        """Ten figures of which the last checks the others (NHS Data Dictionary, modulus 11)."""
        typed = self.cleaned_data["nhs_number"].strip()
        figures = nhs_number(typed)
        if typed and not figures:
            raise ValidationError("This is not an NHS number: check each figure")
        return figures

    def clean_school_urn(self) -> School | None:
        urn = self.cleaned_data["school_urn"].strip()
        if not urn:
            return None
        school = School.objects.filter(urn=urn).first()
        if school is None:
            raise ValidationError("No school has this URN: look it up in the list of schools")
        return school

    def details(self) -> Details:
        said = {name: self.cleaned_data[name] for name in DetailsFields.base_fields if name in self.cleaned_data}
        return Details(school=said.pop("school_urn"), **said)


class HomeFields(forms.Form):
    address = forms.CharField(label="Where do they live?", max_length=300, required=False, widget=_area(2))
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    starts = DateField(label="Since when?", required=False, help_text="Empty means not known")

    def clean_postcode(self) -> str:
        """A postcode of this country, as everybody writes it; anything else belongs to the address."""
        typed = self.cleaned_data["postcode"].strip()
        known = normalise_postcode(typed)
        if typed and known is None:
            raise ValidationError("This is not a UK postcode: check it, or write it as part of the address")
        return known or ""

    def home(self) -> Home | None:
        said = self.cleaned_data
        if not (said["address"].strip() or said["postcode"].strip()):
            return None
        return Home(said["address"], said["postcode"], said["starts"], said.get("ends"), said.get("uprn", ""))


class MeetForm(DetailsFields, HomeFields, SourceForm):
    """Somebody who may be on record already: the second time it is sent, it says who they are."""

    field_order = [*DetailsFields.base_fields, *HomeFields.base_fields]

    @classmethod
    def gives(cls) -> set[str]:
        return {"details", "home", "source"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        source = Source(how=said["how"], says=said["says"])
        return {"details": self.details(), "home": self.home(), "source": source}

    def described(self) -> Described:
        return described_by(self.cleaned_data)

    def meet(self, candidates: Sequence[Met]) -> None:
        """Ask whether it is one of these."""
        ask_who(self, candidates)


def described_by(said: dict[str, Any]) -> Described:
    """What a form says of a person, for comparison."""
    home = WrittenHome(said.get("address", ""), said.get("postcode", ""))
    born_on, age = said.get("born_on"), said.get("age")
    return Described(
        names=(Written(said.get("given_names", ""), said.get("family_name", "")),),
        born_on=born_on,
        born_about=born_between(age) if age is not None and not born_on else None,
        addresses=(home,) if home.address or home.postcode else (),
        nhs_number=said.get("nhs_number", ""),
    )


def born_between(age: int) -> tuple[date, date] | None:
    first, last = Details(age=age).born_between(local_day())
    return (first, last) if first and last else None


def who_field(candidates: Sequence[Met], *, more: Sequence[tuple[str, str]] = ()) -> forms.ChoiceField:
    """Is it one of these people? Each with what speaks for it and against."""
    choices = [(str(met.person.pk), in_words(met)) for met in candidates]
    hints = {str(met.person.pk): reasons_in_words(met) for met in candidates}
    return forms.ChoiceField(
        label="Have we met?",
        choices=[*choices, *more, (NEW, "None of these: somebody new")],
        widget=Radios(hints=hints),
        error_messages={"required": "Say whether it is one of these people, or somebody new"},
    )


def ask_who(form: forms.Form, candidates: Sequence[Met]) -> None:
    """Add the question to a form that somebody has already filled in."""
    form.fields["who"] = who_field(candidates)
    form.order_fields(["who", *form.fields])
    form.full_clean()


def in_words(met: Met) -> str:
    sure = {"likely": "Likely", "possible": "Possible"}[met.comparison.grade]
    return f"{met.person.name}, {met.person.reference} ({sure})"


def reasons_in_words(met: Met) -> str:
    said = [*met.flags, *met.comparison.reasons_for]
    said += [f"Against: {reason}" for reason in met.comparison.reasons_against]
    return ". ".join(said)


class CorrectForm(DetailsFields, TransitionForm):
    field_order = [*DetailsFields.base_fields]

    because = forms.CharField(label="Why does it change, or how do we know?", widget=_area(2))

    @classmethod
    def gives(cls) -> set[str]:
        return {"details", "because"}

    def facts(self) -> dict[str, Any]:
        return {"details": self.details(), "because": self.cleaned_data["because"]}


class NameForm(SourceForm):
    field_order = ["kind", "given_names", "family_name"]

    kind = forms.ChoiceField(label="What kind of name is it?", choices=Alias.Kind.choices, widget=forms.RadioSelect)
    given_names = forms.CharField(label="Given names", max_length=200, required=False)
    family_name = forms.CharField(label="Family name", max_length=200, required=False)


class HomeForm(HomeFields, SourceForm):
    field_order = ["address", "postcode", "uprn", "starts", "ends"]

    uprn = forms.CharField(
        label="UPRN", max_length=12, required=False, help_text="The Unique Property Reference Number, where known"
    )
    ends = DateField(label="Until when?", required=False, help_text="Empty means they live there now")

    @classmethod
    def gives(cls) -> set[str]:
        return {"home", "source"}

    def clean(self) -> Any:
        said = super().clean()
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "They cannot have left before they moved in")
        return said

    def facts(self) -> dict[str, Any]:
        home = self.home() or Home("")
        return {"home": home, "source": super().facts()["source"]}


class MovedOutForm(TransitionForm):
    ends = DateField(label="When did they leave?")

    @classmethod
    def gives(cls) -> set[str]:
        return {"home", "ends"}


class NoLongerForm(TransitionForm):
    ends = DateField(label="When did it end?")

    @classmethod
    def gives(cls) -> set[str]:
        return {"fact", "ends"}


class PersonField(forms.CharField):
    """Somebody on record, by the reference on their page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, "help_text": "Their reference, for example PER-001234", **options})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        person = Person.objects.filter(reference__iexact=typed.strip()).first()
        if person is None:
            raise ValidationError("Nobody on record has this reference")
        return person


class RelationshipForm(SourceForm):
    field_order = ["kind", "other", "starts"]

    kind = forms.ChoiceField(label="They are the", choices=Relationship.Kind.choices, widget=forms.RadioSelect)
    other = PersonField(label="of whom?")
    starts = DateField(label="Since when?", required=False, help_text="Empty means not known, or always")


class SightingForm(SourceForm):
    field_order = ["seen_at", "company", "address", "postcode", "note"]

    seen_at = MomentField(label="When were they seen?", offer_now=True)
    company = PersonField(label="With whom?", required=False)
    address = forms.CharField(label="Where?", max_length=300, required=False, widget=_area(2))
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    note = forms.CharField(label="What was seen?", required=False, widget=_area(3))

    @classmethod
    def gives(cls) -> set[str]:
        return super().gives() - {"address", "postcode"} | {"place"}

    def facts(self) -> dict[str, Any]:
        said = super().facts()
        address, postcode = said.pop("address"), said.pop("postcode")
        return {**said, "place": Home(address, postcode) if address or postcode else None}


class PhoneForm(SourceForm):
    field_order = ["number", "safe"]

    number = forms.CharField(label="Telephone number", max_length=40)
    safe = YesNoNotKnownField(label="Is it safe to call them on it?")


class ReferenceForm(SourceForm):
    field_order = ["system", "number"]

    system = forms.CharField(label="Which system?", max_length=80)
    number = forms.CharField(label="Its number for them", max_length=80)


class FlagForm(SourceForm):
    starts = DateField(label="Since when?", required=False, help_text="Empty means not known")
    ends = DateField(label="Until when?", required=False, help_text="Empty means it has not ended")

    def clean(self) -> Any:
        said = super().clean()
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "It cannot end before it starts")
        return said


class PlanForm(FlagForm):
    field_order = ["kind", "starts", "ends"]

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(kind, Flag.Kind(kind).label) for kind in PLANS],
        widget=forms.RadioSelect,
    )


class RiskForm(FlagForm):
    field_order = ["kind", "starts", "ends"]

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(kind, Flag.Kind(kind).label) for kind in RISKS],
        widget=forms.RadioSelect,
    )


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why", widget=_area(3))


class WithdrawForm(BecauseForm):
    @classmethod
    def gives(cls) -> set[str]:
        return {"fact", "because"}


class ProtectForm(TransitionForm):
    address = forms.CharField(label="The address", widget=_area(3))
    protected_because = forms.CharField(label="Why must nobody find it?", widget=_area(2))


class ConflictForm(TransitionForm):
    user = forms.ModelChoiceField(
        label="Who must never be shown this person?", queryset=User.objects.order_by("last_name", "first_name")
    )
    because = forms.CharField(label="Why", widget=_area(3))


class DecideForm(TransitionForm):
    decision = forms.ChoiceField(
        label="What is so?",
        choices=[each for each in Finding.Decision.choices if each[0] != Finding.Decision.NOTICE],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label="Why", widget=_area(4))


class SearchForm(forms.Form):
    """Who is looked for, and why."""

    text = forms.CharField(
        label="Who are you looking for?",
        max_length=200,
        error_messages={"required": "Write a name, an address, a number or a reference"},
        help_text="A name or part of one, however it is spelt; an address or postcode; a telephone number; a reference",
    )
    born_on = DateField(label="Date of birth", required=False, help_text="If you know it")
    age = forms.IntegerField(label="Or age", required=False, min_value=0, max_value=120)
    purpose = forms.ChoiceField(label="What is it for?", choices=SearchMade.Purpose.choices, widget=forms.RadioSelect)
    about = forms.CharField(
        label="Which one?", max_length=200, help_text="The reference of the incident or notice, or the reason"
    )

    def question(self) -> Question:
        said = self.cleaned_data
        return Question(text=said["text"], born_on=said["born_on"], age=said["age"])
