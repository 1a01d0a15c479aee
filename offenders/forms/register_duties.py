"""What is asked of notifications, custody, travel, orders, and of how somebody is managed."""

from __future__ import annotations

from typing import Any

from django import forms

from access.time import today
from govuk.fields import DateField, MomentField, YesNoNotKnownField
from govuk.widgets import Radios
from offenders.codes import AwayBecause, Category, LeadAgency, Level, OrderKind, Whereabouts
from offenders.forms.register_people import DAY, YES_NO
from offenders.models import Nominal, NotificationDuty
from offenders.statutory import rules_on
from offenders.workflow.notifications import PERIODIC
from offenders.workflow.travel import Journey
from strategy.forms.asking import area
from workflow.views import TransitionForm

NOT_KNOWN = "Empty means not known"


class AboutANominal(TransitionForm):
    """Makes something new about somebody who is managed: the page says about whom."""

    nominal: Nominal

    @classmethod
    def gives(cls) -> set[str]:
        return super().gives() | {"nominal"}

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "nominal": self.nominal}


class BecauseForm(TransitionForm):
    because = forms.CharField(label="Why?", widget=area(3))


class DutyForm(AboutANominal):
    """Which kinds there are is a question of the law on that day: the list is today's, the verb looks at the day."""

    kind = forms.ChoiceField(label="What do they have to notify?", widget=forms.RadioSelect)
    what = forms.CharField(
        label="What exactly?", max_length=300, widget=area(2), help_text="For example, the new name or address"
    )
    arose_on = DateField(label="On which day did it happen?", help_text=f"The days are counted from it. {DAY}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [rule for rule in rules_on(today()) if rule.code not in PERIODIC]
        choices = [(rule.code, f"{rule.label} ({rule.section}: {rule.days} days)") for rule in rules]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class GivenForm(TransitionForm):
    given_at = MomentField(label="When did they notify?", offer_now=True)
    given_where = forms.CharField(label="At which police station?", max_length=200)
    taken_by = forms.CharField(label="Who took it?", max_length=200, help_text="Name and number")


class BreachForm(TransitionForm):
    breach = forms.ChoiceField(
        label="What is decided?", choices=NotificationDuty.Breach.choices, widget=forms.RadioSelect
    )
    because = forms.CharField(label="Why?", widget=area(3), help_text="What they said, and what is done about it")


class SpellForm(AboutANominal):
    because = forms.ChoiceField(label="Where are they?", choices=AwayBecause.choices, widget=forms.RadioSelect)
    where = forms.CharField(
        label="Which prison, hospital or country?", max_length=200, required=False, help_text=NOT_KNOWN
    )
    began_on = DateField(label="Since which day?", help_text=DAY)
    ends_on = DateField(label="Expected day of release or return", required=False, help_text=NOT_KNOWN)


class ChangeSpellForm(TransitionForm):
    where = forms.CharField(
        label="Which prison, hospital or country?", max_length=200, required=False, help_text=NOT_KNOWN
    )
    ends_on = DateField(label="Which day is expected now?", required=False, help_text=NOT_KNOWN)
    because = forms.CharField(label="How do we know?", widget=area(2))


class OverForm(TransitionForm):
    ended_on = DateField(label="On which day were they released, or back?", help_text=DAY)


class JourneyFields(forms.Form):
    notified_at = MomentField(label="When did they tell us in person?", offer_now=True)
    given_where = forms.CharField(label="At which police station?", max_length=200)
    departs_at = MomentField(label="When do they leave the United Kingdom?")
    countries = forms.CharField(label="Where are they going?", max_length=300, help_text="Each country and place")
    returns_at = MomentField(label="When do they come back?", required=False, help_text=NOT_KNOWN)
    carrier = forms.CharField(label="By which carrier?", max_length=200, required=False, help_text=NOT_KNOWN)
    stays_at = forms.CharField(label="Where do they stay?", required=False, widget=area(2), help_text=NOT_KNOWN)
    with_children = YesNoNotKnownField(label="Does a child go with them, or stay where they stay?")
    late_excuse = forms.CharField(
        label="If the notice is shorter than seven days: why?",
        required=False,
        widget=area(2),
        help_text="“No excuse was given” is an answer",
    )

    def travel_facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        journey = Journey(**{name: said[name] for name in Journey.__dataclass_fields__})
        return {"notified_at": said["notified_at"], "given_where": said["given_where"], "journey": journey}


class TravelForm(JourneyFields, AboutANominal):
    @classmethod
    def gives(cls) -> set[str]:
        return {"nominal", "notified_at", "given_where", "journey"}

    def facts(self) -> dict[str, Any]:
        return {"nominal": self.nominal, **self.travel_facts()}


class ChangeTravelForm(JourneyFields, TransitionForm):
    @classmethod
    def gives(cls) -> set[str]:
        return {"notified_at", "given_where", "journey"}

    def facts(self) -> dict[str, Any]:
        return self.travel_facts()


class CheckTravelForm(TransitionForm):
    said = forms.CharField(
        label="What was found, and whom was it passed to?",
        widget=area(3),
        help_text="Orders, travel restrictions, children where they go, the border",
    )


class ReturnedForm(TransitionForm):
    returned_on = DateField(label="On which day did they come back?", help_text=DAY)


class OrderForm(AboutANominal):
    kind = forms.ChoiceField(label="What kind of order is it?", choices=OrderKind.choices, widget=forms.RadioSelect)
    terms = forms.CharField(label="What does it forbid or demand?", widget=area(5))
    protects_children = YesNoNotKnownField(label="Does it protect children?")
    made_on = DateField(label="On which day was it made?", help_text=DAY)
    ends_on = DateField(label="Last day", required=False, help_text="Empty means until a further order")


class VaryOrderForm(TransitionForm):
    terms = forms.CharField(label="What does it forbid or demand now?", widget=area(5))
    ends_on = DateField(label="Last day", required=False, help_text="Empty means until a further order")
    because = forms.CharField(label="Which court changed it, and when?", widget=area(2))


class MappaForm(TransitionForm):
    category = forms.ChoiceField(label="MAPPA category", choices=Category.choices)
    level = forms.ChoiceField(label="MAPPA level", choices=Level.choices, widget=forms.RadioSelect)
    lead_agency = forms.ChoiceField(label="Lead agency", choices=LeadAgency.choices)
    because = forms.CharField(label="Who decided it, and when?", widget=area(2))


class ReviewedForm(TransitionForm):
    reviewed_at = MomentField(label="When did the agencies meet?", offer_now=True)
    said = forms.CharField(label="What was decided?", widget=area(4))


class NoHomeForm(TransitionForm):
    no_fixed_abode = forms.ChoiceField(label="Do they have no fixed abode?", choices=YES_NO, widget=Radios(inline=True))
    because = forms.CharField(label="How do we know, and where are they found?", widget=area(2))

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "no_fixed_abode": said["no_fixed_abode"] == "yes"}


