"""What an agency was sent and still stands, one of them, and each answer that can be given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
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
from partners.portal.words import NOT_READ, what_is_asked
from partners.workflow.looking import looked
from workflow.transitions import NotNow, Transition

State = Delivery.State


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
    def sent(self) -> Disclosure:
        """What the page is about. Of another agency, run out and unknown are the same 404."""
        known = Disclosure.objects.select_related("agency", "delivery")
        found: Disclosure = get_object_or_404(known.filter(delivery__isnull=False), pk=self.kwargs["pk"])
        return found

    @property
    def is_taken_back(self) -> bool:
        return self.sent.purpose == Purpose.WITHDRAWAL


class Today(PortalPage):
    """What the agency was sent: what waits for an answer first, then the rest, each with the newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        known = Disclosure.objects.select_related("delivery").filter(delivery__isnull=False)
        rows = [
            {"sent": each, "asked": what_is_asked(each.delivery), "is_taken_back": each.purpose == Purpose.WITHDRAWAL}
            for each in known.order_by("-sent_at", "-number")
        ]
        waiting, answered = [row for row in rows if row["asked"]], [row for row in rows if not row["asked"]]
        context = {"now": now(), "agency": self.person.agency, "waiting": waiting, "answered": answered}
        return render(request, "portal/today.html", context)


class Sent(PortalPage):
    """Exactly what was sent. That somebody looked is kept, and whoever sent it sees so."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        try:
            sent = self.sent
        except Http404:
            return self._replaced(pk)
        looked(request.user, [sent.pk], how=Delivery.Told.PORTAL.value, may=Can.USE_PORTAL)  # type: ignore[arg-type]
        delivery = Delivery.objects.get(pk=sent.delivery.pk)
        context = {
            "now": now(),
            "sent": sent,
            "asked": what_is_asked(delivery),
            "is_taken_back": self.is_taken_back,
            "content": [] if self.is_taken_back else in_words(sent.content),
            "replies": list(Reply.objects.filter(delivery=delivery).order_by("recorded_at")),
            "answers": _answers(delivery),
        }
        return render(request, "portal/sent.html", context)

    def _replaced(self, pk: UUID) -> HttpResponse:
        """What was corrected or taken back says so, and shows nothing of what it said."""
        before = Disclosure._base_manager.filter(
            pk=pk,
            agency=OuterRef("agency"),
            kind=OuterRef("kind"),
            record=OuterRef("record"),
            number__lt=OuterRef("number"),
        )
        replacing = Disclosure.objects.filter(Exists(before), purpose__in=[Purpose.CORRECTION, Purpose.WITHDRAWAL])
        newer = replacing.order_by("number").last()
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
        return self._show(self.form_class(agency=self.sent.agency))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        form = self.form_class(request.POST, agency=self.sent.agency)
        if not form.is_valid():
            return self._show(form, 422)
        who = f"{request.user}, {self.person.post}"
        answer = workflow.Answer(who=who[:200], how=Reply.How.PORTAL.value)
        delivery = Delivery.objects.get(pk=self.sent.delivery.pk)
        try:
            with on_behalf(request.user) as hand:  # type: ignore[arg-type]
                self.verb(delivery)(delivery, by=hand, answer=answer, **form.cleaned_data)
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
            "reference": self.sent.reference,
            "heading": self.heading,
            "lead": self.lead,
            "form": form,
            "submit_label": self.button,
            "cancel_url": reverse("portal-sent", args=[self.sent.pk]),
        }
        return render(self.request, "components/form.html", context, status=status)


class HaveIt(Answering):
    heading = "You have it"
    lead = "This tells the police that somebody at your agency has read it and will see to the child."
    button = "We have it"

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


def _answers(delivery: Delivery) -> list[tuple[str, str]]:
    """The answers that can be given now: words, and name of the page. The first is the one we wait for."""
    if delivery.purpose == Purpose.WITHDRAWAL:
        return [("We have destroyed it", "portal-destroyed")] if delivery.is_owed else []
    have_it = [("We have it", "portal-have-it")] if delivery.state in NOT_READ else []
    ask = [("We need to know more", "portal-ask")] if delivery.state != State.SETTLED else []
    decided = "Our decision changed" if delivery.state == State.SETTLED else "We have decided"
    return [*have_it, (decided, "portal-decided"), *ask, ("We disagree", "portal-disagree")]
