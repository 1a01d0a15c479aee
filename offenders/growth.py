"""How a backlog moves: what is open, the oldest, and whether more comes in than is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from offenders.models import Approval, HubTask

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Growth:
    """Of one kind of work. `oldest`: since when the oldest open one waits; None = none is open."""

    label: str
    open: int
    oldest: datetime | None
    came: int
    done: int
    late: int

    @property
    def grows_by(self) -> int:
        return self.came - self.done

    @property
    def in_words(self) -> str:
        """ "12 more than a week ago"."""
        if not self.grows_by:
            return "As many as a week ago"
        return f"{abs(self.grows_by)} {'more' if self.grows_by > 0 else 'fewer'} than a week ago"


def _growth(label: str, rows: QuerySet[Any], is_open: Q, began: str, ended: str, at: datetime) -> Growth:
    week = at - A_WEEK
    found = rows.aggregate(
        n_open=Count("pk", filter=is_open),
        oldest=Min(began, filter=is_open),
        n_late=Count("pk", filter=is_open & Q(due_at__lt=at)),
        n_came=Count("pk", filter=Q(**{f"{began}__gt": week})),
        n_done=Count("pk", filter=Q(**{f"{ended}__gt": week})),
    )
    return Growth(label, found["n_open"], found["oldest"], found["n_came"], found["n_done"], found["n_late"])


def growth_of_tasks(at: datetime) -> Growth:
    is_open = ~Q(state=HubTask.State.CLOSED)
    return _growth("Tasks of the ViSOR hub", HubTask.objects.all(), is_open, "received_at", "closed_at", at)


def growth_of_approvals(at: datetime) -> Growth:
    is_open = Q(state=Approval.State.WAITING)
    return _growth("Approvals", Approval.objects.all(), is_open, "submitted_at", "decided_at", at)
