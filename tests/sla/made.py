"""Clocks made by hand, what has been raised on them, and the work of several people at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connections

from accounts.models import User
from ppn import workflow
from ppn.models import Ppn
from sla.engine import first_level
from sla.models import Clock, Escalation
from tests import stories

MOMENT = timedelta(microseconds=1)


def a_clock(started_at: datetime, length: timedelta, *, deadline: str = "P2", **more: Any) -> Clock:
    """A running clock on a record nobody looks at."""
    clock = Clock(
        deadline=deadline,
        kind="ppn.ppn",
        record=uuid4(),
        reference="PPN-900000",
        started_at=started_at,
        due_at=started_at + length,
        **more,
    )
    clock.next_at = first_level(clock)
    return clock


def a_bad_clock(started_at: datetime) -> Clock:
    """A clock of a deadline that the code does not know (any more)."""
    return Clock.objects.create(
        deadline="X9",
        kind="ppn.ppn",
        record=uuid4(),
        reference="PPN-999999",
        started_at=started_at,
        due_at=started_at,
        next_at=started_at,
    )


def raised(record: UUID, deadline: str | None = None) -> list[tuple[str, int, datetime, list[str]]]:
    """(deadline, level, when it was reached, who was told), in that order."""
    rows = Escalation.objects.filter(clock__record=record).order_by("due_at", "clock__deadline", "level")
    if deadline:
        rows = rows.filter(clock__deadline=deadline)
    return [
        (
            row.clock.deadline,
            row.level,
            row.due_at,
            sorted(row.notifications.values_list("person__username", flat=True)),
        )
        for row in rows.select_related("clock")
    ]


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Everything at the same time, each on connections of its own; an exception is the answer of who raised it."""
    ready = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            ready.wait()
            return job()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [answer.result() for answer in [pool.submit(run, job) for job in jobs]]


def submitted(by: User, **said: Any) -> Ppn:
    """A notice that a supervisor has checked at once: its review is the only clock that runs."""
    ppn = stories.submitted(by, **said)
    return workflow.check(ppn, by=User.objects.get(username="rosa"), said="Good: each child's own words")
