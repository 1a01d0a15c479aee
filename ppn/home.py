"""What the home page says about notices: to a co-ordinator, a sergeant, an officer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from access.roles import Can
from accounts.models import User
from ppn.models import OPEN, WAITING_FOR_REVIEW, DetailRequest, Draft, Ppn, State, Trigger
from ppn.rows import BESIDE, as_work
from sla.models import Clock
from sla.work import HOME, Share, Work, nearest_clocks

FEW = 5


def _share(heading: str, rows: QuerySet[Ppn], url: str) -> Share:
    first = list(rows.select_related("taken_by").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first, but_not=BESIDE)
    return Share(heading, [as_work(ppn, clocks.get(ppn.pk)) for ppn in first], rows.count(), url)


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.SUBMIT_PPN in acts:
        drafts = Draft.objects.filter(state=Draft.State.OPEN, author=user)
        yield _few(
            "Notices you have begun and not submitted", drafts.order_by("started_at", "pk"), _draft, "/ppn/drafts/"
        )
        asked = DetailRequest.objects.filter(state=DetailRequest.State.ASKED, ppn__submitted_by=user)
        yield _few("The MASH asks you", asked.select_related("ppn").order_by("asked_at", "pk"), _asked, "/ppn/mine/")
    if Can.REVIEW_PPN in acts:
        mine = Ppn.objects.filter(state=State.UNDER_RESEARCH, taken_by=user)
        yield _share("Notices you have taken", mine, "/ppn/?show=mine")
        assessed = Ppn.objects.filter(state=State.RISK_ASSESSED)
        yield _share("Assessed, not yet shared", assessed, "/ppn/?show=assessed")
    if Can.FILE_PPN in acts:
        triggers = Trigger.objects.exclude(state=Trigger.State.DECIDED).select_related("ppn")
        yield _few(
            "Strategy triggers without a decision", triggers.order_by("raised_at", "pk"), _trigger, "/ppn/triggers/"
        )
    if Can.REVIEW_PPN in acts:
        yield _share("Shared, not yet filed", Ppn.objects.filter(state=State.SHARED), "/ppn/?show=shared")
        waiting = Ppn.objects.filter(state__in=WAITING_FOR_REVIEW, due_at__lt=at)
        yield _share("Overdue in the MASH queue", waiting, "/ppn/?show=overdue")
    if Can.CHECK_PPN in acts and Can.REVIEW_PPN not in acts:
        late = Clock.running().filter(deadline="P1", due_at__lt=at).values("record")
        unchecked = Ppn.objects.filter(pk__in=late, checked_at=None).exclude(submitted_by=user)
        yield _share("Officers' notices that nobody has checked in time", unchecked, "/ppn/to-check/")
        left = Clock.running().filter(deadline="DR", due_at__lt=at).values("record")
        drafts = Draft.objects.filter(pk__in=left, state=Draft.State.OPEN)
        yield _few("Drafts left for too long", drafts.order_by("started_at", "pk"), _draft, "/ppn/drafts/?show=left")


def _few(heading: str, rows: QuerySet[Any], row: Callable[[Any, Clock | None], Work], url: str) -> Share:
    first = list(rows[:FEW])
    clocks = nearest_clocks(first)
    return Share(heading, [row(each, clocks.get(each.pk)) for each in first], rows.count(), url)


def _draft(draft: Draft, clock: Clock | None) -> Work:
    return Work(
        title="Notice not yet submitted",
        url=draft.get_absolute_url(),
        reference=draft.reference,
        why="The MASH knows nothing of it",
        due=clock.due_at if clock else None,
        started=draft.started_at,
        child="not_known",
        state=Draft.State(draft.state).label,
    )


def _asked(request: DetailRequest, clock: Clock | None) -> Work:
    return Work(
        title=request.question,
        url=request.get_absolute_url(),
        reference=request.reference,
        why="The review goes on meanwhile",
        due=clock.due_at if clock else None,
        started=request.asked_at,
        child=request.ppn.child,
        state=DetailRequest.State(request.state).label,
    )


def _trigger(trigger: Trigger, clock: Clock | None) -> Work:
    return Work(
        title=f"{trigger.code}: {trigger.why}",
        url=trigger.get_absolute_url(),
        reference=trigger.reference,
        why="A sergeant decides, with a reason",
        due=clock.due_at if clock else None,
        started=trigger.raised_at,
        child=trigger.ppn.child,
        grade=trigger.ppn.current_grade,
        state=Trigger.State(trigger.state).label,
        holds_up="The notice cannot be filed",
    )


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.REVIEW_PPN in acts:
        mine = Ppn.objects.filter(state__in=WAITING_FOR_REVIEW, taken_by=user)
        yield _share("Partners wait while these are with you", mine, "/ppn/?show=mine")
    if Can.SUBMIT_PPN in acts:
        yield _share("Your notices that are not yet filed", _submitted_by(user), "/ppn/mine/")


def _submitted_by(user: User) -> Any:
    return Ppn.objects.filter(submitted_by=user, state__in=OPEN)


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
