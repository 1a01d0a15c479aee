"""What is asked when somebody is transferred, gets another manager, or is looked at by another team."""

from __future__ import annotations

from typing import Any

from django import forms

from access.roles import Can, Role
from accounts.models import Team, User
from govuk.fields import DateField, MomentField
from offenders.codes import Grade
from offenders.forms.hub_tasks import NominalField, OfferingForm, PersonChoice
from offenders.forms.register_people import TakeOverForm
from offenders.models import OURS, Nominal
from offenders.workflow.registrations import team_of_manager
from offenders.workflow.transfers import TransferAsked
from strategy.forms.asking import area
from workflow.transitions import NotNow
from workflow.views import TransitionForm

BESPOKE = [("yes", "Yes"), ("part", "In part"), ("no", "No")]


class AskedFields(TransitionForm):
    """What a request for a transfer says, whichever way it goes."""

    force = forms.CharField(label="Which force?", max_length=200)
    contact = forms.CharField(label="Who answers there?", max_length=200, help_text="Name, post and telephone")
    because = forms.CharField(label="Why are they transferred?", widget=area(3))
    moves_on = DateField(
        label="When do they move?", required=False, help_text="Empty means not known, or that they have moved"
    )

    def asked(self) -> TransferAsked:
        return TransferAsked(**{name: self.cleaned_data[name] for name in ASKED})


ASKED = list(AskedFields.base_fields)


class TransferInForm(AskedFields):
    name_given = forms.CharField(label="Who is to come to us?", max_length=200, help_text="As the request names them")
    external_ref = forms.CharField(
        label="Reference on ViSOR", max_length=40, required=False, help_text="Empty means not known"
    )
    risk = forms.CharField(
        label="Risk, as the other force assesses it", max_length=200, required=False, help_text="Empty means not said"
    )
    requested_at = MomentField(label="When did the request come?", offer_now=True)
    field_order = ["name_given", "external_ref", *ASKED, "risk", "requested_at"]

    @classmethod
    def gives(cls) -> set[str]:
        return {"asked", "name_given", "external_ref", "risk", "requested_at"}

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        own = {name: said[name] for name in ("name_given", "external_ref", "risk", "requested_at")}
        return {**own, "asked": self.asked()}


class TransferOutForm(AskedFields):
    nominal = NominalField(label="Who is to go to another force?")
    field_order = ["nominal", *ASKED]

    @classmethod
    def gives(cls) -> set[str]:
        return {"asked", "nominal"}

    def facts(self) -> dict[str, Any]:
        return {"asked": self.asked(), "nominal": self.cleaned_data["nominal"]}


class AcceptInForm(TakeOverForm):
    """Who they are on our records, who has them from now on, and the days that the other force gives."""

    because = forms.CharField(label="Anything to add?", required=False, widget=area(2), help_text="Empty means nothing")

    @classmethod
    def gives(cls) -> set[str]:
        return super().gives() | {"because"}

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "because": self.cleaned_data["because"]}


class AcceptOutForm(TransitionForm):
    accepted_by_name = forms.CharField(
        label="Who at the other force has accepted them?", max_length=200, help_text="Name and post"
    )
    because = forms.CharField(label="Anything to add?", required=False, widget=area(2), help_text="Empty means nothing")


class ReallocateForm(OfferingForm):
    manager = PersonChoice(Can.MANAGE_OFFENDERS, label="Who manages them from now on?")
    because = forms.CharField(label="Why do they get another manager?", widget=area(3))

    @classmethod
    def gives(cls) -> set[str]:
        return {"manager", "team", "because"}

    def clean_manager(self) -> User:
        manager: User = self.cleaned_data["manager"]
        try:
            self.team = team_of_manager(manager)
        except NotNow as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return manager

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "team": self.team}


class GradeForm(TransitionForm):
    grade = forms.ChoiceField(label="How good is the record?", choices=Grade.choices, widget=forms.RadioSelect)
    found = forms.CharField(label="What did you find?", widget=area(5))
    plan_is_bespoke = forms.ChoiceField(
        label="Is the risk management plan written for this person?", choices=BESPOKE, widget=forms.RadioSelect
    )
    action = forms.CharField(
        label="What has to be done?",
        required=False,
        widget=area(3),
        help_text="Whoever manages them does it. Empty means nothing; only a good record needs nothing",
    )


class DoneForm(TransitionForm):
    done_said = forms.CharField(label="How was it done?", widget=area(3))


class ScopeForm(forms.Form):
    """Among whom the work is shared out."""

    team = forms.ModelChoiceField(
        label="Among which team?", queryset=Team.objects.none(), required=False, empty_label="All teams"
    )
    leaver = PersonChoice(
        Can.MANAGE_OFFENDERS, label="Does somebody leave?", required=False, empty_label="Nobody leaves"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        posted = Team.objects.filter(postings__role=Role.OFFENDER_MANAGER)
        managing = Nominal.objects.filter(state__in=OURS).figures().values("manager")
        fields["team"].queryset = posted.distinct().order_by("name")
        fields["leaver"].queryset = User.objects.filter(pk__in=managing).order_by("last_name", "first_name")


class ConfirmForm(forms.Form):
    fingerprint = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(label="Why do they get other managers?", widget=area(3))