class ChildrenForm(TransitionForm):
    children_at_home = YesNoNotKnownField(label="Does a child live, or stay, where they live?")
    because = forms.CharField(label="How do we know?", widget=area(2))


class WarningsForm(TransitionForm):
    warnings = forms.CharField(
        label="What must whoever goes there know?",
        required=False,
        widget=area(3),
        help_text="Weapons, dogs, violence. Empty means that nothing is known",
    )


LOST = [(each.value, each.label) for each in (Whereabouts.WANTED, Whereabouts.MISSING)]


class LostForm(TransitionForm):
    whereabouts = forms.ChoiceField(label="Are they wanted or missing?", choices=LOST, widget=forms.RadioSelect)
    since = MomentField(label="Since when?", offer_now=True)
    because = forms.CharField(label="What happened, and what is done to find them?", widget=area(3))


class SaidForm(TransitionForm):
    said = forms.CharField(label="What was done, or found?", widget=area(3))


class ApplyForm(AboutANominal):
    applied_at = MomentField(label="When did they apply?", offer_now=True)
    said = forms.CharField(label="What do they say?", widget=area(4))


class EndForm(TransitionForm):
    because = forms.CharField(label="Why are they not managed any more?", widget=area(3))


class DiedForm(TransitionForm):
    died_on = DateField(label="On which day did they die?", help_text=DAY)
    how_known = forms.CharField(label="How do we know?", widget=area(2))


class ArchiveForm(TransitionForm):
    visor_ref = forms.CharField(label="Reference of the archived record on ViSOR", max_length=40)
