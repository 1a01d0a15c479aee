"""The list of strategy meetings, and the page of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from access.roles import Can, who_may
from access.time import now
from access.views import RecordPage
from documents.rows import open_url, state_in_words
from documents.showing import documents_of
from govuk.times import exactly
from partners.content import in_words
from partners.models import Delivery, Disclosure
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from strategy import workflow
from strategy.codes import AGREED, NOT_HELD, OPEN, WAS_HELD, Kind, State
from strategy.filters import MeetingFilter
from strategy.models import Action, Decision, Minutes, ReceivedMinutes, StrategyMeeting
from strategy.rows import KINDS, as_work, warnings, who
from workflow.transitions import Transition
from workflow.views import actions_for

RECORD, REQUEST = Can.RECORD_STRATEGY_MEETING, Can.REQUEST_STRATEGY_MEETING
LAST_DAY = TruncDate(
    ExpressionWrapper(F("conference_due_at") - timedelta(microseconds=1), output_field=DateTimeField())
)
"""The last day on which a conference is in time: one that is due as a day begins is due the day before."""


class Queue(QueuePage):
    """Every strategy meeting that is not done, the nearest to breach first."""

    may = Can.SEE_STRATEGY_MEETINGS
    heading = "Strategy meetings"
    filterset_class = MeetingFilter
    due_field = "due_at"
    empty = {
        "title": "No strategy meeting waits",
        "text": "A sergeant asks for one from a notice, or from the page of another record.",
    }

    def records(self) -> QuerySet[StrategyMeeting]:
        first = Action.objects.filter(meeting=OuterRef("pk"), state=Action.State.OPEN).order_by("due_at")
        together = StrategyMeeting.objects.select_related("authority", "team").prefetch_related("children")
        return together.annotate(action_due=Subquery(first.figures().values("due_at")[:1]))

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        open_action = Action.objects.filter(meeting=OuterRef("pk"), state=Action.State.OPEN)
        section_47 = Q(state__in=WAS_HELD, starts_section_47=True, conference_held_on=None)
        late = Q(conference_on__gt=LAST_DAY)
        overdue = Q(due_at__lt=at) | Q(Exists(open_action.filter(due_at__lt=at)))
        return {
            "open": ("Not done", Q(state__in=OPEN)),
            "overdue": ("Overdue", Q(state__in=OPEN) & overdue),
            "to_hold": ("Not held yet", Q(state__in=[State.REQUESTED, *AGREED])),
            "waiting": ("Waiting for an answer", Q(state=State.REQUESTED)),
            "declined": ("Declined", Q(state=State.DECLINED)),
            "planned": ("Planned", Q(state=State.PLANNED)),
            "no_minutes": ("Held without minutes", Q(state=State.HELD)),
            "actions": ("Open actions", Q(Exists(open_action))),
            "no_conference": ("No conference date", section_47 & Q(conference_on=None, no_conference_because="")),
            "late_conference": ("Conference too late", section_47 & late),
            "closed": ("Closed", Q(state=State.CLOSED)),
            "given_up": ("Cancelled, or left declined", Q(state__in=[State.CANCELLED, State.STANDS])),
        }

    def row(self, record: StrategyMeeting, clock: Clock | None) -> Work:
        work = as_work(record, clock)
        action_due = record.action_due  # type: ignore[attr-defined] # from `records`
        return replace(work, why=f"{work.why}. First action due {exactly(action_due)}") if action_due else work


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.accepted, "They accept", "strategy-accepted"),
    (workflow.declined, "They decline", "strategy-declined"),
    (workflow.ask_again, "Ask again", "strategy-ask-again"),
    (workflow.let_it_stand, "Leave it declined", "strategy-let-it-stand"),
    (workflow.plan, "Set a time", "strategy-plan"),
    (workflow.hold, "Record the meeting", "strategy-hold"),
    (workflow.plan_again, "Move it", "strategy-plan-again"),
    (workflow.risk_rose, "The risk is immediate now", "strategy-risk-rose"),
    (workflow.cancel, "Cancel it", "strategy-cancel"),
    (workflow.close, "Close it", "strategy-close"),
    (workflow.record_minutes, "Record the minutes", "strategy-minutes"),
    (workflow.set_conference, "Conference date", "strategy-conference"),
    (workflow.no_conference, "No conference", "strategy-no-conference"),
    (workflow.conference_was_held, "The conference was held", "strategy-conference-held"),
]
OF_A_CONFERENCE = {"strategy-conference", "strategy-no-conference", "strategy-conference-held"}


def offered(meeting: StrategyMeeting, user: Any) -> list[dict[str, str]]:
    """What can be done with it now. A conference is offered only where one is owed."""
    owes = meeting.starts_section_47 and not meeting.conference_held_on
    left_out = set() if owes else set(OF_A_CONFERENCE)
    if meeting.risk_is_immediate == "yes":
        left_out.add("strategy-risk-rose")
    if meeting.state == State.MINUTED and workflow.still_needed(meeting):
        left_out.add("strategy-close")  # beside it stands what is missing
    steps = [each for each in ACTIONS if each[2] not in left_out]
    steps.sort(key=lambda each: meeting.state == State.MINUTED and each[2] == "strategy-minutes")  # again is rare
    return [*actions_for(meeting, user, steps), *_more(meeting, user)]


def _more(meeting: StrategyMeeting, user: Any) -> list[dict[str, str]]:
    """What makes another record: an action, the next discussion."""
    found = []
    if meeting.state in WAS_HELD:
        found.append(("Give somebody an action", reverse("strategy-give-action", args=[meeting.pk]), RECORD))
    if meeting.state == State.DECLINED and (delivery := _sent_last(meeting)):
        found.append(("Raise a disagreement", reverse("disagreement-raise", args=[delivery.pk]), Can.RECORD_REPLY))
    if meeting.was_held:
        found.append(("Ask for the next discussion", f"{reverse('strategy-new')}?follows={meeting.pk}", REQUEST))
    return [
        {"label": label, "url": url, "why_not": "" if user.may_change_by(act) else f"for a {who_may(act)}"}
        for label, url, act in found
    ]


def _sent_last(meeting: StrategyMeeting) -> Delivery | None:
    """The last request on its way: a disagreement is about what an agency does with what it was sent."""
    rows = Delivery.objects.filter(kind=meeting._meta.label_lower, record=meeting.pk)
    found: Delivery | None = rows.order_by("-sent_at", "pk").first()
    return found


class MeetingPage(RecordPage):
    """One strategy meeting: why, who answered what, who was there, what was decided, what is still to be done."""

    may = Can.SEE_STRATEGY_MEETINGS
    template_name = "strategy/meeting.html"

    def get_queryset(self) -> QuerySet[StrategyMeeting]:
        together = StrategyMeeting.objects.select_related("case", "team", "authority", "requested_by", "follows")
        return together.prefetch_related("children__person", "answers__recorded_by", "attendees", "followed_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        meeting: StrategyMeeting = self.object
        return super().get_context_data(
            now=now(),
            heading=f"Strategy meeting about {who(meeting)}",
            reference=f"{meeting.reference}, {meeting.case.reference}",
            child="yes",
            grade=None,
            state=State(meeting.state).label,
            state_kind=KINDS[State(meeting.state)],
            warnings=warnings(meeting),
            about_url=about_url(meeting),
            answers=sorted(meeting.answers.all(), key=lambda each: each.answered_at),
            sent=[(each, in_words(each.content)) for each in sent_about(meeting)],
            decisions=in_order(meeting),
            meeting_actions=list(
                meeting.actions.select_related("owner", "agency", "ended_by").order_by("due_at", "reference")
            ),
            minutes=minutes_of(meeting),
            received=received_of(meeting),
            may_take_over=self.request.user.can(RECORD),  # type: ignore[union-attr]
            started_by=workflow.started_by(meeting.follows),
            actions=offered(meeting, self.request.user),
            may_say_which_child=self.request.user.can(RECORD) and meeting.state in OPEN,  # type: ignore[union-attr]
            may_end_actions=self.request.user.can(RECORD),  # type: ignore[union-attr]
            clocks=clocks_of(meeting),
            missing=missing(meeting),
            missing_step="close this meeting",
            timeline=timeline_of(meeting),
            **documents_of(meeting),
            **context,
        )


def sent_about(meeting: StrategyMeeting) -> list[Disclosure]:
    """Exactly what left the force, in order."""
    rows = Disclosure.objects.filter(record=meeting.pk).select_related("agency", "sent_by")
    return list(rows.order_by("sent_at", "pk"))


def about_url(meeting: StrategyMeeting) -> str:
    """The page of the record it was asked for. Only the app above knows that record."""
    if not meeting.about:
        return ""
    url: str = apps.get_model(meeting.about_kind)(pk=meeting.about).get_absolute_url()
    return url


def in_order(meeting: StrategyMeeting) -> list[Decision]:
    """The decisions in the order in which they are asked."""
    order = {kind: number for number, kind in enumerate(Kind.values)}
    return sorted(meeting.decisions.all(), key=lambda each: order[each.kind])


def minutes_of(meeting: StrategyMeeting) -> list[Minutes]:
    rows = meeting.minutes.select_related("document", "recorded_by")
    return list(rows.order_by("-recorded_at", "pk"))


def received_of(meeting: StrategyMeeting) -> list[dict[str, Any]]:
    """Minutes that agencies sent, each with whether it can be opened and what was said of it; the newest first."""
    rows = ReceivedMinutes.objects.filter(meeting=meeting)
    known = rows.select_related("agency", "decided_by", "document__released_by", "document__withdrawn_by")
    return [
        {
            "minutes": each,
            "waits": each.state == ReceivedMinutes.State.WAITING,
            "state": ReceivedMinutes.State(each.state).label,
            "document": state_in_words(each.document),
            "open_url": open_url(each.document),
        }
        for each in known.order_by("-received_at", "pk")
    ]


def missing(meeting: StrategyMeeting) -> list[dict[str, Any]]:
    """What still stands between this meeting and its being closed, and why."""
    if meeting.state not in OPEN:
        return []
    if meeting.state in NOT_HELD:
        return _before_it_is_held(meeting)
    done = {"label": f"Meeting held {meeting.without}".strip(), "done": True, "why": "", "url": ""}
    needed = [{"label": label, "done": False, "why": why, "url": ""} for label, why in workflow.still_needed(meeting)]
    return [done, *needed]


def _before_it_is_held(meeting: StrategyMeeting) -> list[dict[str, Any]]:
    answered = meeting.state in AGREED
    steps = [
        ("The authority accepts", answered, _why_not_accepted(meeting)),
        ("A time for the meeting", meeting.state == State.PLANNED, "Nobody knows when to come"),
        ("The meeting held, with social care, police and health", False, "Nobody has decided together yet"),
        ("Minutes on the police system", False, ""),
    ]
    return [{"label": label, "done": done, "why": why, "url": ""} for label, done, why in steps]


def _why_not_accepted(meeting: StrategyMeeting) -> str:
    if meeting.state == State.DECLINED:
        return "They declined: a sergeant asks again, or leaves it so and says why"
    return f"Asked {timezone.localtime(meeting.asked_at):%-d %B at %H:%M}, no answer recorded"
