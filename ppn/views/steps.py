"""The pages that move a notice on: one form, one verb."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from cases.models import Person
from ppn import household, people, workflow
from ppn.forms import review as forms
from ppn.models import DetailRequest, Ppn, Subject, Trigger
from workflow.views import CreatePage, TransitionPage


class PpnStep(TransitionPage):
    model = Ppn


class SayWho(PpnStep):
    """Somebody the notice names: whom we may know them to be, with what speaks for it and against."""

    transition = workflow.say_who
    form_class = forms.SayWhoForm
    button = "Save"
    lead = "What we know of them, and what runs out when, is on the notice as soon as you have said who they are."

    @cached_property
    def subject(self) -> Subject:
        found: Subject = get_object_or_404(Subject.objects.filter(ppn=self.record), pk=self.kwargs["subject"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.choose_from(people.candidates(self.subject))
        given = form.facts
        form.facts = lambda: {**given(), "subject": self.subject}
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "heading": f"Who is {self.subject.name}?"}


class Assess(PpnStep):
    transition = workflow.assess
    form_class = forms.AssessForm
    title = "Secondary risk assessment"
    button = "Save the assessment"

    def get_initial(self) -> dict[str, Any]:
        return {"grade": self.record.grade}


class File(PpnStep):
    transition = workflow.file
    form_class = forms.FileForm
    title = "Decide on a strategy meeting and file"
    button = "File the notice"


class Take(PpnStep):
    transition = workflow.take
    title = "Take this notice"
    button = "Take it"


class PutBack(PpnStep):
    transition = workflow.put_back
    form_class = forms.PutBackForm
    title = "Put the notice back in the queue"
    button = "Put it back"


class FoundAChild(PpnStep):
    transition = workflow.found_a_child
    form_class = forms.FoundAChildForm
    title = "A child is involved after all"
    button = "Save"


class Check(PpnStep):
    """Beside the review, never in front of it."""

    transition = workflow.check
    form_class = forms.CheckForm
    title = "Check an officer's notice"
    button = "Save what you tell the officer"
    lead = "The notice has been in the MASH queue since it was submitted. It does not wait for you."


class AskForDetail(CreatePage):
    transition = workflow.ask_for_detail
    model = DetailRequest
    form_class = forms.AskForDetailForm
    title = "Ask the officer for more detail"
    button = "Ask"

    @cached_property
    def ppn(self) -> Ppn:
        return get_object_or_404(Ppn.objects.all(), pk=self.kwargs["ppn"])

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        given, ppn = form.facts, self.ppn
        form.facts = lambda: {**given(), "ppn": ppn}
        return form

    def cancel_url(self) -> str:
        return self.ppn.get_absolute_url()


class AnswerDetail(TransitionPage):
    transition = workflow.answer_detail
    model = DetailRequest
    form_class = forms.AnswerDetailForm
    title = "Answer the MASH"
    button = "Send the answer"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": f"The MASH asks: {self.record.question}"}


class ConsiderChild(PpnStep):
    """A child of the household whom the notice does not name."""

    transition = workflow.consider_child
    form_class = forms.ConsiderChildForm
    button = "Save"

    @cached_property
    def child(self) -> Person:
        wanted: UUID = self.kwargs["child"]
        found = next((each for each in household.other_children(self.record) if each.pk == wanted), None)
        return found or get_object_or_404(Person.objects.none(), pk=wanted)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        given, child = form.facts, self.child
        form.facts = lambda: {**given(), "child": child}
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "heading": f"What does it mean for {self.child}?"}


class Propose(TransitionPage):
    transition = workflow.propose
    model = Trigger
    form_class = forms.ProposeForm
    title = "Propose to the sergeant"
    button = "Propose"
    lead = "The sergeant decides. What you propose and why stands beside the decision."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": f"{self.record.why}. {self.lead}"}


class DecideStrategy(PpnStep):
    """The sergeant sees every open trigger, what was proposed, and decides for the notice."""

    transition = workflow.decide_strategy
    form_class = forms.DecideStrategyForm
    template_name = "ppn/decide_strategy.html"
    title = "Is a strategy meeting needed?"
    button = "Save the decision"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(triggers=workflow.open_triggers(self.record), **context)


class ForceALook(PpnStep):
    transition = workflow.force_a_look
    form_class = forms.ForceALookForm
    title = "Put it before the MASH sergeant"
    button = "Put it before the sergeant"
    lead = "Anybody who has seen something can do this. The sergeant has to decide, and a “no” needs a reason."


class Reopen(PpnStep):
    transition = workflow.reopen
    form_class = forms.ReopenForm
    title = "Open the notice again"
    button = "Open it again"
