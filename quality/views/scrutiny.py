"""Meetings of the scrutiny group, for those of the force who prepare and chair them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from access.actor import acting
from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from documents.opening import answer
from quality.forms import scrutiny as forms
from quality.models import ScrutinyMeeting, ScrutinyMember, ScrutinyPaper
from quality.scrutiny_cases import DRAWS
from quality.scrutiny_filters import MeetingFilter
from quality.scrutiny_missing import missing_of
from quality.scrutiny_report import proposed_report, report_as_pdf
from quality.scrutiny_rows import MEETING_KINDS, facts_of, meeting_as_work, paper_as_work
from quality.views.of import CreateOf
from quality.workflow import scrutiny
from quality.workflow.scrutiny_papers import add_case, the_draw
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import TransitionPage, actions_for

State = ScrutinyMeeting.State
STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (scrutiny.plan_meeting, "Plan the meeting", "scrutinymeeting-plan"),
    (scrutiny.draw_cases, "Draw the cases", "scrutinymeeting-draw"),
    (scrutiny.send_papers, "Send the papers", "scrutinymeeting-send"),
    (scrutiny.hold_meeting, "It has met", "scrutinymeeting-held"),
    (scrutiny.report_meeting, "Send the report", "scrutinymeeting-report"),
    (scrutiny.call_off_meeting, "Call it off", "scrutinymeeting-off"),
]


class Meetings(QueuePage):
    """Every meeting; the one that is owed first."""

    may = Can.SEE_QUALITY
    heading = "Scrutiny group"
    lead = "Each quarter the agencies look together at cases that were drawn at random."
    filterset_class = MeetingFilter
    due_field = "due_at"

    def records(self) -> QuerySet[ScrutinyMeeting]:
        rows: QuerySet[ScrutinyMeeting] = ScrutinyMeeting.objects.select_related("chair")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        going_on = ~Q(state__in=[State.REPORTED, State.CALLED_OFF])
        return {
            "open": ("Open", going_on),
            "late": ("Late", going_on & Q(due_at__lt=at)),
            "reported": ("Reported", Q(state=State.REPORTED)),
            "called_off": ("Called off", Q(state=State.CALLED_OFF)),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        return meeting_as_work(record, clock)


class MeetingPage(RecordPage):
    """One meeting: its members, its cases and how they were drawn, its report."""

    may = Can.SEE_QUALITY
    template_name = "quality/scrutiny_meeting.html"

    def get_queryset(self) -> QuerySet[ScrutinyMeeting]:
        return ScrutinyMeeting.objects.select_related("chair", "in_place_of")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        meeting: ScrutinyMeeting = self.object
        user: Any = self.request.user
        papers = list(meeting.papers.select_related("meeting", "prepared_by", "checked_by").order_by("number"))
        chairs = user.can(Can.CHAIR_SCRUTINY)
        return super().get_context_data(
            now=now(),
            heading="Scrutiny group",
            reference=meeting.reference,
            state=State(meeting.state).label,
            state_kind=MEETING_KINDS[meeting.state],
            said=facts_of(meeting),
            rows=[paper_as_work(each) for each in papers],
            hidden=_how_many(meeting) - len(papers),
            members=list(meeting.members.select_related("person").order_by("added_at", "pk")),
            again=the_draw(meeting) if meeting.drawn_at else [],
            may_change=chairs and meeting.state in (State.PLANNED, State.PAPERS_SENT),
            may_add=chairs and meeting.state == State.PLANNED,
            may_remove=chairs and meeting.state in (State.PLANNED, State.PAPERS_SENT, State.HELD),
            actions=actions_for(meeting, user, STEPS),
            clocks=clocks_of(meeting),
            missing=missing_of(meeting),
            missing_step="send the papers",
            timeline=timeline_of(meeting),
            **context,
        )


def _how_many(meeting: ScrutinyMeeting) -> int:
    with acting(DRAWS, apart=True):
        return meeting.papers.count()


class Step(TransitionPage):
    model = ScrutinyMeeting


class Plan(Step):
    transition = scrutiny.plan_meeting
    form_class = forms.PlanForm
    title = "Plan the meeting"
    button = "Plan it"


class Draw(Step):
    transition = scrutiny.draw_cases
    title = "Draw the cases"
    button = "Draw them"
    lead = (
        "They are drawn at random from notices that were filed, missing episodes and strategy meetings of the quarter. "
        "That is done once: after it you add a case, or leave one out, with a reason."
    )


class Send(Step):
    transition = scrutiny.send_papers
    title = "Send the papers"
    button = "Send them"
    lead = "From then on members read the papers. They see nothing else of a case."


class Held(Step):
    transition = scrutiny.hold_meeting
    form_class = forms.HeldForm
    title = "The group has met"


class CallOff(Step):
    transition = scrutiny.call_off_meeting
    form_class = forms.CallOffForm
    title = "Call the meeting off"
    button = "Call it off"
    lead = "Members and papers go along to the new day. Nobody sees the papers until you send them again."


class Report(Step):
    transition = scrutiny.report_meeting
    form_class = forms.ReportForm
    title = "Report of the scrutiny group"
    button = "Send it to the members"

    def get_initial(self) -> dict[str, Any]:
        return {"report": proposed_report(self.record)}


class ReportPdf(GuardedPage):
    """The report on paper."""

    may = Can.SEE_QUALITY

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        meeting = get_object_or_404(ScrutinyMeeting.objects.all(), pk=pk)
        if meeting.state != State.REPORTED:
            raise Http404("There is no report yet")
        written = report_as_pdf(meeting, for_whom=request.user)  # type: ignore[arg-type]
        return answer(written, media_type="application/pdf", filename=f"{meeting.reference}.pdf", inline=True)


class AddMember(CreateOf):
    transition = scrutiny.add_member
    model = ScrutinyMember
    of = ScrutinyMeeting
    form_class = forms.MemberForm
    title = "Add a member"
    button = "Add them"
    lead = "They see the papers of this meeting, and of no other, until some days after it met."


class RemoveMember(TransitionPage):
    transition = scrutiny.remove_member
    model = ScrutinyMember
    form_class = forms.BecauseForm
    title = "Remove a member"
    button = "Remove them"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": str(self.record)}


class AddCase(CreateOf):
    transition = add_case
    model = ScrutinyPaper
    of = ScrutinyMeeting
    form_class = forms.CaseForm
    title = "Add a case"
    button = "Add it"
