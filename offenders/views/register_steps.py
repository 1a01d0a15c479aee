"""Each step about somebody who is managed, and about what they notify, where they are, travel and orders."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from offenders.forms import register_duties as forms
from offenders.forms import register_people as people_forms
from offenders.models import CivilOrder, IndefiniteReview, Nominal, NotificationDuty, Spell, Travel
from offenders.workflow import custody, nominals, notifications, orders, periods, registrations, travel
from workflow.views import CreatePage, TransitionForm, TransitionPage


class AboutThem(TransitionPage):
    """A step in the life of a managed person. Whose it is stands on each page."""

    model = Nominal

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.record.person.name}, {self.record.reference}"}


class Of(TransitionPage):
    """A step of a record about a managed person."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.record.nominal.person.name}, {self.record.reference}"}


class New(CreatePage):
    """Something new about a managed person."""

    @cached_property
    def nominal(self) -> Nominal:
        """Whom it is about; a hidden one is a 404."""
        found: Nominal = get_object_or_404(Nominal.objects.select_related("person"), pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.nominal = self.nominal
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.nominal.person.name}, {self.nominal.reference}"}

    def cancel_url(self) -> str:
        return self.nominal.get_absolute_url()


# --- about them


class Sentenced(AboutThem):
    transition = registrations.sentenced
    form_class = people_forms.SentencedForm
    title = "Record the sentence"
    button = "Register"
    lead = "If they were not convicted, a supervisor ends the managing instead."


class SentenceExpected(AboutThem):
    transition = registrations.sentence_expected
    form_class = people_forms.SentenceExpectedForm
    title = "Change the day of sentence"


class AddRequirement(AboutThem):
    transition = registrations.add_requirement
    form_class = people_forms.RequirementForm
    title = "Add a requirement"
    lead = "The requirement that lasts longest decides when the period ends."


class NoFixedAbode(AboutThem):
    transition = periods.set_no_fixed_abode
    form_class = forms.NoHomeForm
    title = "No fixed abode, or a home again"
    lead = "With no fixed abode they notify each week instead of each year."


class Children(AboutThem):
    transition = periods.set_children_at_home
    form_class = forms.ChildrenForm
    title = "Children at home"
    lead = "If a child has contact with them, record the contact as well."


class Warnings(AboutThem):
    transition = periods.set_warnings
    form_class = forms.WarningsForm
    title = "Warnings"

    def get_initial(self) -> dict[str, Any]:
        return {"warnings": self.record.warnings}


class Lost(AboutThem):
    transition = periods.wanted_or_missing
    form_class = forms.LostForm
    title = "Wanted or missing"


class LookedFor(AboutThem):
    transition = periods.looked_for
    form_class = forms.SaidForm
    title = "Looked for again"


class Located(AboutThem):
    transition = periods.located
    form_class = forms.SaidForm
    title = "Found"
    lead = "If they are in custody, record that instead."


class Mappa(AboutThem):
    transition = periods.set_mappa
    form_class = forms.MappaForm
    title = "MAPPA category, level and lead agency"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in ("category", "level", "lead_agency")}


class Reviewed(AboutThem):
    transition = periods.mappa_reviewed
    form_class = forms.ReviewedForm
    title = "Record a MAPPA review"


class End(AboutThem):
    transition = nominals.end
    form_class = forms.EndForm
    title = "No longer managed"
    button = "They are no longer managed"
    lead = "You answer for that: say why. What they still had to notify is closed."


class Died(AboutThem):
    transition = nominals.died
    form_class = forms.DiedForm
    title = "They have died"


class Archive(AboutThem):
    transition = nominals.archive
    form_class = forms.ArchiveForm
    title = "Archived on ViSOR"


# --- something new


class NewDuty(New):
    transition = notifications.raise_duty
    model = NotificationDuty
    form_class = forms.DutyForm
    title = "Record something they have to notify"


