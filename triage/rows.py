"""How an incident shows itself in a list, and where it stands in one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Extract

from govuk.times import between, length
from ppn.models import Ppn
from sla.models import Clock
from sla.work import Work
from triage.models import NOT_ATTENDED, Answer, Incident, State
from workflow.models import Step

KINDS = {
    State.AWAITING_RESOURCE: "new",
    State.IN_TRIAGE: "new",
    State.SECOND_LOOK: "waiting",
    State.ALLOCATED: "new",
    State.ACCEPTED: "working",
    State.ASSIGNED: "working",
    State.ATTENDED: "working",
    State.OUTCOME_RECORDED: "waiting",
    State.CLOSED: "done",
    State.NO_DEPLOYMENT: "stopped",
    State.RESOLVED_BY_PHONE: "done",
    State.DUPLICATE_LINKED: "stopped",
}
OUT_OF_TIME = 1e9


def with_reassessment(incidents: QuerySet[Incident], at: datetime) -> QuerySet[Incident]:
    """Each incident with `reassess_now`: late, and nobody has looked at the risk again since it fell due."""
    return incidents.annotate(reassess_now=reassessment_overdue(at))


def reassessment_overdue(at: datetime) -> Exists:
    return Exists(Clock.running().filter(deadline="K4", record=OuterRef("pk"), due_at__lt=at))


def with_rank(incidents: QuerySet[Incident], at: datetime) -> QuerySet[Incident]:
    """Each incident with `share_gone`, how much of its time has gone at that moment: 1 is all of it. Within a rank the
    one that has used up most of its time comes first, as `ranking.share_of_time` says."""
    since = Coalesce("reopened_at", "reported_at")
    allowed = Extract(F("attend_by") - since, "epoch")
    gone = Extract(Value(at) - since, "epoch")
    share = Case(
        # Cast: PostgreSQL would keep more digits than the address of the next page can hold.
        When(attend_by__gt=since, then=Cast(gone / allowed, FloatField())),
        default=Value(OUT_OF_TIME),
        output_field=FloatField(),
    )
    return incidents.annotate(share_gone=share)


def untouched() -> Q:
    """Nobody has done anything since the call was taken."""
    done = Step.objects.filter(record=OuterRef("pk"), by__isnull=False).exclude(transition="triage.take_call")
    return Q(~Exists(done))


def with_notice(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Each incident with `has_notice`: a notice was submitted from it."""
    return incidents.annotate(has_notice=noticed())


def noticed() -> Exists:
    return Exists(Ppn.objects.filter(arises_from=OuterRef("pk")))


def as_work(incident: Incident, clock: Clock | None) -> Work:
    return Work(
        title=incident.title,
        url=incident.get_absolute_url(),
        reference=f"{incident.reference}, {incident.grade}",
        why=_why(incident),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child=incident.child_shown,
        grade=None,
        state=State(incident.state).label,
        state_kind=KINDS[State(incident.state)],
        owner=_owner(incident),
        holds_up=holds_up(incident),
        key=incident.pk,
    )


def _owner(incident: Incident) -> str:
    names = str(incident.owner) if incident.owner_id else ""
    unit = f"{incident.unit}, on the way" if incident.unit and incident.state in NOT_ATTENDED else ""
    offered = f"offered to {incident.offered_to}" if incident.offered_to_id else ""
    return "; ".join(part for part in (names, unit, offered) if part)


def holds_up(incident: Incident) -> str:
    """Who else waits while this waits. The incident comes from `with_notice`."""
    if incident.state not in NOT_ATTENDED:
        return what_is_owed(incident)
    if not incident.concerns_a_child:
        return "The caller"
    if incident.child != Answer.YES:
        waits = "nobody knows whether a child is safe"
    else:
        waits = "a notice is with the MASH" if incident.has_notice else "partners know nothing of it"  # type: ignore[attr-defined]
    words = f"The child has not been seen; {waits}" if incident.child_to_be_seen else waits
    return words[:1].upper() + words[1:]


def days_known(incident: Incident, at: datetime) -> str:
    """How long police have known of the child, in days and hours."""
    since = incident.child_known_at or incident.possible_child_at or incident.reported_at
    return f"Known for {length(between(since, at))}"


def what_is_owed(incident: Incident) -> str:
    """What the child still waits for."""
    owed = ["Nobody has seen the child"] if incident.child_to_be_seen else []
    if incident.child == Answer.YES and not incident.has_notice:  # type: ignore[attr-defined]
        owed.append("no notice (PPN)")
    words = "; ".join(owed)
    return words[:1].upper() + words[1:] or "Nothing known"


def _why(incident: Incident) -> str:
    said = []
    if getattr(incident, "reassess_now", False):
        said.append("Late, and the risk has not been re-assessed")
    elif incident.reassessed_at and incident.state in NOT_ATTENDED:
        said.append("Risk re-assessed while waiting")
    if incident.possible_child:
        said.append(f"Possibly a child: {incident.possible_child_because}")
    if incident.state in NOT_ATTENDED:
        said.append(incident.why_this_rank())
    if incident.bounces:
        said.append(f"Sent back {incident.bounces} time{'s' if incident.bounces > 1 else ''}")
    return ". ".join([*said, incident.location])
