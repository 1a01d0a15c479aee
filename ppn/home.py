"""What the home page says about notices: to a co-ordinator, a sergeant, an officer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from access.roles import Can
from accounts.models import User
from ppn.models import OPEN, WAITING_FOR_REVIEW, Ppn, State
from ppn.rows import as_work
from sla.work import HOME, Share, nearest_clocks

FEW = 5


def _share(heading: str, rows: QuerySet[Ppn], url: str) -> Share:
    first = list(rows.select_related("taken_by").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    return Share(heading, [as_work(ppn, clocks.get(ppn.pk)) for ppn in first], rows.count(), url)


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.REVIEW_PPN in acts:
        mine = Ppn.objects.filter(state=State.UNDER_RESEARCH, taken_by=user)
        yield _share("Notices you have taken", mine, "/ppn/?show=mine")
        assessed = Ppn.objects.filter(state=State.RISK_ASSESSED)
        yield _share("Assessed, not yet shared", assessed, "/ppn/?show=assessed")
    if Can.FILE_PPN in acts:
        yield _share("Waiting for a strategy decision", Ppn.objects.filter(state=State.SHARED), "/ppn/?show=shared")
    if Can.REVIEW_PPN in acts:
        waiting = Ppn.objects.filter(state__in=WAITING_FOR_REVIEW, due_at__lt=at)
        yield _share("Overdue in the MASH queue", waiting, "/ppn/?show=overdue")


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
