"""What one person finishes in a day: from who took what out of a queue, and on how many days they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from insight.queues import Queue

LOOKED_AT = timedelta(days=28)

FINISHED = """
    SELECT count(*), count(DISTINCT (by_id, (at AT TIME ZONE %(zone)s)::date)), count(DISTINCT by_id)
    FROM workflow_step
    WHERE kind = %(kind)s AND at > %(since)s AND at <= %(until)s AND by_id IS NOT NULL
      AND from_state = ANY(%(states)s) AND NOT to_state = ANY(%(states)s)
"""


@dataclass(frozen=True)
class Rate:
    """`finished` by `people` on so many `person_days`: a day on which somebody finished at least one."""

    finished: int
    person_days: int
    people: int

    @property
    def a_day(self) -> float:
        """What one person finishes on a day on which they work on it; 0 = nobody finished anything."""
        return self.finished / self.person_days if self.person_days else 0.0


def rate_of(queue: Queue, at: datetime, looked_at: timedelta = LOOKED_AT) -> Rate:
    asked: dict[str, Any] = {
        "zone": settings.TIME_ZONE,
        "kind": queue.kind,
        "states": list(queue.states),
        "since": at - looked_at,
        "until": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(FINISHED, asked)
        return Rate(*cursor.fetchone())
