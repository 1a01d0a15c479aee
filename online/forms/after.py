"""What is asked of suspects, bail, safety plans, the designated officer, devices and closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property

from cases.forms import PersonField
from documents.models import Attachment
from govuk.fields import MomentField
from govuk.widgets import Radios
from online.models import Occupant, OnlineCase, Suspect
from online.workflow.bail import BailFacts, Conditions
from online.workflow.devices import DeviceFacts
from online.workflow.lado import LadoSaid
from online.workflow.safety_plans import SafetyFacts
from online.workflow.suspects import SuspectFacts
from partners.models import Agency
from strategy.forms.asking import GroundsFields, area
from workflow.views import TransitionForm

NONE = "“None, because …” is an answer"


class Because(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(4))


class Said(TransitionForm):
    said = forms.CharField(label="What was said?", widget=area(4))


class SuspectForm(TransitionForm):
    """Of the people at its addresses, or by name."""

    occupant = forms.ModelChoiceField(
        label="Is it somebody who lives at an address?",
        queryset=Occupant.objects.none(),
        required=False,
        empty_label="No, or not known",
    )
    name_said = forms.CharField(label="Who is suspected?", max_length=200, help_text="“Not known” is an answer")
    person = PersonField(label="Are they on record?", required=False)
    suspected_at = MomentField(label="Since when are they suspected?", offer_now=True)
    case: OnlineCase | None = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"case", "facts"}

    def about(self, case: OnlineCase) -> None:
        self.case = case
        there = Occupant.objects.filter(online_case=case, state=Occupant.State.THERE).exclude(age=Occupant.Age.CHILD)
        self.fields["occupant"].queryset = there.order_by("name_said")  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return {"case": self.case, "facts": SuspectFacts(**self.cleaned_data)}


class SuspectIsForm(TransitionForm):
    person = PersonField(label="Who is it on record?")


class ArrestedForm(TransitionForm):
    at = MomentField(label="When were they arrested?", offer_now=True)


class VolunteerForm(TransitionForm):
    at = MomentField(label="When were they interviewed?", offer_now=True)
    because = forms.CharField(
        label="Why were they not arrested?",
        widget=area(4),
        help_text="No bail conditions protect a child after a voluntary interview",
    )


class Protects(forms.Form):
    protects = forms.CharField(
        label="How is the child protected now?",
        widget=area(4),
        required=False,
        help_text="Needed where a child is linked with the case",
    )


class ReleaseForm(TransitionForm, Protects):
    at = MomentField(label="When were they released?", offer_now=True)
    because = forms.CharField(label="Why without bail and its conditions?", widget=area(4))
    field_order = ["at", "because", "protects"]


class ChargeForm(TransitionForm, Protects):
    at = MomentField(label="When were they charged or summonsed?", offer_now=True)
    said = forms.CharField(label="With what, and on what conditions until court?", widget=area(4))
    field_order = ["at", "said", "protects"]


class NfaForm(TransitionForm, Protects):
    at = MomentField(label="When was it decided?", offer_now=True)
    because = forms.CharField(label="Why is no further action taken?", widget=area(4))
    field_order = ["at", "because", "protects"]


class DiedForm(TransitionForm):
    at = MomentField(label="When did they die?", offer_now=True)
    said = forms.CharField(label="How do we know, and who has been told?", widget=area(4))


class ReviewedForm(TransitionForm, Protects):
    said = forms.CharField(label="What is missing for a decision, and by when does it come?", widget=area(4))
    field_order = ["said", "protects"]


class ConditionsFields(forms.Form):
    contact = forms.CharField(label="Conditions on contact", widget=area(3), help_text=NONE)
    address = forms.CharField(label="Conditions on where they live and may go", widget=area(3), help_text=NONE)
    devices = forms.CharField(label="Conditions on devices and the internet", widget=area(3), help_text=NONE)

    def conditions(self) -> Conditions:
        return Conditions(**{name: self.cleaned_data[name] for name in ConditionsFields.base_fields})


class BailForm(TransitionForm, ConditionsFields):
    """With the safety plan, or why it is not there yet."""

    released_at = MomentField(label="When were they released?", offer_now=True)
    custody_officer = forms.CharField(label="Which custody officer gave bail?", max_length=200)
    expires_at = MomentField(label="When does bail end?")
    plan = forms.CharField(
        label="Safety plan: how is the child kept safe?",
        widget=area(5),
        required=False,
        help_text="Where a child is linked: who lives where, who sees the child, who checks",
    )
    agreed_with = forms.CharField(label="With whom was the plan agreed?", max_length=300, required=False)
    why_no_plan = forms.CharField(
        label="If there is no plan yet: why not?", widget=area(2), required=False, help_text="It is due within a day"
    )
    suspect: Suspect | None = None
    field_order = ["released_at", "custody_officer", "expires_at", "contact", "address", "devices"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"suspect", "facts", "plan", "why_no_plan"}

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.cleaned_data.get("plan") and not self.cleaned_data.get("agreed_with"):
            self.add_error("agreed_with", "Say with whom the plan was agreed; “nobody, because …” is an answer")
        return cleaned

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("released_at", "expires_at", "custody_officer")
        plan = SafetyFacts(said["plan"], said["agreed_with"]) if said["plan"].strip() else None
        return {
            "suspect": self.suspect,
            "facts": BailFacts(**{name: said[name] for name in names}, conditions=self.conditions()),
            "plan": plan,
            "why_no_plan": said["why_no_plan"],
        }


class ExtendForm(TransitionForm):
    rule = forms.ChoiceField(label="By whose authority?", widget=Radios(inline=False))
    authorised_by = forms.CharField(
        label="Who authorised it?", max_length=200, help_text="Rank and name, or which court"
    )
    until = MomentField(label="Until when?")
    because = forms.CharField(label="Why is it needed and proportionate?", widget=area(4))


class VaryForm(TransitionForm, ConditionsFields):
    authorised_by = forms.CharField(label="Which custody officer or court varied them?", max_length=200)
    because = forms.CharField(label="Why, and how do the new ones protect the child?", widget=area(4))
    field_order = ["contact", "address", "devices", "authorised_by", "because"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"conditions", "authorised_by", "because"}

    def facts(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("authorised_by", "because")}
        return {"conditions": self.conditions(), **said}


class CourtAskedForm(TransitionForm):
    said = forms.CharField(label="Which court was asked, and when does it hear it?", widget=area(3))


class BreachForm(TransitionForm):
    known_at = MomentField(label="When did the first of us know?", offer_now=True)
    what = forms.CharField(
        label="What happened?",
        widget=area(5),
        help_text="Which condition was broken and how; what was done at once for the child",
    )


class BreachDecidedForm(TransitionForm):
    said = forms.CharField(label="What follows, and how is the child protected now?", widget=area(4))


class LapseForm(TransitionForm, Protects):
    said = forms.CharField(label="Why did it run out, and what follows?", widget=area(4))
    field_order = ["said", "protects"]


class PlanForm(TransitionForm):
    plan = forms.CharField(
        label="How is the child kept safe?", widget=area(8), help_text="Who lives where, who sees the child, who checks"
    )
    agreed_with = forms.CharField(
        label="With whom was it agreed?", max_length=300, help_text="“Nobody, because …” is an answer"
    )
    document = forms.ModelChoiceField(
        label="Is there a paper of it?",
        queryset=Attachment.objects.none(),
        required=False,
        empty_label="No",
        help_text="Added to the documents of the investigation",
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"facts"}

    def papers(self, rows: QuerySet[Attachment]) -> None:
        self.fields["document"].queryset = rows  # type: ignore[attr-defined]

    @cached_property
    def plan_said(self) -> SafetyFacts:
        names = ("plan", "agreed_with", "document")
        return SafetyFacts(**{name: self.cleaned_data[name] for name in names})

    def facts(self) -> dict[str, Any]:
        return {"facts": self.plan_said}


class ChangePlanForm(PlanForm):
    because = forms.CharField(label="What has changed?", widget=area(3))

    @classmethod
    def gives(cls) -> set[str]:
        return {"facts", "because"}

    def facts(self) -> dict[str, Any]:
        return {"facts": self.plan_said, "because": self.cleaned_data["because"]}


class ReferForm(TransitionForm, GroundsFields):
    agency = forms.ModelChoiceField(
        label="Which designated officer (LADO)?",
        queryset=Agency.objects.filter(kind=Agency.Kind.ALLEGATIONS, closed_at=None).order_by("name"),
        help_text="Of the authority in which they work",
    )
    said = forms.CharField(
        label="Exactly what are they told?",
        widget=area(7),
        help_text="They read this as you write it, and nothing else of the case. No more than protects children",
    )
    field_order = ["agency", "said"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"agency", "said", "grounds"}

    def facts(self) -> dict[str, Any]:
        about = {name: self.cleaned_data[name] for name in ("agency", "said")}
        return {**about, "grounds": self.grounds()}


class ChaseForm(TransitionForm):
    said = forms.CharField(label="Whom did you ask, and what did they say?", widget=area(3))


class LadoAnswerForm(TransitionForm):
    reply = forms.CharField(label="What did they answer?", widget=area(5))
    who = forms.CharField(label="Who answered?", max_length=200)
    at = MomentField(label="When?", offer_now=True)
    transfer_of_risk = forms.CharField(
        label="What was decided on the risk at their work?", widget=area(4), help_text="“Not known” is an answer"
    )

    @classmethod
    def gives(cls) -> set[str]:
        return {"said"}

    def facts(self) -> dict[str, Any]:
        return {"said": LadoSaid(**self.cleaned_data)}


class DeviceForm(TransitionForm):
    exhibit = forms.CharField(label="Exhibit number", max_length=40)
    what = forms.CharField(label="What is it?", max_length=200, help_text="Never what is on it")
    seized_at = MomentField(label="When was it seized?", offer_now=True)
    case: OnlineCase | None = None

    @classmethod
    def gives(cls) -> set[str]:
        return {"case", "facts"}

    def about(self, case: OnlineCase) -> None:
        self.case = case

    def facts(self) -> dict[str, Any]:
        return {"case": self.case, "facts": DeviceFacts(**self.cleaned_data)}


class ExaminedForm(TransitionForm):
    at = MomentField(label="When was it examined?", offer_now=True)
    said = forms.CharField(
        label="What was found?", widget=area(4), help_text="In words and numbers. “Nothing” is an answer"
    )


class UploadedForm(TransitionForm):
    at = MomentField(label="When was it uploaded?", offer_now=True)
    caid_ref = forms.CharField(label="Reference in the Child Abuse Image Database", max_length=80)


class SafeForm(TransitionForm):
    said = forms.CharField(
        label="How is each child kept safe?", widget=area(5), help_text="“No child is concerned” is an answer"
    )


class CloseForm(TransitionForm):
    because = forms.CharField(label="Why is it closed, and how did it end?", widget=area(5))


class ReopenForm(TransitionForm):
    because = forms.CharField(label="What is new?", widget=area(4))


class ReviewForm(TransitionForm):
    said = forms.CharField(label="What is still open, who does it, and by when?", widget=area(5))
