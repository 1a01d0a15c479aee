"""What an agency was sent and still stands, one of them, and each answer that can be given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.views import GuardedPage
from partners import workflow
from partners.actor import on_behalf, person_of
from partners.content import in_words
from partners.models import AgencyPerson, Delivery, Disclosure, Purpose, Reply
from partners.portal import forms
from partners.portal.words import NOT_READ, by_when, what_is_asked, what_the_family_knows
from partners.replaced import what_replaced
from partners.workflow.looking import looked
from workflow.transitions import NotNow, Transition

State = Delivery.State
MANY = 50
"""Rows of what waits for nothing, the newest first; what waits for an answer is shown to the last."""


class PortalPage(GuardedPage):
    """A page for somebody who is let in for an agency."""

    may = Can.USE_PORTAL

    @cached_property
    def person(self) -> AgencyPerson:
        found = person_of(self.request.user)  # type: ignore[arg-type]
        if found is None:
            raise NotYours("You are not let in for an agency any more.")
        return found

    @cached_property
    def delivery(self) -> Delivery:
        """What the page is about, on its way. Of another agency, run out and unknown are the same 404."""
        found: Delivery = get_object_or_404(Delivery.objects.filter(disclosure=self.sent.pk))
        return found

    @cached_property
    def sent(self) -> Disclosure:
        """What the page is about, as it left the police."""
        found: Disclosure = get_object_or_404(Disclosure.objects.all(), pk=self.kwargs["pk"])
        return found

    @property
    def is_taken_back(self) -> bool:
        return self.sent.purpose == Purpose.WITHDRAWAL


class Today(PortalPage):
    """What the agency was sent: what waits for an answer first, what is due next at its top; then the newest others."""

    def get(self, request: HttpRequest) -> HttpResponse:
        deliveries = {each.disclosure_id: each for each in Delivery.objects.all()}
        known = Disclosure.objects.order_by("-sent_at", "-number")
        rows = [_row(each, deliveries[each.pk]) for each in known if each.pk in deliveries]
        waiting, others = [row for row in rows if row["asked"]], [row for row in rows if not row["asked"]]
        waiting.sort(key=lambda row: row["by_when"] or row["sent"].sent_at)
        context = {
            "now": now(),
            "agency": self.person.agency,
            "waiting": waiting,
            "others": others[:MANY],
            "more": max(len(others) - MANY, 0),
        }
        return render(request, "portal/today.html", context)


class Sent(PortalPage):
    """Exactly what was sent."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        try:
            delivery = self._looked_at()
        except Http404:
            return self._replaced(pk)
        context = {
            "now": now(),
            "sent": self.sent,
            "agency": self.person.agency,
            "delivery": delivery,
            "asked": what_is_asked(delivery),
            "by_when": by_when(delivery),
            "is_taken_back": self.is_taken_back,
            "family": what_the_family_knows(self.sent),
            "content": [] if self.is_taken_back else in_words(self.sent.content),
            "replies": list(Reply.objects.filter(delivery=delivery).order_by("recorded_at")),
            "answers": _answers(delivery),
        }
        return render(request, "portal/sent.html", context)

    def _looked_at(self) -> Delivery:
        """The one thing that reading writes: every read is a consultation, whoever sent it sees who looked, and what is
        read has arrived. A HEAD shows nothing, and so is none."""
        shown = self.delivery.disclosure_id
        if self.request.method == "GET":
            looked(self.request.user, [shown], how=Delivery.Told.PORTAL.value, may=Can.USE_PORTAL)  # type: ignore[arg-type]
        found: Delivery = Delivery.objects.get(disclosure=shown)
        return found

    def _replaced(self, pk: UUID) -> HttpResponse:
        """What was corrected or taken back says so, and shows nothing of what it said."""
        newer = what_replaced(self.person.agency_id, pk)
        if newer is None:
            raise Http404
        context = {"now": now(), "newer": newer, "is_taken_back": newer.purpose == Purpose.WITHDRAWAL}
        return render(self.request, "portal/gone.html", context, status=410)


