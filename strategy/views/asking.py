"""Pages on which a strategy meeting is asked for and answered."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from access.time import now
from cases.views.facts import with_facts
from strategy import workflow
from strategy.about import NOTHING, SUBJECTS, Prefill, after
from strategy.forms import asking as forms
from strategy.models import MeetingChild, StrategyMeeting
from strategy.rows import warnings
from workflow.views import CreatePage, TransitionPage


class Step(TransitionPage):
    """One step of a meeting. What nobody may overlook stands on each of its pages."""

    model = StrategyMeeting
    template_name = "strategy/step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(warnings=warnings(self.record), **context)


class Request(CreatePage):
    """A request for a strategy meeting, about a record or after an earlier discussion."""

    transition = workflow.request
    model = StrategyMeeting
    form_class = forms.RequestForm
    title = "Ask for a strategy meeting"
    button = "Send the request"
    lead = (
        "Ask where there is reasonable cause to suspect that a child is suffering, or is likely to suffer, significant "
        "harm. What you write goes to the local authority and is kept exactly as it was sent."
    )

    @cached_property
    def prefill(self) -> Prefill:
        if address := self.request.GET.get("about", ""):
            return SUBJECTS.find(address)
        if key := self.request.GET.get("follows", ""):
            return after(key)
        return NOTHING

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fill(self.prefill)
        return form

    def get_initial(self) -> dict[str, Any]:
        known: dict[str, Any] = {"why": self.prefill.why, "risk_is_immediate": self.prefill.risk_is_immediate}
        councils = list(forms.RequestForm.base_fields["authority"].queryset.all()[:2])  # type: ignore[attr-defined]
        if follows := self.prefill.follows:
            known["authority"] = follows.authority_id
        elif len(councils) == 1:
            known["authority"] = councils[0].pk
        return {name: value for name, value in known.items() if value}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = self.prefill.about or self.prefill.follows
        return {**super().get_context_data(**context), "reference": str(found) if found else ""}

    def cancel_url(self) -> str:
        follows = self.prefill.follows
        return follows.get_absolute_url() if follows else super().cancel_url()


class Answer(Step):
    form_class = forms.AnswerForm

    def get_initial(self) -> dict[str, Any]:
        return {"answered_at": now()}


class Accepted(Answer):
    transition = workflow.accepted
    title = "The authority accepts"


class Declined(Answer):
    transition = workflow.declined
    title = "The authority declines"
    lead = "A sergeant then asks again, or leaves it so and says why. By when the meeting must be held does not change."


class AskAgain(Step):
    transition = workflow.ask_again
    form_class = forms.AskAgainForm
    title = "Ask again"
    button = "Send it again"
    lead = "By when the meeting must be held still counts from when we first asked."


class LetItStand(Step):
    transition = workflow.let_it_stand
    form_class = forms.BecauseForm
    title = "Leave it declined"
    lead = "There will be no meeting. You answer for that: say why none is needed after all."


class RiskRose(Step):
    transition = workflow.risk_rose
    form_class = forms.RiskRoseForm
    title = "The risk is immediate now"
    lead = "The meeting is due sooner."


class Cancel(Step):
    transition = workflow.cancel
    form_class = forms.BecauseForm
    title = "Cancel the meeting"
    button = "Cancel the meeting"
    lead = "There will be no meeting. You answer for that: say why."


class WhichChild(Step):
    """A child who was named only in words."""

    transition = workflow.say_which_child
    form_class = forms.WhichChildForm
    title = "Which child is it?"

    @cached_property
    def child(self) -> MeetingChild:
        found: MeetingChild = get_object_or_404(
            MeetingChild.objects.filter(meeting=self.record), pk=self.kwargs["child"]
        )
        return found

    def get_form(self, form_class: Any = None) -> Any:
        return with_facts(super().get_form(form_class), child=self.child)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "heading": f"Which child is {self.child.name}?"}
