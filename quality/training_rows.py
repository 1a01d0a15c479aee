"""How required and proposed training show themselves in lists."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Absence
from govuk.times import exactly
from quality.models import AttendanceRow, TrainingDue, TrainingNeed
from sla.models import Clock
from sla.work import Work

DUE_KINDS = {"never": "waiting", "taken": "working", "off": "stopped"}
NEED_KINDS = {"proposed": "waiting", "booked": "working", "taken": "done", "declined": "stopped"}


def away_at(at: datetime, people: set[int]) -> dict[int, str]:
    """Who is away: absence hides nobody, and the list says so."""
    found = Absence.at(at).filter(person__in=people).select_related("cover")
    return {each.person_id: f"Away until {exactly(each.ends)}; {each.cover} covers" for each in found}


def due_as_work(due: TrainingDue, clock: Clock | None = None, away: str = "") -> Work:
    never = due.state == TrainingDue.State.NEVER
    taken = "Never taken" if never else f"Taken last on {exactly(due.taken_on)}"
    return Work(
        title=f"{due.person}: {due.course}",
        url=due.get_absolute_url(),
        reference=due.reference,
        why=". ".join(filter(None, [taken, f"Required by a post in {due.team}", away])),
        due=due.due_at,
        started=clock.started_at if clock else due.since,
        state=TrainingDue.State(due.state).label,
        state_kind=DUE_KINDS[due.state],
        owner=str(due.person),
        holds_up="Children they will meet before",
    )


def row_as_work(row: AttendanceRow) -> Work:
    return Work(
        title=f"Line {row.line} of {row.file.name}",
        url=row.get_absolute_url(),
        reference=row.reference,
        why=row.because,
        due=row.due_at,
        started=row.received_at,
        state=AttendanceRow.State(row.state).label,
        state_kind="waiting",
        owner="Whoever keeps training",
        holds_up="Somebody's training on record",
    )


def need_as_work(need: TrainingNeed) -> Work:
    open_ = need.state in (TrainingNeed.State.PROPOSED, TrainingNeed.State.BOOKED)
    return Work(
        title=f"{need.person}: {need.course}",
        url=need.get_absolute_url(),
        reference=need.reference,
        why=f"Booked for {exactly(need.booked_for)}" if need.booked_for else f"Because of “{need.theme}”",
        due=need.due_at if open_ else None,
        started=need.booked_at or need.proposed_at,
        state=TrainingNeed.State(need.state).label,
        state_kind=NEED_KINDS[need.state],
        owner=str(need.person),
        holds_up="What they could learn",
    )
