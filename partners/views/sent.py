"""What one agency was sent, exactly; whether it arrived; what they said; and each step that can be taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from partners import forms, workflow
from partners.content import in_words
from partners.models import Delivery, Disagreement, Disclosure, Look, Purpose
from partners.rows import DELIVERY_KINDS, what_is_missing
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

ON_THE_WAY: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.told_by_phone, "Told by telephone", "delivery-phone"),
    (workflow.try_again, "Mail it again", "delivery-try-again"),
]
CAME_BACK: list[tuple[Transition[Any, Any], str, str]] = [(workflow.failed, "It came back", "delivery-failed")]
SHARED: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.acknowledge, "They have it", "delivery-acknowledge"),
    (workflow.record_decision, "They decided", "delivery-decision"),
    (workflow.ask_for_more, "They ask for more", "delivery-asks"),
    (workflow.give_more, "They have what they asked for", "delivery-give"),
    (workflow.change_outcome, "Their decision changed", "delivery-change"),
    (workflow.they_disagree, "They disagree", "delivery-disagrees"),
]
TAKEN_BACK: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.confirm_destroyed, "It is destroyed", "delivery-destroyed")
]


class DisclosurePage(RecordPage):
    """What one agency was sent, exactly as it left."""

    may = Can.SEE_SHARING
    template_name = "partners/disclosure.html"

    def get_queryset(self) -> QuerySet[Disclosure]:
        return Disclosure.objects.select_related("agency", "sent_by", "replaces__agency", "delivery__agency")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        sent: Disclosure = self.object
        delivery: Delivery | None = getattr(sent, "delivery", None)
        return super().get_context_data(
            now=now(),
            heading=str(sent.agency),
            reference=f"{sent.reference}: {Purpose(sent.purpose).label.lower()}",
            content=in_words(sent.content),
            replaced_by=list(Disclosure.objects.filter(replaces=sent)),
            documents=list(sent.documents.select_related("attachment").order_by("name")),
            delivery=delivery,
            looks=list(Look.objects.filter(disclosure=sent).order_by("first_at", "pk")),
            disagreements=list(Disagreement.objects.filter(record=sent.record, agency=sent.agency)),
            missing=[],
            missing_step="",
            **(self._delivery(delivery) if delivery else {"timeline": [], "clocks": [], "actions": []}),
            **context,
        )

    def _delivery(self, delivery: Delivery) -> dict[str, Any]:
        verbs = TAKEN_BACK if delivery.purpose == Purpose.WITHDRAWAL else SHARED
        actions = actions_for(delivery, self.request.user, [*ON_THE_WAY, *verbs, *CAME_BACK])
        return {
            "state": Delivery.State(delivery.state).label,
            "state_kind": DELIVERY_KINDS[Delivery.State(delivery.state)],
            "owed": what_is_missing(delivery),
            "replies": list(delivery.replies.select_related("recorded_by").order_by("recorded_at")),
            "actions": [each for each in actions if not _is_idle(delivery, each["url"])],
            "clocks": clocks_of(delivery),
            "timeline": timeline_of(delivery),
        }


def _is_idle(delivery: Delivery, url: str) -> bool:
    """There is nothing to give that nobody asked for."""
    return "/give/" in url and delivery.asked_at is None


class DeliveryStep(TransitionPage):
    model = Delivery
    template_name = "partners/step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        sent = self.record.disclosure
        return super().get_context_data(content=in_words(sent.content), agency=sent.agency, **context)


class ToldByPhone(DeliveryStep):
    transition = workflow.told_by_phone
    form_class = forms.PhoneForm
    title = "Told by telephone"
    lead = "Read them everything that is below. Ask for their name and post."


class TryAgain(DeliveryStep):
    transition = workflow.try_again
    form_class = forms.BecauseForm
    title = "Mail it again"
    button = "Mail it"
    lead = "Say what is different now: the mailbox was put right, or they told you to send it again."


class Failed(DeliveryStep):
    transition = workflow.failed
    form_class = forms.FailedForm
    title = "It came back"
    lead = "They do not have it. Telephone them."


class Acknowledge(DeliveryStep):
    transition = workflow.acknowledge
    form_class = forms.AcknowledgeForm
    title = "They have it"


class Decision(DeliveryStep):
    transition = workflow.record_decision
    form_class = forms.DecisionForm
    title = "What they decided"
    lead = "If they cannot decide because they need to know more, go back and record that they ask for more."


class AsksForMore(DeliveryStep):
    transition = workflow.ask_for_more
    form_class = forms.AsksForm
    title = "They ask for more"
    lead = "The co-ordinators are told at once. They have 24 hours unless your force has set another time."


class GiveMore(DeliveryStep):
    transition = workflow.give_more
    form_class = forms.GiveMoreForm
    title = "They have what they asked for"


class ChangeOutcome(DeliveryStep):
    transition = workflow.change_outcome
    form_class = forms.DecisionForm
    title = "Their decision changed"


class TheyDisagree(DeliveryStep):
    transition = workflow.they_disagree
    form_class = forms.DisagreesForm
    title = "They disagree"
    lead = "A disagreement begins, with its stages. Those who deal with it talk today."


class Destroyed(DeliveryStep):
    transition = workflow.confirm_destroyed
    form_class = forms.DestroyedForm
    title = "It is destroyed"


class DeliveryOnItsDisclosure(GuardedPage):
    """Whether it arrived is shown with what was sent."""

    may = Can.SEE_SHARING

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        delivery = get_object_or_404(Delivery.objects.all(), pk=pk)
        return redirect("disclosure", pk=delivery.disclosure_id)
