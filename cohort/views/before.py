"""Trigger plans and Philomena forms. Whoever looks for missing children reads them; the missing team keeps them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from access.roles import Can
from access.time import now
from access.views import RecordPage
from cohort import workflow
from cohort.codes import NOT_KNOWN, Risk
from cohort.forms import before as forms
from cohort.models import PhilomenaForm, TriggerPlan
from cohort.rows import PLAN_KINDS, episode_in_words
from cohort.views.entry import AboutAPerson, child_of
from documents.showing import documents_of
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for


def said(record: Any, names: dict[str, str]) -> list[tuple[str, str]]:
    """Each heading with what is written under it; what is empty is said to be not known."""
    return [(label, getattr(record, name) or NOT_KNOWN) for name, label in names.items()]


TRIGGER_WORDS = {
    "likely_places": "Likely places",
    "likely_people": "Likely people",
    "phones": "Telephone numbers",
    "social_media": "Social media",
    "transport": "How the child travels",
}
FORM_WORDS = {
    "description": "Description",
    "features": "What tells them apart",
    "friends": "Friends and associates",
    "places": "Places they go to",
    "medical_needs": "Medical needs",
    "medication": "Medication",
    "money": "Money and cards",
    "phone": "Telephone",
    "social_media": "Social media",
    "transport": "How they travel",
}
TRIGGER_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.review_trigger_plan, "Look at it again", "triggerplan-review"),
    (workflow.add_to_trigger_plan, "Add what was learned", "triggerplan-add"),
    (workflow.end_trigger_plan, "End it", "triggerplan-end"),
]
FORM_ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.confirm_form, "It is still right", "philomena-confirm"),
]


class TriggerPage(RecordPage):
    """What is done first when this child is reported missing."""

    may = Can.SEE_MISSING
    template_name = "cohort/trigger_plan.html"

    def get_queryset(self) -> QuerySet[TriggerPlan]:
        return TriggerPlan.objects.select_related("person", "team", "author", "ended_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        plan: TriggerPlan = self.object
        earlier = TriggerPlan.objects.filter(person__same_as=plan.person.same_as_id).exclude(pk=plan.pk)
        return super().get_context_data(
            now=now(),
            heading=f"Trigger plan for {plan.person}",
            reference=plan.reference,
            child=child_of(plan.person),
            grade=None,
            state=TriggerPlan.State(plan.state).label,
            state_kind=PLAN_KINDS[plan.state],
            said=said(plan, TRIGGER_WORDS),
            floor=Risk(plan.risk_floor).label if plan.has_a_floor else "None is set",
            episode=episode_in_words(plan.episode_at),
            others=list(earlier.order_by("-written_at", "pk")),
            actions=actions_for(plan, self.request.user, TRIGGER_ACTIONS),
            clocks=clocks_of(plan),
            missing=[],
            missing_step="",
            timeline=timeline_of(plan),
            **context,
        )


class WriteTrigger(AboutAPerson):
    transition = workflow.write_trigger_plan
    model = TriggerPlan
    form_class = forms.WriteTriggerForm
    title = "Write a trigger plan"
    button = "Save the plan"
    lead = "What is done at once when the child is reported missing. An earlier plan of the child is kept to be read."


class OfATrigger(TransitionPage):
    model = TriggerPlan

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.record.person}, {self.record.reference}"}


class ReviewTrigger(OfATrigger):
    transition = workflow.review_trigger_plan
    form_class = forms.ReviewTriggerForm
    title = "Look at the trigger plan again"
    button = "It is right"
    lead = "Change what is not right any more. It is due again in 90 days, and after each time the child is missing."

    def get_initial(self) -> dict[str, Any]:
        return forms.trigger_initial(self.record)


class AddToTrigger(OfATrigger):
    transition = workflow.add_to_trigger_plan
    form_class = forms.AddToTriggerForm
    title = "Add what was learned"


class EndTrigger(OfATrigger):
    transition = workflow.end_trigger_plan
    form_class = forms.EndTriggerForm
    title = "End the trigger plan"


class FormPage(RecordPage):
    """What a carer or authority wrote down of a child, with their photo."""

    may = Can.SEE_MISSING
    template_name = "cohort/philomena.html"

    def get_queryset(self) -> QuerySet[PhilomenaForm]:
        return PhilomenaForm.objects.select_related("person", "team", "received_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        form: PhilomenaForm = self.object
        others = PhilomenaForm.objects.filter(person__same_as=form.person.same_as_id).exclude(pk=form.pk)
        return super().get_context_data(
            now=now(),
            heading=f"Philomena form for {form.person}",
            reference=form.reference,
            child=child_of(form.person),
            grade=None,
            state=PhilomenaForm.State(form.state).label,
            state_kind=PLAN_KINDS[form.state],
            said=said(form, FORM_WORDS),
            episode=episode_in_words(form.episode_at),
            others=list(others.order_by("-received_at", "pk")),
            actions=actions_for(form, self.request.user, FORM_ACTIONS),
            clocks=clocks_of(form),
            missing=[],
            missing_step="",
            timeline=timeline_of(form),
            **documents_of(form),
            **context,
        )


class Receive(AboutAPerson):
    transition = workflow.receive_form
    model = PhilomenaForm
    form_class = forms.ReceiveForm
    title = "Record a Philomena form"
    button = "Save the form"
    lead = "Part 1: what a carer or authority knows of the child beforehand. Add the photo on the next page."


class Confirm(TransitionPage):
    transition = workflow.confirm_form
    model = PhilomenaForm
    form_class = forms.ConfirmForm
    title = "The form is still right"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.record.person}, {self.record.reference}"}
