"""Daily management meetings: the list, one meeting, and the steps of its life."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from briefing.daily_rows import MEETING_KINDS, daily_action_as_work, meeting_as_work
from briefing.filters import MeetingFilter
from briefing.forms import meeting as forms
from briefing.models import Attendee, Meeting
from briefing.papers import open_actions, paper_of
from briefing.showing import lines_ahead, lines_of, progress, reckonings_of, undecided_first
from briefing.workflow import meetings
from documents.opening import answer
from govuk.times import exactly
from quality.views.of import CreateOf
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import NotNow, Transition
from workflow.views import TransitionPage, actions_for

State = Meeting.State
STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (meetings.open_meeting, "Open the meeting", "meeting-open"),
    (meetings.look_again, "Look again", "meeting-look-again"),
    (meetings.end_meeting, "The meeting is over", "meeting-end"),
    (meetings.take_chair, "Take the chair", "meeting-chair"),
    (meetings.sign_off, "Sign off the minutes", "meeting-sign-off"),
]


class Meetings(QueuePage):
    """Every meeting; the one to come and those not signed off first."""

    may = Can.SEE_DAILY
    heading = "Daily management meetings"
    lead = "Each day, weekends too, the force decides on each child who waits."
    filterset_class = MeetingFilter
    due_field = "meets_at"
    empty = {"title": "No meeting waits", "text": "The next one appears by itself."}

    def records(self) -> QuerySet[Meeting]:
        rows: QuerySet[Meeting] = Meeting.objects.select_related("chair")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        going_on = ~Q(state=State.SIGNED_OFF)
        return {
            "open": ("Not signed off", going_on),
            "late": ("Late", going_on & Q(due_at__lt=at)),
            "signed_off": ("Signed off", Q(state=State.SIGNED_OFF)),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        return meeting_as_work(record, clock)


class MeetingPage(RecordPage):
    """One meeting: what earlier ones asked for, its agenda, what was decided, who was there."""

    may = Can.SEE_DAILY
    template_name = "briefing/meeting.html"

    def get_queryset(self) -> QuerySet[Meeting]:
        return Meeting.objects.select_related("chair", "signed_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        meeting: Meeting = self.object
        user: Any = self.request.user
        lines = lines_of(meeting) if meeting.opened_at else lines_ahead()
        earlier = open_actions() if meeting.state in (State.OWED, State.OPEN) else []
        return super().get_context_data(
            now=now(),
            heading=f"Daily meeting, {exactly(meeting.meets_at)}",
            reference=meeting.reference,
            state=State(meeting.state).label,
            state_kind=MEETING_KINDS[meeting.state],
            lines=undecided_first(lines),
            progress=progress(lines),
            first_undecided=next((line.item for line in lines if line.item and line.item.state == "undecided"), None),
            rows=[daily_action_as_work(each) for each in earlier],
            reckonings=reckonings_of(meeting),
            attendees=list(meeting.attendees.filter(state=Attendee.State.THERE).select_related("person", "agency")),
            may_record=meeting.state in (State.OPEN, State.OVER) and user.can(Can.DECIDE_DAILY),
            actions=actions_for(meeting, user, STEPS),
            clocks=clocks_of(meeting),
            missing=[],
            timeline=timeline_of(meeting),
            **context,
        )


class Paper(GuardedPage):
    """The agenda or the minutes as PDF."""

    may = Can.SEE_DAILY

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        meeting: Meeting = get_object_or_404(Meeting.objects.select_related("chair", "signed_by"), pk=pk)
        written = paper_of(meeting, for_whom=request.user)  # type: ignore[arg-type]
        return answer(written, media_type="application/pdf", filename=f"{meeting.reference}.pdf", inline=True)


class Step(TransitionPage):
    model = Meeting


class Open(Step):
    transition = meetings.open_meeting
    title = "Open the meeting"
    button = "Open it"
    lead = "Its agenda is written down from the records as they are now. You chair it, until somebody else does."

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            opened = meetings.begin(self.record, by=self.request.user)  # type: ignore[arg-type]
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(opened)


class LookAgain(Step):
    transition = meetings.look_again
    title = "Look again"
    button = "Look again"
    lead = "What has become late since is added. What has settled itself is shown as that, and asks no decision."


class TakeChair(Step):
    transition = meetings.take_chair
    form_class = forms.BecauseForm
    title = "Take the chair"
    button = "I chair it from now on"


class End(Step):
    transition = meetings.end_meeting
    title = "The meeting is over"
    button = "It is over"
    lead = "Everything on the agenda is decided. What earlier meetings asked for and is late is carried over."


class SignOff(Step):
    transition = meetings.sign_off
    form_class = forms.SignOffForm
    title = "Sign off the minutes"
    button = "Sign off"
    lead = "Nothing of them changes any more."


class There(CreateOf):
    transition = meetings.record_there
    model = Attendee
    of = Meeting
    form_class = forms.ThereForm
    title = "Who is there"
    button = "Write it down"


class NotThere(TransitionPage):
    transition = meetings.was_not_there
    model = Attendee
    form_class = forms.BecauseForm
    title = "They were not there"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": str(self.record)}
