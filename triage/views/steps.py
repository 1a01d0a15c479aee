"""The pages that move an incident on: one form, one verb each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from access.actor import NotYours
from access.time import now
from access.views import GuardedPage
from cases.views.facts import Meeting
from triage import units, workflow
from triage.forms import intake, scene, thrive, waiting
from triage.models import Incident
from workflow.transitions import NotNow
from workflow.views import TransitionPage


class IncidentStep(TransitionPage):
    model = Incident


class ThriveStep(IncidentStep):
    template_name = "triage/thrive.html"


class NamePerson(Meeting):
    """Somebody is part of the incident: first it asks whether we have met them."""

    transition = workflow.name_person
    model = Incident
    form_class = scene.NamePersonForm
    title = "Somebody in this incident"
    lead = "What we know of them, and of who lives with them, is on the incident as soon as you have saved."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        given = form.facts
        form.facts = lambda: {**given(), "person": self.chosen(form)}
        return form


class Regrade(ThriveStep):
    transition = workflow.regrade
    form_class = thrive.RegradeForm
    title = "Change the grade"
    lead = "Anyone may raise it; a supervisor may lower it. Each change needs a new THRIVE. No clock is reset."


class Reassess(ThriveStep):
    transition = workflow.reassess
    form_class = thrive.ReassessForm
    title = "Re-assess the risk"


class Reopen(ThriveStep):
    transition = workflow.reopen
    form_class = thrive.ReopenForm
    title = "Open it again"
    lead = "It waits again from now, with a new THRIVE."


class RangAgain(IncidentStep):
    transition = workflow.rang_again
    form_class = intake.RangAgainForm
    title = "They have called again"
    lead = "The risk then has to be re-assessed at once; a clock for that begins as you save."


class ChildFound(IncidentStep):
    transition = workflow.child_found
    form_class = intake.HowWeKnowForm
    title = "A child is involved"
    lead = "What is due for a child counts from when police first knew."


class NoChild(IncidentStep):
    transition = workflow.no_child
    form_class = intake.HowWeKnowForm
    title = "No child is involved"
    lead = "Only a person says this; the software never does."


class AskAboutAbuse(IncidentStep):
    transition = workflow.ask_about_abuse
    form_class = intake.AbuseForm
    title = "Domestic abuse questions"
    lead = "Each answer may be “not known”. Earlier answers stay."


class Urgent(IncidentStep):
    transition = workflow.treat_as_urgent
    form_class = intake.UrgentForm
    title = "Treat as urgent"
    lead = "A lower grade does not take this away."


class WithUnits(IncidentStep):
    """Beside the form: which units could go."""

    template_name = "triage/assign.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(suggestions=units.suggest(self.record, now())[:8], **context)


class Assign(WithUnits):
    transition = workflow.assign
    form_class = scene.AssignForm
    title = "Assign a unit"
    lead = "The clock runs until police arrive."


class StandDown(IncidentStep):
    transition = workflow.stand_down
    form_class = scene.BecauseForm
    title = "Stand the unit down"
    lead = "It waits for a unit again. No clock is set back."


class Attend(IncidentStep):
    transition = workflow.attend
    title = "Police have arrived"
    button = "Record arrival now"


class HearChild(IncidentStep):
    transition = workflow.hear_child
    form_class = scene.VoiceForm
    title = "A child: seen and heard"
    lead = "One child at a time. What they said in their own words; or why not, who will, and by when."


class Outcome(IncidentStep):
    transition = workflow.record_outcome
    form_class = scene.OutcomeForm
    title = "Record the outcome"

    def get_initial(self) -> dict[str, Any]:
        seen = {"child_seen": "yes"} if self.record.child_seen_at else {}
        return {"child": self.record.child, "closing_category": self.record.opening_category, **seen}


class AcceptNotSeen(IncidentStep):
    transition = workflow.accept_not_seen
    form_class = scene.AcceptNotSeenForm
    title = "Police need not see the child"
    lead = "You answer for it. It stays on the record with your name."


class Close(IncidentStep):
    transition = workflow.close
    form_class = scene.CloseForm
    title = "Close the incident"
    button = "Close"


class End(IncidentStep):
    transition = workflow.end_without_attendance
    form_class = scene.EndForm
    title = "End without attendance"
    button = "End the incident"


class Duplicate(IncidentStep):
    transition = workflow.link_duplicate
    form_class = scene.DuplicateForm
    title = "The same as another incident"
    lead = "The other goes on, this one ends. Both have to have been re-assessed since the second call came in."
    button = "Link and end this one"


class ContactCaller(IncidentStep):
    transition = workflow.contact_caller
    form_class = waiting.ContactForm
    template_name = "triage/contact.html"
    title = "Contact the caller"
    lead = "Tell them the honest wait, and ask what has changed."

    def get_initial(self) -> dict[str, Any]:
        return {"route": self.record.safe_to_call}


class AskFim(IncidentStep):
    transition = workflow.ask_fim
    form_class = waiting.AskFimForm
    title = "Send to the force incident manager"
    button = "Send"
    lead = "If no decision is saved in time it goes past the force incident manager to the daily meeting's chair."


class Resources(WithUnits):
    transition = workflow.decide_resources
    form_class = waiting.ResourcesForm
    title = "Decide on resources"
    button = "Save the decision"
    lead = "Seeing it is not deciding it: the clock stops when the decision is saved."


class HandOver(IncidentStep):
    transition = workflow.hand_over
    form_class = waiting.HandOverForm
    title = "Hand over"
    button = "Offer it"
    lead = "It stays yours until they say yes."


class Give(IncidentStep):
    transition = workflow.give
    form_class = waiting.GiveForm
    title = "Give to somebody"


class Allocate(IncidentStep):
    transition = workflow.allocate
    form_class = waiting.AllocateForm
    title = "Decide who deals with it"
    lead = "Answer each question first. What cannot be dealt with by phone cannot be sent there."


class Agree(IncidentStep):
    transition = workflow.agree
    form_class = scene.BecauseForm
    title = "Second look: agree"
    button = "Agree"


class Disagree(IncidentStep):
    transition = workflow.disagree
    form_class = scene.BecauseForm
    title = "Second look: disagree"
    button = "Send it back to the hub"


class Note(IncidentStep):
    transition = workflow.add_specialist_note
    form_class = waiting.NoteForm
    title = "Specialist's guidance on images"


class Accept(IncidentStep):
    transition = workflow.accept
    form_class = waiting.AcceptForm
    title = "Accept for the team"
    button = "Accept"

    def get_initial(self) -> dict[str, Any]:
        return {"owner": self.request.user.pk}


class SendBack(IncidentStep):
    transition = workflow.send_back
    form_class = scene.BecauseForm
    title = "Send back to the hub"


class KeepTrying(IncidentStep):
    transition = workflow.keep_trying
    form_class = scene.BecauseForm
    title = "Not reached: keep trying"
    lead = "To send somebody, or to end it, go back and choose that."


class Resolve(IncidentStep):
    transition = workflow.resolve_by_phone
    form_class = waiting.ResolveForm
    title = "Resolved by phone"

    def get_initial(self) -> dict[str, Any]:
        return {"closing_category": self.record.opening_category}


class OneClick(GuardedPage):
    """A step that is one press, on the incident's own page."""

    def done(self, record: Incident) -> str:
        raise NotImplementedError

    def step(self, record: Incident, request: HttpRequest) -> Incident:
        raise NotImplementedError

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        record = get_object_or_404(Incident.objects.all(), pk=pk)
        try:
            record = self.step(record, request)
            messages.success(request, self.done(record))
        except (NotNow, NotYours) as refusal:
            messages.error(request, str(refusal))
        return redirect(record)


class ReturnForDeployment(OneClick):
    """Somebody has to go there. One press, and nobody has to agree."""

    may = workflow.return_for_deployment.may

    def step(self, record: Incident, request: HttpRequest) -> Incident:
        reason = request.POST.get("reason", "")
        return workflow.return_for_deployment(record, by=request.user, reason=reason)  # type: ignore[arg-type]

    def done(self, record: Incident) -> str:
        return f"{record} waits for a unit, graded {record.grade}. Re-assess the risk now."


class AcceptHandover(OneClick):
    """Yes: it is mine."""

    may = workflow.accept_handover.may

    def step(self, record: Incident, request: HttpRequest) -> Incident:
        return workflow.accept_handover(record, by=request.user)  # type: ignore[arg-type]

    def done(self, record: Incident) -> str:
        return f"{record} is yours."


class DeclineHandover(IncidentStep):
    transition = workflow.decline_handover
    form_class = scene.BecauseForm
    title = "Not me: it stays with whoever has it"
