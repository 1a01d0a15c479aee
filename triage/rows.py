"""How an incident shows itself in a list."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from sla.models import Clock
from sla.work import Work
from triage.models import NOT_ATTENDED, Answer, Incident, State

KINDS = {
    State.AWAITING_RESOURCE: "new",
    State.IN_TRIAGE: "new",
    State.ASSIGNED: "working",
    State.ATTENDED: "working",
    State.OUTCOME_RECORDED: "waiting",
    State.CLOSED: "done",
    State.NO_DEPLOYMENT: "stopped",
}


def with_reassessment(incidents: QuerySet[Incident], at: datetime) -> QuerySet[Incident]:
    """Each incident with `reassess_now`: late, and nobody has looked at the risk again since it fell due."""
    due = Clock.running().filter(deadline="K4", record=OuterRef("pk"), due_at__lt=at)
    return incidents.annotate(reassess_now=Exists(due))


def as_work(incident: Incident, clock: Clock | None) -> Work:
    waiting = incident.state in NOT_ATTENDED
    return Work(
        title=incident.category or incident.what_happened[:80],
        url=incident.get_absolute_url(),
        reference=f"{incident.reference}, {incident.grade}",
        why=_why(incident),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child=incident.child,
        grade=None,
        state=State(incident.state).label,
        state_kind=KINDS[State(incident.state)],
        owner=incident.unit,
        holds_up="The child has not been seen" if waiting and incident.child != Answer.NO else "Nothing known",
    )


def _why(incident: Incident) -> str:
    if getattr(incident, "reassess_now", False):
        return "Late, and the risk has not been re-assessed"
    if incident.reassessed_at:
        return "Risk re-assessed while waiting"
    return incident.location