class Answering(PortalPage):
    """One answer. What was typed is never lost: a refusal shows the form again."""

    form_class: type[forms.ReplyForm] = forms.ReplyForm
    heading = ""
    lead = ""
    button = "Send to the police"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self._show(self.form_class(agency=self.person.agency))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        form = self.form_class(request.POST, agency=self.person.agency)
        if not form.is_valid():
            return self._show(form, 422)
        who = f"{request.user}, {self.person.post}"
        answer = workflow.Answer(who=who[:200], how=Reply.How.PORTAL.value)
        try:
            with on_behalf(request.user) as hand:  # type: ignore[arg-type]
                self.verb(self.delivery)(self.delivery, by=hand, answer=answer, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._show(form, 422)
        messages.success(request, "The police have your answer.")
        return redirect("portal-sent", pk=pk)

    def verb(self, delivery: Delivery) -> Transition[Any, Any]:
        """What the answer does."""
        raise NotImplementedError

    def _show(self, form: forms.ReplyForm, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "reference": self.delivery.reference,
            "heading": self.heading,
            "lead": self.lead,
            "form": form,
            "submit_label": self.button,
            "cancel_url": reverse("portal-sent", args=[self.sent.pk]),
        }
        return render(self.request, "components/form.html", context, status=status)


class HaveIt(Answering):
    """Said twice it is said once: two people of a school read the same notice."""

    heading = "You have it"
    lead = "This tells the police that somebody at your agency has read it and will see to the child."
    button = "We have it"

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if self.delivery.acknowledged_at:
            messages.success(request, "The police know already that your agency has it.")
            return redirect("portal-sent", pk=pk)
        return super().post(request, pk)

    def verb(self, delivery: Delivery) -> Transition[Any, Any]:
        return workflow.acknowledge


class Decided(Answering):
    form_class = forms.DecideForm
    heading = "What you decided"
    lead = "If you cannot decide yet because you need to know more, go back and ask for more."

    def verb(self, delivery: Delivery) -> Transition[Any, Any]:
        return workflow.change_outcome if delivery.state == State.SETTLED else workflow.record_decision


class Ask(Answering):
    form_class = forms.AskForm
    heading = "Ask for more"
    lead = "The police team is told at once. If a child is in danger now, ring 999."

    def verb(self, delivery: Delivery) -> Transition[Any, Any]:
        return workflow.ask_for_more


class Disagree(Answering):
    form_class = forms.DisagreeForm
    heading = "You disagree"
    lead = "A disagreement is settled for the child, by the stages of the safeguarding partnership. It is no complaint."

    def verb(self, delivery: Delivery) -> Transition[Any, Any]:
        return workflow.they_disagree


class Destroyed(Answering):
    form_class = forms.DestroyedForm
    heading = "It is destroyed"
    lead = "What you were sent should not have reached you. Nobody is to act on it any more."

    def verb(self, delivery: Delivery) -> Transition[Any, Any]:
        return workflow.confirm_destroyed


def _row(sent: Disclosure, delivery: Delivery) -> dict[str, Any]:
    return {"sent": sent, "delivery": delivery, "asked": what_is_asked(delivery), "by_when": by_when(delivery)}


def _answers(delivery: Delivery) -> list[tuple[str, str]]:
    """The answers that can be given now: words, and name of the page. The first is the one we wait for."""
    if delivery.purpose == Purpose.WITHDRAWAL:
        return [("We have destroyed it", "portal-destroyed")] if delivery.is_owed else []
    have_it = [("We have it", "portal-have-it")] if delivery.state in NOT_READ else []
    ask = [("We need to know more", "portal-ask")] if delivery.state != State.SETTLED else []
    decided = "Our decision changed" if delivery.state == State.SETTLED else "We have decided"
    return [*have_it, (decided, "portal-decided"), *ask, ("We disagree", "portal-disagree")]