class NewSpell(New):
    transition = custody.record_spell
    model = Spell
    form_class = forms.SpellForm
    title = "Custody, hospital or time abroad"
    lead = "What they have to notify does not run meanwhile. An expected day that passes stays on the list by name."


class NewTravel(New):
    transition = travel.give_notice
    model = Travel
    form_class = forms.TravelForm
    title = "Notice of travel"
    lead = "In person, at least seven days before they leave."


class NewOrder(New):
    transition = orders.make_order
    model = CivilOrder
    form_class = forms.OrderForm
    title = "Court order"


class Apply(New):
    transition = periods.apply_for_review
    model = IndefiniteReview
    form_class = forms.ApplyForm
    title = "Application to end an indefinite requirement"
    lead = "A superintendent decides."


# --- what they notify


class Given(Of):
    transition = notifications.given
    model = NotificationDuty
    form_class = forms.GivenForm
    title = "They have notified in person"


class Check(Of):
    transition = notifications.check
    model = NotificationDuty
    form_class = TransitionForm
    title = "Check the notification"
    button = "It is complete"
    lead = "You have read what was notified, and nothing is missing."


class Breach(Of):
    transition = notifications.consider_breach
    model = NotificationDuty
    form_class = forms.BreachForm
    title = "Decide on the breach"
    lead = "Failing to notify without reasonable excuse is an offence (section 91). They still have to notify."


class NotNeeded(Of):
    transition = notifications.not_needed
    model = NotificationDuty
    form_class = forms.BecauseForm
    title = "It is not needed"


# --- where they are


class Over(Of):
    transition = custody.spell_over
    model = Spell
    form_class = forms.OverForm
    title = "They are out, or back"
    lead = "Their manager is told at once, the hub is asked to put it on ViSOR, and a visit is due."


class ChangeSpell(Of):
    transition = custody.change_spell
    model = Spell
    form_class = forms.ChangeSpellForm
    title = "Another day is expected"

    def get_initial(self) -> dict[str, Any]:
        return {"where": self.record.where}


class SpellInError(Of):
    transition = custody.spell_in_error
    model = Spell
    form_class = forms.BecauseForm
    title = "Recorded in error"


# --- travel


class CheckTravel(Of):
    transition = travel.check_travel
    model = Travel
    form_class = forms.CheckTravelForm
    title = "Check the notice of travel"


class Left(Of):
    transition = travel.left
    model = Travel
    form_class = TransitionForm
    title = "They have left the country"
    button = "They have left"


class Returned(Of):
    transition = travel.returned
    model = Travel
    form_class = forms.ReturnedForm
    title = "They are back"
    lead = "They have to notify that within three days that begin with the day of return."


class ChangeTravel(Of):
    transition = travel.change_travel
    model = Travel
    form_class = forms.ChangeTravelForm
    title = "The journey changes"
    lead = "It is checked again."

    def get_initial(self) -> dict[str, Any]:
        names = ("departs_at", "returns_at", "countries", "carrier", "stays_at", "with_children", "late_excuse")
        return {name: getattr(self.record, name) for name in names}


class NotGoing(Of):
    transition = travel.not_going
    model = Travel
    form_class = forms.BecauseForm
    title = "They are not going"


# --- orders and reviews


class VaryOrder(Of):
    transition = orders.vary_order
    model = CivilOrder
    form_class = forms.VaryOrderForm
    title = "The court has changed the order"

    def get_initial(self) -> dict[str, Any]:
        return {"terms": self.record.terms, "ends_on": self.record.ends_on}


class EndOrder(Of):
    transition = orders.end_order
    model = CivilOrder
    form_class = forms.BecauseForm
    title = "The order is over"


class Continues(Of):
    transition = periods.requirement_continues
    model = IndefiniteReview
    form_class = forms.BecauseForm
    title = "The requirement continues"


class Ends(Of):
    transition = periods.requirement_ends
    model = IndefiniteReview
    form_class = forms.BecauseForm
    title = "The requirement ends"
