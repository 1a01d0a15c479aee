"""One agency that is to hear of a record: why, and what was decided."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can, who_may
from access.time import now
from access.views import RecordPage
from cases.views.facts import with_facts
from partners import forms, workflow
from partners.models import Delivery, Disagreement, Recipient
from partners.rows import RECIPIENT_KINDS
from partners.vocabulary import SHARE_PAGES
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionForm, TransitionPage, actions_for

ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.countersign, "Agree: they are not told", "recipient-countersign"),
    (workflow.overrule, "It is to be sent", "recipient-overrule"),
    (workflow.name_agency, "Say which agency it is", "recipient-name"),
    (workflow.cover, "They are told by another line", "recipient-cover"),
    (workflow.refuse, "Do not tell them", "recipient-refuse"),
]
ONLY_UNKNOWN = ("/name/", "/cover/")


class RecipientPage(RecordPage):
    """Why this agency is proposed, and what became of it."""

    may = Can.SEE_SHARING
    template_name = "partners/recipient.html"

    def get_queryset(self) -> QuerySet[Recipient]:
        people = ("added_by", "refused_by", "countersigned_by", "overruled_by")
        return Recipient.objects.select_related("agency", "disclosure", *people)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recipient: Recipient = self.object
        actions = [*_share(recipient, self.request.user), *actions_for(recipient, self.request.user, ACTIONS)]
        return super().get_context_data(
            now=now(),
            heading=recipient.name,
            reference=recipient.reference,
            state=Recipient.State(recipient.state).label,
            state_kind=RECIPIENT_KINDS[Recipient.State(recipient.state)],
            actions=[each for each in actions if recipient.agency is None or not each["url"].endswith(ONLY_UNKNOWN)],
            clocks=clocks_of(recipient),
            missing=[],
            missing_step="",
            timeline=timeline_of(recipient),
            **context,
        )


def _share(recipient: Recipient, user: Any) -> list[dict[str, str]]:
    """The way to tell them, before any way not to."""
    page = SHARE_PAGES.get(recipient.kind)
    if page is None or recipient.agency is None or recipient.state != Recipient.State.PROPOSED:
        return []
    why_not = "" if user.can(Can.REVIEW_PPN) else f"for a {who_may(Can.REVIEW_PPN)}"
    return [{"label": "Share with them", "url": reverse(page, args=[recipient.record]), "why_not": why_not}]


class RecipientStep(TransitionPage):
    model = Recipient


class Refuse(RecipientStep):
    transition = workflow.refuse
    form_class = forms.RefuseForm
    title = "Do not tell this agency"
    button = "Propose it"
    lead = "Not to share is a decision like any other, and has to be right. Somebody else must agree."


class Countersign(RecipientStep):
    transition = workflow.countersign
    form_class = TransitionForm
    title = "Agree: this agency is not told"
    button = "Agree"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recipient = self.record
        lead = f"{recipient.refused_by} says: {recipient.refused_because}. It was proposed because: "
        return super().get_context_data(**context) | {"lead": lead + "; ".join(recipient.reasons)}


class Overrule(RecipientStep):
    transition = workflow.overrule
    form_class = forms.OverruleForm
    title = "It is to be sent"


class NameAgency(RecipientStep):
    transition = workflow.name_agency
    form_class = forms.NameAgencyForm
    title = "Say which agency it is"


class Cover(RecipientStep):
    transition = workflow.cover
    form_class = forms.CoverForm
    title = "They are told by another line"


class Raise(CreatePage):
    """A disagreement about what an agency does with what it was sent."""

    transition = workflow.raise_disagreement
    model = Disagreement
    form_class = forms.RaiseForm
    title = "Raise a disagreement"
    button = "Raise it"
    lead = "For a child's sake, and by the stages of the partnership's procedure. Those who deal with it talk today."

    @cached_property
    def delivery(self) -> Delivery:
        found: Delivery = get_object_or_404(Delivery.objects.select_related("agency"), pk=self.kwargs["delivery"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        return with_facts(super().get_form(form_class), delivery=self.delivery)

    def cancel_url(self) -> str:
        return self.delivery.get_absolute_url()


STAGES: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.settle, "It is settled", "disagreement-settle"),
    (workflow.next_stage, "Not settled: one stage up", "disagreement-next"),
]


class DisagreementPage(RecordPage):
    """One disagreement: about what, at which stage, and what runs out when."""

    may = Can.SEE_SHARING
    template_name = "partners/disagreement.html"

    def get_queryset(self) -> QuerySet[Disagreement]:
        return Disagreement.objects.select_related("agency", "raised_by", "settled_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        disagreement: Disagreement = self.object
        stage = Disagreement.State(disagreement.state)
        return super().get_context_data(
            now=now(),
            heading=f"Disagreement with {disagreement.agency}",
            reference=f"{disagreement.reference}, {disagreement.about}",
            state=stage.label,
            state_kind="done" if stage == Disagreement.State.SETTLED else "waiting",
            actions=actions_for(disagreement, self.request.user, STAGES),
            clocks=clocks_of(disagreement),
            missing=[],
            missing_step="",
            timeline=timeline_of(disagreement),
            back=reverse("disagreements"),
            **context,
        )


class NextStage(TransitionPage):
    transition = workflow.next_stage
    model = Disagreement
    form_class = forms.NextStageForm
    title = "One stage up"


class Settle(TransitionPage):
    transition = workflow.settle
    model = Disagreement
    form_class = forms.SettleForm
    title = "It is settled"
