"""The authority is reminded of a return interview by itself, until the answer comes. Nobody here has to think of it."""

from __future__ import annotations

import logging
from datetime import datetime

from access.actor import System, acting
from access.time import now
from missing.models import InterviewRequest
from missing.return_lengths import ASKED_FIRST, CHASED_AGAIN, HELD_WITHIN, RECEIVED_WITHIN
from missing.workflow.interviews import HELD, OUTSTANDING, chase
from workflow.transitions import NotNow

log = logging.getLogger(__name__)
CHASES = System("reminders of return interviews")


def next_chase(interview: InterviewRequest) -> datetime | None:
    """When the authority is reminded next; None = it has answered."""
    at = now()
    if interview.state not in OUTSTANDING:
        return None
    if interview.state == HELD and interview.held_at:
        first, _ = RECEIVED_WITHIN.due(interview.held_at, at)
    else:
        due, _ = HELD_WITHIN.due(interview.returned_at, at)
        first = due if due > interview.requested_at else ASKED_FIRST.due(interview.requested_at, at)[0]
    if interview.chased_at is None or interview.chased_at < first:
        return first
    return CHASED_AGAIN.due(interview.chased_at, at)[0]


def chase_all() -> int:
    """Remind every authority whose time has come. Each for itself: one that cannot be reminded stops no other, and its
    own clock tells somebody. Returns how many were reminded."""
    done = 0
    with acting(CHASES):
        waiting = InterviewRequest.objects.filter(state__in=OUTSTANDING, agency__closed_at=None)
        keys = list(waiting.order_by("returned_at", "pk").figures().values_list("pk", flat=True))
        for key in keys:
            interview = InterviewRequest.objects.get(pk=key)
            moment = next_chase(interview)
            if moment is None or moment >= now():
                continue
            try:
                chase(interview, by=CHASES)
                done += 1
            except NotNow as refusal:  # answered meanwhile
                log.info("%s was not chased: %s", key, refusal)
    return done
