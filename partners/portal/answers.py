"""Each answer that an agency can give."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from access.time import now
from partners import workflow
from partners.actor import on_behalf
from partners.models import Delivery, Purpose, Reply
from partners.portal import forms
from partners.portal.page import PortalPage
from partners.portal.words import NOT_READ
from partners.workflow.replies import INTERVIEW_REQUEST
from workflow.transitions import NotNow, Transition

State = Delivery.State
LONGEST_KEY = 36


def open_to(delivery: Delivery) -> list[tuple[str, str]]:
    """The answers that can be given now: words, and name of the page. The first is the one we wait for."""
    if delivery.purpose == Purpose.WITHDRAWAL:
        return [("We have destroyed it", "portal-destroyed")] if delivery.is_owed else []
    have_it = [("We have it", "portal-have-it")] if delivery.state in NOT_READ else []
    decided = "Our decision changed" if delivery.state == State.SETTLED else "We have decided"
    decide = OF_AN_INTERVIEW if delivery.kind == INTERVIEW_REQUEST else [(decided, "portal-decided")]
    ask = [("We need to know more", "portal-ask")] if delivery.state != State.SETTLED else []
    return [*have_it, *decide, *ask, ("We disagree", "portal-disagree")]


OF_AN_INTERVIEW = [("It was held", "portal-interview"), ("There was none", "portal-no-interview")]


class Answering(PortalPage):
    """One answer. What was typed is never lost: a refusal shows the form again."""

    form_class: type[forms.ReplyForm] = forms.ReplyForm
    heading = ""
    lead = ""
    button = "Send to the police"
    done = "The police have your answer."

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self._show(self._form(), str(uuid4()))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        delivery, key = self.delivery, request.POST.get("key", "")[:LONGEST_KEY]
        if workflow.was_kept(delivery, key):
            return self._sent_twice()
        form = self._form()
        if not form.is_valid():
            return self._show(form, key, 422)
        who = f"{request.user}, {self.person.post}"
        answer = workflow.Answer(who=who[:200], how=Reply.How.PORTAL.value, key=key)
        try:
            with on_behalf(request.user) as hand:  # type: ignore[arg-type]
                self.verb(delivery, form)(delivery, by=hand, answer=answer, **form.facts())
        except NotNow as refusal:
            if workflow.was_kept(delivery, key):  # the same form, sent twice within a moment
                return self._sent_twice()
            form.add_error(None, str(refusal))
            return self._show(form, key, 422)
        messages.success(request, self.done)
        return redirect("portal-sent", pk=pk)

    def verb(self, delivery: Delivery, form: forms.ReplyForm) -> Transition[Any, Any]:
        """What the answer does."""
        raise NotImplementedError

    def form_for(self, delivery: Delivery) -> type[forms.ReplyForm]:
        return self.form_class

    def typed(self) -> list[tuple[str, str]]:
        return self.form_class(self.request.POST, agency=self.person.agency).typed()

    def _form(self) -> forms.ReplyForm:
        said = self.request.POST if self.request.method == "POST" else None
        return self.form_for(self.delivery)(said, agency=self.person.agency)

    def _sent_twice(self) -> HttpResponse:
        messages.info(self.request, "The police had this answer already. It was not sent twice.")
        return redirect("portal-sent", pk=self.sent.pk)

    def _show(self, form: forms.ReplyForm, key: str, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "reference": self.delivery.reference,
            "heading": self.heading,
            "lead": self.lead,
            "form": form,
            "key": key,
            "submit_label": self.button,
            "cancel_url": reverse("portal-sent", args=[self.sent.pk]),
            "cancel_label": "Go back without sending",
        }
        return render(self.request, "transition.html", context, status=status)


class HaveIt(Answering):
    """Said twice it is said once: two people of a school read the same notice."""

    heading = "You have it"
    lead = "This tells the police that somebody at your agency has read it and will act on it."
    button = "We have it"

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if self.delivery.acknowledged_at:
            messages.info(request, "The police know already that your agency has it.")
            return redirect("portal-sent", pk=pk)
        return super().post(request, pk)

    def verb(self, delivery: Delivery, form: forms.ReplyForm) -> Transition[Any, Any]:
        return workflow.acknowledge


class Decided(Answering):
    form_class = forms.DecideForm
    heading = "What you decided"
    lead = "If you cannot decide yet because you need to know more, go back and ask for more."

    def form_for(self, delivery: Delivery) -> type[forms.ReplyForm]:
        return forms.ChangeForm if delivery.state == State.SETTLED else forms.DecideForm

    def verb(self, delivery: Delivery, form: forms.ReplyForm) -> Transition[Any, Any]:
        return workflow.change_outcome if delivery.state == State.SETTLED else workflow.record_decision


class Interview(Answering):
    form_class = forms.InterviewForm
    heading = "The return interview was held"
    lead = (
        "What the child said goes to those in the police team who need it to keep the child safe, and to nobody else."
    )

    def verb(self, delivery: Delivery, form: forms.ReplyForm) -> Transition[Any, Any]:
        return workflow.record_interview if form.facts().get("said") else workflow.interview_was_held


class NoInterview(Answering):
    form_class = forms.NoInterviewForm
    heading = "There was no return interview"
    lead = "The police team hears the child in another way then. A child who declined can still change their mind."

    def verb(self, delivery: Delivery, form: forms.ReplyForm) -> Transition[Any, Any]:
        return workflow.there_was_no_interview


class Ask(Answering):
    form_class = forms.AskForm
    heading = "Ask for more"
    lead = "The police team is told at once. If a child is in danger now, ring 999."
    done = "The police have your answer. They owe you one now."

    def verb(self, delivery: Delivery, form: forms.ReplyForm) -> Transition[Any, Any]:
        return workflow.ask_for_more


class Disagree(Answering):
    form_class = forms.DisagreeForm
    heading = "You disagree"
    lead = "A disagreement is settled for the child, by the stages of the safeguarding partnership. It is no complaint."

    def verb(self, delivery: Delivery, form: forms.ReplyForm) -> Transition[Any, Any]:
        return workflow.they_disagree


class Destroyed(Answering):
    form_class = forms.DestroyedForm
    heading = "It is destroyed"
    lead = "What you were sent should not have reached you. Nobody is to act on it any more."

    def verb(self, delivery: Delivery, form: forms.ReplyForm) -> Transition[Any, Any]:
        return workflow.confirm_destroyed
