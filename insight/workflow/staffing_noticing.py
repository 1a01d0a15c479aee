"""Who is here: looked for each minute among those who are planned for a shift that goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from access.actor import System, acting
from access.time import now
from accounts.models import Absence
from insight.models import ShiftPlan
from insight.staffing_lengths import SEEN_WITHIN
from insight.staffing_presence import Sign, signs_of
from insight.workflow.staffing import (
    PLANNED,
    TO_LOOK_AT,
    away_as_entered,
    came_late,
    missed_on_shift,
    seen_on_shift,
)
from workflow.transitions import NotNow

LOOKS = System("who is here")


def look_who_is_here() -> int:
    """Of everybody planned for a shift that has begun: whether there is a sign of them. Returns how many changed.

    Exactly at the end of the time in which they should be seen nothing is said; a moment later it is.
    """
    at = now()
    with acting(LOOKS):
        plans = list(ShiftPlan.objects.filter(TO_LOOK_AT, starts_at__lte=at).select_related("person"))
        signs, absences = signs_of(plans, at), absences_of(plans)
    return sum(_look_at(plan, signs.get(plan.pk), absences.get(plan.pk), at) for plan in plans)


def _look_at(plan: ShiftPlan, sign: Sign | None, away: Absence | None, at: datetime) -> bool:
    within, _ = SEEN_WITHIN.in_force(plan.starts_at)
    try:
        if sign is not None:
            verb = seen_on_shift if plan.state == PLANNED else came_late
            verb(plan, by=LOOKS, seen_at=sign.at, how=sign.how)
        elif away is not None:
            away_as_entered(plan, by=LOOKS, kind=away.kind)
        elif plan.state == PLANNED and at > min(plan.starts_at + within, plan.ends_at):
            missed_on_shift(plan, by=LOOKS)
        else:
            return False
    except NotNow:
        return False  # somebody was quicker: a supervisor has said it meanwhile
    return True


def absences_of(plans: Iterable[ShiftPlan]) -> dict[UUID, Absence]:
    """Plan -> the absence that covers the beginning of that shift; of several the one entered last."""
    plans = list(plans)
    starts = [plan.starts_at for plan in plans]
    if not plans:
        return {}
    entered = Absence.objects.filter(
        person__in={plan.person_id for plan in plans}, starts__lte=max(starts), ends__gt=min(starts)
    )
    found: dict[UUID, Absence] = {}
    for absence in entered.order_by("pk"):
        for plan in plans:
            if plan.person_id == absence.person_id and absence.starts <= plan.starts_at < absence.ends:
                found[plan.pk] = absence
    return found
