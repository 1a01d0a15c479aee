"""Which unit could go: free ones of the incident's own area first, then from where the least waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from accounts.models import Team
from triage.models import NOT_ATTENDED, Answer, Incident, State, Unit

BUSY = [State.ASSIGNED.value, State.ATTENDED.value]


@dataclass(frozen=True)
class Suggestion:
    """One unit that is free, and what speaks for and against taking it."""

    unit: Unit
    own_area: bool
    why: str


def suggest(incident: Incident, at: datetime) -> list[Suggestion]:
    """Free units, the best first. It proposes; a dispatcher or a force incident manager decides.

    A unit is free when it is on duty and on no incident. One from another area is offered with what would be left
    there: how many units stay free, and how many late incidents with a child wait.
    """
    with acting(System("which units are free?")):
        busy = set(Incident.objects.filter(state__in=BUSY).figures().values_list("unit", flat=True))
        late = Incident.objects.filter(state__in=NOT_ATTENDED, attend_by__lt=at).exclude(child=Answer.NO)
        children = Counter(late.figures().values_list("area", flat=True))
    there = Unit.objects.filter(on_duty_until__gt=at).exclude(call_sign__in=busy).select_related("team")
    free = list(there.order_by("call_sign"))
    left = Counter(unit.team_id for unit in free)
    return sorted(
        (_suggestion(unit, incident, left[unit.team_id], children[unit.team_id]) for unit in free),
        key=lambda each: (
            not each.own_area,
            children[each.unit.team_id],
            -left[each.unit.team_id],
            each.unit.call_sign,
        ),
    )


def on_duty(call_sign: str, *, team: Team, until: datetime, crew: int) -> Unit:
    """A unit is on duty for that team until then, or its tour has changed."""
    facts = {"team": team, "on_duty_until": until, "crew": crew}
    return Unit.objects.update_or_create(call_sign=call_sign, defaults=facts)[0]


def _suggestion(unit: Unit, incident: Incident, left: int, children: int) -> Suggestion:
    own = incident.area_id is None or unit.team_id == incident.area_id
    where = str(unit.team) if own else f"from {unit.team}"
    stays = f"{left - 1} more free there" if left > 1 else "the last one free there"
    waits = f"; {children} late with a child wait there" if children else ""
    return Suggestion(unit, own, f"{where}: {stays}{waits}")
