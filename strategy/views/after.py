"""Pages after a meeting: its actions, its minutes, the conference, and closing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from access.actor import NotYours
from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from accounts.duty import people_answered_for
from sla.work import clocks_of, timeline_of
from strategy import workflow
from strategy.forms import after as forms
from strategy.forms.asking import BecauseForm
from strategy.models import Action, ReceivedMinutes, StrategyMeeting
from strategy.rows import warnings
from strategy.views.asking import Step
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionForm, TransitionPage, actions_for


class GiveAction(CreatePage):
    """The meeting gave somebody something to do."""

    transition = workflow.add_action
    model = Action
    form_class = forms.GiveActionForm
    template_name = "strategy/step.html"
    title = "Give somebody an action"

    @cached_property
    def meeting(self) -> StrategyMeeting:
        """The meeting that gave it; a hidden one is a 404."""
        found: StrategyMeeting = get_object_or_404(StrategyMeeting.objects.all(), pk=self.kwargs["pk"])
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.meeting = self.meeting
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(warnings=warnings(self.meeting), **context)
        return {**context, "reference": self.meeting.reference}

    def cancel_url(self) -> str:
        return self.meeting.get_absolute_url()


class ActionPage(RecordPage):
    """One action, for whoever has it and for the MASH."""

    may = None
    template_name = "strategy/action.html"

    def get_queryset(self) -> QuerySet[Action]:
        return Action.objects.select_related("meeting", "owner", "agency", "ended_by")

    def get_object(self, queryset: Any = None) -> Action:
        action: Action = super().get_object(queryset)
        user: Any = self.request.user
        if not user.can(Can.SEE_STRATEGY_MEETINGS) and action.owner_id not in people_answered_for(user):
            raise NotYours(f"You may not {Can.SEE_STRATEGY_MEETINGS.label}.")
        return action

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        action: Action = self.object
        return super().get_context_data(
            now=now(),
            heading=action.what if len(action.what) <= 100 else f"{action.what[:99]}…",
            reference=action.reference,
            child="yes",
            grade=None,
            state=Action.State(action.state).label,
            state_kind="waiting" if action.state == Action.State.OPEN else "done",
            warnings=warnings(action.meeting),
            may_see_meeting=self.request.user.can(Can.SEE_STRATEGY_MEETINGS),  # type: ignore[union-attr]
            actions=actions_for(action, self.request.user, ACTIONS),
            clocks=clocks_of(action),
            missing=[],
            missing_step="",
            timeline=timeline_of(action),
            **context,
        )


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.action_done, "It is done", "action-done"),
    (workflow.action_not_needed, "No longer needed", "action-not-needed"),
]


class OfAnAction(TransitionPage):
    model = Action
    template_name = "strategy/step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(warnings=warnings(self.record.meeting), **context)


class ActionDone(OfAnAction):
    transition = workflow.action_done
    form_class = forms.HowForm
    title = "It is done"


class ActionNotNeeded(OfAnAction):
    transition = workflow.action_not_needed
    form_class = forms.NotNeededForm
    title = "No longer needed"
    lead = "You answer for that: say why."


class RecordMinutes(Step):
    transition = workflow.record_minutes
    form_class = forms.MinutesForm
    title = "Minutes"
    button = "Save the minutes"
    lead = "A document has to be added to the meeting first. An earlier version stays beside a later one."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.offer(self.record)
        return form


class ReceivedOnItsMeeting(GuardedPage):
    """Minutes that an agency sent are shown with their meeting."""

    may = Can.SEE_STRATEGY_MEETINGS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        received = get_object_or_404(ReceivedMinutes.objects.all(), pk=pk)
        return redirect(f"{reverse('strategy', args=[received.meeting_id])}#received")


class OfReceivedMinutes(TransitionPage):
    model = ReceivedMinutes
    template_name = "strategy/step.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(warnings=warnings(self.record.meeting), **context)


class TakeOver(OfReceivedMinutes):
    transition = workflow.take_over
    form_class = TransitionForm
    title = "These are the minutes"
    button = "Take them over"
    lead = "You have read them. An earlier version stays beside a later one."


class LeaveOut(OfReceivedMinutes):
    transition = workflow.leave_out
    form_class = forms.LeaveOutForm
    title = "These are not the minutes"
    button = "Leave them out"
    lead = "The document stays with the meeting, with your reason."


class SetConference(Step):
    transition = workflow.set_conference
    form_class = forms.ConferenceForm
    title = "Initial child protection conference"
    button = "Save the date"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        by = self.record.conference_by
        return {**context, "lead": f"In time until {by:%A %-d %B %Y}." if by else ""}


class NoConference(Step):
    transition = workflow.no_conference
    form_class = BecauseForm
    title = "No conference is needed"


class ConferenceHeld(Step):
    transition = workflow.conference_was_held
    form_class = forms.ConferenceHeldForm
    title = "The conference was held"


class Close(Step):
    transition = workflow.close
    form_class = TransitionForm
    title = "Close the meeting"
    button = "Close it"
    lead = "Everything it gave to do is done."
