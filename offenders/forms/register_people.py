"""What is asked when somebody is taken on: registered, before sentence, not registered, or managed before."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Can
from accounts.duty import who_may_do
from accounts.models import User
from cases.forms import PersonField
from govuk.fields import DateField, MomentField
from govuk.widgets import Radios
from offenders.codes import Category, LeadAgency, Level, ManagedAs, Risk
from offenders.statutory import DISPOSALS
from offenders.workflow.registrations import Held, NominalFacts, RequirementFacts
from strategy.forms.asking import area
from workflow.views import TransitionForm

YES_NO = [("yes", "Yes"), ("no", "No")]
NOT_REGISTERED = [choice for choice in ManagedAs.choices if choice[0] != ManagedAs.RSO]
DAY = "For example, 27 3 2019"
NO_DAY = f"{DAY}. Empty means that the old record does not say"


class ManagerField(forms.ModelChoiceField):
    """Somebody whose own post is to manage offenders."""

    def __init__(self, **options: Any) -> None:
        super().__init__(User.objects.none(), **options)


class PersonAndManager(TransitionForm):
    """Whom, and by whom they are managed: always a named person."""

    person = PersonField(label="Who is it?")
    manager = ManagerField(label="Who manages them?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = who_may_do(Can.MANAGE_OFFENDERS)  # type: ignore[attr-defined]


class ExternalFields(forms.Form):
    external_system = forms.CharField(
        label="Which other system has the record?",
        max_length=40,
        required=False,
        help_text="ViSOR, or what replaces it. Empty means none yet",
    )
    external_ref = forms.CharField(label="What is its reference there?", max_length=40, required=False)

    def clean(self) -> Any:
        said = super().clean() or {}
        if bool(said.get("external_system", "").strip()) != bool(said.get("external_ref", "").strip()):
            missing = "external_ref" if said.get("external_system", "").strip() else "external_system"
            self.add_error(missing, "Give the system and its reference, or neither")
        return said


class MappaFields(forms.Form):
    category = forms.ChoiceField(label="MAPPA category", choices=Category.choices, initial=Category.ONE)
    level = forms.ChoiceField(label="MAPPA level", choices=Level.choices, initial=Level.ONE, widget=forms.RadioSelect)
    lead_agency = forms.ChoiceField(label="Lead agency", choices=LeadAgency.choices, initial=LeadAgency.POLICE)
    warnings = forms.CharField(
        label="What must whoever goes there know?",
        required=False,
        widget=area(2),
        help_text="Weapons, dogs, violence. Empty means that nothing is known",
    )


class RequirementFields(forms.Form):
    """What the notification period rests on."""

    offence = forms.CharField(label="Which offence?", max_length=200, help_text="As Schedule 3 names it")
    disposal = forms.ChoiceField(
        label="What did the court or police do?",
        choices=[(each.code, each.label) for each in DISPOSALS],
        widget=forms.RadioSelect,
    )
    relevant_on = DateField(label="Relevant date", help_text=f"Of the conviction, caution or finding. {DAY}")
    under_18 = forms.ChoiceField(
        label="Were they under 18 on that day?",
        choices=YES_NO,
        widget=Radios(inline=True),
        help_text="Then the period is half as long (section 82(2))",
    )
    discharged_until = DateField(
        label="Last day of a conditional discharge", required=False, help_text="Only for a conditional discharge"
    )

    def requirement(self) -> RequirementFacts:
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in RequirementFields.base_fields}
        return RequirementFacts(**{**said, "under_18": said["under_18"] == "yes"})


FACTS = ["managed_as", "manager", "external_system", "external_ref", "category", "level", "lead_agency", "warnings"]
NOTIFIED_AT: dict[str, Any] = {"label": "When were police told that they are ours?", "offer_now": True}


def facts_of(said: dict[str, Any], **more: Any) -> NominalFacts:
    return NominalFacts(**{name: said[name] for name in FACTS if name in said}, **more)


class RegisterForm(PersonAndManager, RequirementFields, ExternalFields, MappaFields):
    """Somebody the court has dealt with, or who moves here."""

    field_order = ["person", "manager", *RequirementFields.base_fields]

    notified_at = MomentField(**NOTIFIED_AT)

    @classmethod
    def gives(cls) -> set[str]:
        return {"person", "facts", "notified_at"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        about = facts_of({**said, "managed_as": ManagedAs.RSO.value}, requirements=(self.requirement(),))
        return {"person": said["person"], "facts": about, "notified_at": said["notified_at"]}


class TakeOnForm(PersonAndManager, ExternalFields, MappaFields):
    """A violent offender, or another who poses a risk and does not notify."""

    field_order = ["person", "managed_as", "manager"]

    managed_as = forms.ChoiceField(label="Why are they managed?", choices=NOT_REGISTERED, widget=forms.RadioSelect)
    notified_at = MomentField(**NOTIFIED_AT)

    @classmethod
    def gives(cls) -> set[str]:
        return {"person", "facts", "notified_at"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"person": said["person"], "facts": facts_of(said), "notified_at": said["notified_at"]}


class BeforeSentenceForm(PersonAndManager, MappaFields):
    field_order = ["person", "manager", "charged_with", "sentence_on"]

    charged_with = forms.CharField(label="What are they charged with?", widget=area(2))
    sentence_on = DateField(label="When are they to be sentenced?", required=False, help_text="Empty means not known")
    notified_at = MomentField(**NOTIFIED_AT)

    @classmethod
    def gives(cls) -> set[str]:
        return {"person", "facts", "notified_at", "charged_with", "sentence_on"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("person", "notified_at", "charged_with", "sentence_on")
        about = facts_of({**said, "managed_as": ManagedAs.RSO.value})
        return {**{name: said[name] for name in names}, "facts": about}


class TakeOverForm(PersonAndManager, RequirementFields, ExternalFields, MappaFields):
    """Somebody who was managed here before Longstop, with the days the old record holds."""

    field_order = ["person", "manager", "managed_as", *RequirementFields.base_fields]

    managed_as = forms.ChoiceField(label="Why are they managed?", choices=ManagedAs.choices, widget=forms.RadioSelect)
    last_notified_on = DateField(label="Last notification", required=False, help_text=NO_DAY)
    first_visited_on = DateField(label="First visit", required=False, help_text=NO_DAY)
    last_visited_on = DateField(label="Last visit", required=False, help_text=NO_DAY)
    assessed_on = DateField(label="Last approved assessment", required=False, help_text=NO_DAY)
    risk = forms.ChoiceField(label="Risk as it was assessed last", choices=Risk.choices, widget=forms.RadioSelect)
    interval_days = forms.IntegerField(
        label="Days between visits by the plan",
        required=False,
        min_value=1,
        max_value=730,
        help_text="Empty means that no plan says so",
    )
    reviewed_on = DateField(label="Last MAPPA review", required=False, help_text=NO_DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("offence", "disposal", "relevant_on", "under_18"):
            self.fields[name].required = False
        self.fields["offence"].help_text = "Of a registered sex offender: as Schedule 3 names it"

    @classmethod
    def gives(cls) -> set[str]:
        return {"person", "facts", "held"}

    def clean(self) -> Any:
        said = super().clean() or {}
        if said.get("managed_as") == ManagedAs.RSO:
            for name in ("offence", "disposal", "relevant_on", "under_18"):
                if name not in self.errors and not said.get(name):
                    self.add_error(name, "A registered sex offender has one: give it")
        return said

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        is_registered = said["managed_as"] == ManagedAs.RSO
        about = facts_of(said, requirements=(self.requirement(),) if is_registered else ())
        held = Held(**{name: said[name] for name in Held.__dataclass_fields__})
        return {"person": said["person"], "facts": about, "held": held}


class SentencedForm(ExternalFields, RequirementFields, TransitionForm):
    field_order = [*RequirementFields.base_fields]

    notified_at = MomentField(label="When were police told of the sentence?", offer_now=True)

    @classmethod
    def gives(cls) -> set[str]:
        return {"external_system", "external_ref", "requirements", "notified_at"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("external_system", "external_ref", "notified_at")
        return {**{name: said[name] for name in names}, "requirements": [self.requirement()]}


class RequirementForm(RequirementFields, TransitionForm):
    @classmethod
    def gives(cls) -> set[str]:
        return {"requirement"}

    def facts(self) -> dict[str, Any]:
        return {"requirement": self.requirement()}


class SentenceExpectedForm(TransitionForm):
    sentence_on = DateField(
        label="When are they to be sentenced now?", required=False, help_text="Empty means not known"
    )
    because = forms.CharField(label="How do we know?", widget=area(2))
