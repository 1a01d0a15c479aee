"""The monthly meeting: its agenda, its time, what was decided for each child, and the steps it gave."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from access.roles import Can, who_may
from access.time import now
from access.views import RecordPage
from cohort import workflow
from cohort.agenda import agenda_of, for_hold
from cohort.forms import meetings as forms
from cohort.forms.plans import MeetingStepForm
from cohort.models import CohortMeeting, PlanStep
from cohort.rows import MEETING_KINDS, when_in_words
from sla.work import clocks_of, timeline_of
from strategy.forms.holding import MOST_PEOPLE, Attendees
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for, as_typed

PEOPLE = "people"
ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.hold_meeting, "Record the meeting", "cohortmeeting-hold"),
    (workflow.set_meeting_time, "Set the time", "cohortmeeting-time"),
    (workflow.cancel_meeting, "Cancel it", "cohortmeeting-cancel"),
]


class MeetingPage(RecordPage):
    """One monthly meeting: before it the agenda, which builds itself; after it who was there and what was decided."""

    may = Can.SEE_COHORT
    template_name = "cohort/meeting.html"

    def get_queryset(self) -> QuerySet[CohortMeeting]:
        return CohortMeeting.objects.select_related("authority", "team", "recorded_by", "follows")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        meeting: CohortMeeting = self.object
        at = now()
        return super().get_context_data(
            now=at,
            heading=f"Monthly meeting with {meeting.authority}",
            reference=meeting.reference,
            child="",
            grade=None,
            state=CohortMeeting.State(meeting.state).label,
            state_kind=MEETING_KINDS[meeting.state],
            when=when_in_words(meeting),
            agenda=agenda_of(meeting, at),
            attendees=list(meeting.attendees.order_by("group", "name", "pk")),
            given=list(meeting.steps.select_related("owner", "agency", "plan__entry__person").order_by("due_at", "pk")),
            followed_by=meeting.followed_by.order_by("counts_from", "pk").first(),
            actions=self._actions(meeting),
            clocks=clocks_of(meeting),
            missing=[],
            missing_step="",
            timeline=timeline_of(meeting),
            **context,
        )

    def _actions(self, meeting: CohortMeeting) -> list[dict[str, str]]:
        user: Any = self.request.user
        found = actions_for(meeting, user, ACTIONS)
        if meeting.state == CohortMeeting.State.HELD:
            why_not = "" if user.can(Can.KEEP_COHORT) else f"for a {who_may(Can.KEEP_COHORT)}"
            url = reverse("cohortmeeting-step", args=[meeting.pk])
            found.append({"label": "Give somebody a step", "url": url, "why_not": why_not})
        return found


class Step(TransitionPage):
    model = CohortMeeting

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.record.authority}, {self.record.reference}"}


class SetTime(Step):
    transition = workflow.set_meeting_time
    form_class = forms.TimeForm
    title = "Set the time of the meeting"
    button = "Save the time"
    lead = "By when it must be held does not move with it."

    def get_initial(self) -> dict[str, Any]:
        return {"planned_for": self.record.planned_for} if self.record.planned_for else {}


class Cancel(Step):
    transition = workflow.cancel_meeting
    form_class = forms.CancelForm
    title = "Cancel the meeting"
    button = "Cancel the meeting"
    lead = "While a child of this authority is in the cohort another meeting is there at once, due when this one was."


class Hold(Step):
    """Who was there, and what was decided for each child, on one page."""

    transition = workflow.hold_meeting
    form_class = forms.HoldForm
    template_name = "cohort/hold.html"
    title = "Record the meeting"
    lead = "Every child has a decision, or a reason why they were not discussed."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.attendees = Attendees(self.request.POST or None, prefix=PEOPLE)
        form.offer(for_hold(self.record))
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"held_at": self.record.planned_for or now()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One more person: the page comes back with everything that was typed, and room for another."""
        if "add_person" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = request.POST.copy()
        there = str(typed.get(f"{PEOPLE}-TOTAL_FORMS", ""))
        wanted = int(there) + 1 if there.isdigit() else 1
        typed[f"{PEOPLE}-TOTAL_FORMS"] = str(min(wanted, MOST_PEOPLE))
        form = forms.HoldForm(typed)
        form.offer(for_hold(self.record))
        form = as_typed(form)
        form.attendees = Attendees(typed, prefix=PEOPLE)
        for person in form.attendees:
            as_typed(person)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "formset": context["form"].attendees}


class GiveStep(CreatePage):
    """The meeting gave somebody something to do for a child."""

    transition = workflow.add_step
    model = PlanStep
    form_class = MeetingStepForm
    title = "Give somebody a step"

    @cached_property
    def meeting(self) -> CohortMeeting:
        found: CohortMeeting = get_object_or_404(
            CohortMeeting.objects.select_related("authority"), pk=self.kwargs["pk"]
        )
        return found

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.offer(self.meeting)
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return {**context, "reference": f"{self.meeting.authority}, {self.meeting.reference}"}

    def cancel_url(self) -> str:
        return self.meeting.get_absolute_url()
