"""The MASH queue, and what an officer has submitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from accounts.duty import posts_of
from ppn import backlog, workflow
from ppn.filters import PpnFilter, TriggerFilter
from ppn.models import OPEN, WAITING_FOR_REVIEW, Answer, DetailRequest, Grade, Ppn, State, Trigger
from ppn.rows import BESIDE, as_work
from ppn.triggers import TRIGGERS
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work


def _asked() -> QuerySet[DetailRequest]:
    return DetailRequest.objects.filter(ppn=OuterRef("pk"), state=DetailRequest.State.ASKED)


def _open_triggers() -> QuerySet[Trigger]:
    return Trigger.objects.filter(ppn=OuterRef("pk")).exclude(state=Trigger.State.DECIDED)


class Queue(QueuePage):
    """Every notice that is not yet filed, the review nearest to breach first."""

    may = Can.SEE_PPN_QUEUE
    heading = "MASH queue"
    filterset_class = PpnFilter
    due_field = "due_at"
    besides = BESIDE
    empty = {"title": "No notice waits here", "text": "A new notice appears the second it is submitted."}

    def records(self) -> QuerySet[Ppn]:
        return Ppn.objects.filter(state__in=OPEN).select_related("taken_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        waiting = Q(state__in=WAITING_FOR_REVIEW)
        return {
            "waiting": ("Waiting for review", waiting),
            "overdue": ("Overdue", waiting & Q(due_at__lt=at)),
            "child": ("Child, or not known", waiting & ~Q(child=Answer.NO)),
            "red": ("Red / high", waiting & Q(grade=Grade.RED)),
            "never_opened": ("Never opened", Q(state=State.SUBMITTED, taken_at=None)),
            "mine": ("Mine", Q(state=State.UNDER_RESEARCH, taken_by=self.request.user.pk)),
            "assessed": ("Assessed, not shared", Q(state=State.RISK_ASSESSED)),
            "shared": ("Shared, not filed", Q(state=State.SHARED)),
            "asked": ("Officer asked for detail", Q(Exists(_asked()))),
            "trigger": ("Trigger without a decision", Q(Exists(_open_triggers()))),
        }

    def row(self, record: Ppn, clock: Clock | None) -> Work:
        return as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        oldest = Ppn.objects.filter(state__in=WAITING_FOR_REVIEW).aggregate(oldest=Min("submitted_at"))["oldest"]
        lead = f"{counts['waiting']} wait for review, {counts['overdue']} of them overdue."
        if oldest:
            days, hours = divmod(int((at - oldest).total_seconds()) // 3600, 24)
            lead += f" The oldest has waited {days} days {hours} hours."
        take_next = {"url": "take-next/", "label": "Take the next notice"}
        may_take = self.request.user.can(Can.REVIEW_PPN)  # type: ignore[union-attr]
        return {"lead": lead, "take_next": take_next if may_take else None}


class TakeNext(GuardedPage):
    """Give me the notice nearest to breach that nobody has."""

    may = Can.REVIEW_PPN

    def post(self, request: HttpRequest) -> HttpResponse:
        ppn = workflow.take_next(by=request.user)  # type: ignore[arg-type]
        if ppn is None:
            messages.info(request, "Every notice has somebody working on it.")
            return redirect("ppn-queue")
        messages.success(request, f"{ppn.reference} is yours.")
        return redirect(ppn)


class Mine(QueuePage):
    """What I submitted, and what has become of it."""

    may = Can.SUBMIT_PPN
    heading = "My notices"
    filterset_class = PpnFilter
    due_field = "submitted_at"
    besides = BESIDE
    empty = {"title": "You have submitted no notice", "text": "What you submit appears here, with what becomes of it."}

    def records(self) -> QuerySet[Ppn]:
        return Ppn.objects.filter(submitted_by=self.request.user.pk).select_related("taken_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {"open": ("Not yet filed", Q(state__in=OPEN)), "filed": ("Filed", Q(state=State.FILED))}

    def row(self, record: Ppn, clock: Clock | None) -> Work:
        return as_work(record, clock)


class ToCheck(QueuePage):
    """Officers' notices that no supervisor has read yet. Any supervisor on duty checks them; the review never waits."""

    may = Can.CHECK_PPN
    heading = "Notices to check"
    filterset_class = PpnFilter
    due_field = "submitted_at"
    empty = {"title": "Every notice has been checked", "text": "A new one appears the second it is submitted."}

    def records(self) -> QuerySet[Ppn]:
        unchecked = Ppn.objects.filter(checked_at=None).exclude(submitted_by=self.request.user.pk)
        return unchecked.select_related("taken_by", "submitted_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        teams = [post.team_id for post in posts_of(self.request.user)]  # type: ignore[arg-type]
        return {
            "all": ("All", Q()),
            "team": ("My team's", Q(officers_team__in=teams)),
            "away": ("Not my team's", ~Q(officers_team__in=teams)),
        }

    def row(self, record: Ppn, clock: Clock | None) -> Work:
        mine = Clock.running().filter(record=record.pk, deadline="P1").first()
        return replace(as_work(record, mine), owner=str(record.submitted_by), why="Not checked by a supervisor yet")


class Triggers(QueuePage):
    """Strategy triggers that wait for the sergeant."""

    may = Can.REVIEW_PPN
    heading = "Strategy triggers"
    filterset_class = TriggerFilter
    due_field = "raised_at"
    empty = {"title": "Every trigger has a decision", "text": "A new one appears the moment it is raised."}

    def records(self) -> QuerySet[Trigger]:
        return Trigger.objects.exclude(state=Trigger.State.DECIDED).select_related("ppn", "proposed_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "all": ("No decision yet", Q()),
            "proposed": ("Proposed by a co-ordinator", Q(state=Trigger.State.PROPOSED)),
            "raised": ("Nobody has proposed", Q(state=Trigger.State.RAISED)),
        }

    def row(self, record: Trigger, clock: Clock | None) -> Work:
        return Work(
            title=f"{record.code}: {TRIGGERS[record.code]}",
            url=record.get_absolute_url(),
            reference=record.reference,
            why=record.why,
            due=clock.due_at if clock else None,
            started=record.raised_at,
            child=record.ppn.child,
            grade=record.ppn.current_grade,
            state=Trigger.State(record.state).label,
            owner=str(record.proposed_by) if record.proposed_by else "",
            holds_up="The notice cannot be filed",
        )


class Backlog(GuardedPage):
    """What waits for review: by grade, age, children and type; what nobody has opened, and the high risk in it."""

    may = Can.SEE_PPN_QUEUE

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        context = {"now": at, "lines": backlog.lines(at), "types": backlog.by_type(at)}
        return render(request, "ppn/backlog.html", context)
