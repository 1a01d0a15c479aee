"""Which planned enforcement stands before a shut gate, and which children wait for what: for lists, the home page and
the wall, in a number of statements that does not grow with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from online.codes import Kirat
from online.models import Enforcement, LinkedChild
from online.workflow.gate import as_you_read, lacks_of
from sla.models import Clock

State = LinkedChild.State
STAYS_LINKED = [State.NOTICED.value, State.DISCUSSED.value, State.SETTLED.value]
NO_NOTICE = Q(state=State.KNOWN)
NO_DISCUSSION = Q(state__in=STAYS_LINKED, discussed_at=None)
"""A notice is in, and the agencies have not discussed the child."""
OPEN = Q(state__in=[State.KNOWN, State.NOTICED, State.DISCUSSED]) | NO_DISCUSSION
VERY_HIGH = Q(online_case__kirat=Kirat.VERY_HIGH)


def silent(at: datetime) -> Q:
    """Nobody has spoken with the social worker for as long as the force allows."""
    running = Clock.running().filter(record=OuterRef("pk"), deadline="OC16", due_at__lt=at)
    return Q(Exists(running))


def shut_in_words(planned: Sequence[Enforcement]) -> dict[UUID, list[str]]:
    """Planned enforcement -> what is missing of its gate, as whoever acts reads it; what is open is not among them."""
    waiting = [each for each in planned if each.state == Enforcement.State.PLANNED]
    found = lacks_of([each.online_case for each in waiting])
    every = [lack for missing in found.values() for lack in missing]
    words = dict(zip(map(id, every), as_you_read(every), strict=True))
    return {
        each.pk: [words[id(lack)] for lack in found[each.online_case_id]]
        for each in waiting
        if found[each.online_case_id]
    }


def shut_plans() -> list[Any]:
    """Keys of planned enforcement whose gate is shut now."""
    planned = Enforcement.objects.filter(state=Enforcement.State.PLANNED).select_related("online_case")
    return list(shut_in_words(list(planned)))
