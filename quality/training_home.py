"""What the home page says of training: to each person, to who supervises them, and to who keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from access.roles import Can
from accounts.models import User
from quality.models import AttendanceRow, TrainingDue, TrainingNeed
from quality.training_rows import due_as_work, need_as_work, row_as_work
from quality.whose import supervised_by
from sla.work import HOME, Share

FEW = 5
TWO_MONTHS = timedelta(days=61)
REQUIRED = Q(state__in=[TrainingDue.State.NEVER, TrainingDue.State.TAKEN], person__is_active=True)
ASKED = [TrainingNeed.State.PROPOSED, TrainingNeed.State.BOOKED]


def soon(at: datetime) -> Q:
    """Never taken, or taken so long ago that it is warned of."""
    return REQUIRED & (Q(state=TrainingDue.State.NEVER) | Q(due_at__lt=at + TWO_MONTHS))


def _dues(heading: str, rows: QuerySet[TrainingDue], show: str) -> Share:
    first = list(rows.select_related("person", "course", "team").order_by("due_at", "pk")[:FEW])
    total = rows.count() if len(first) == FEW else len(first)
    return Share(heading, [due_as_work(each) for each in first], total, f"/quality/training/?show={show}")


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    dues, needs = TrainingDue.objects.all(), TrainingNeed.objects.filter(state__in=ASKED)
    yield _dues("Training your post requires of you", dues.filter(soon(at), person=user), "mine")
    own = needs.filter(person=user)
    first = own.select_related("person", "course", "theme").order_by("due_at", "pk")[:FEW]
    yield Share(
        "Training proposed to you", [need_as_work(each) for each in first], own.count(), "/quality/training/me/"
    )
    theirs: Any = supervised_by(user)
    if theirs:
        late = REQUIRED & Q(due_at__lt=at)
        yield _dues("Training overdue, of people you supervise", dues.filter(late, person__in=theirs), "overdue")
    if Can.KEEP_TRAINING in acts:
        rows = AttendanceRow.objects.filter(state=AttendanceRow.State.UNREADABLE)
        waiting = [row_as_work(each) for each in rows.select_related("file").order_by("due_at", "pk")[:FEW]]
        yield Share("Rows of attendance lists to type in", waiting, rows.count(), "/quality/attendance/")
        yield _dues("Required training overdue", dues.filter(REQUIRED, due_at__lt=at), "overdue")


HOME.needs_me.append(needs_me)
