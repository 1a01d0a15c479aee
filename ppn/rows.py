"""How a notice shows itself in a queue."""

from __future__ import annotations

from access.time import now
from govuk.times import length
from ppn.child_clock import child_clock
from ppn.models import WAITING_FOR_REVIEW, Answer, Grade, Ppn, State
from sla.models import Clock
from sla.work import Work, promise_of

KINDS = {
    State.SUBMITTED: "new",
    State.UNDER_RESEARCH: "working",
    State.RISK_ASSESSED: "waiting",
    State.SHARED: "waiting",
    State.FILED: "done",
}


BESIDE = ("P1",)
"""The supervisor's check runs beside the review and is never what a row of the MASH waits for."""


def as_work(ppn: Ppn, clock: Clock | None) -> Work:
    return Work(
        title=", ".join(ppn.types_in_words()),
        url=ppn.get_absolute_url(),
        reference=ppn.reference,
        why=why_this_rank(ppn) if ppn.state in WAITING_FOR_REVIEW else what_comes_next(ppn, clock),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child=ppn.child,
        grade=ppn.current_grade,
        state=State(ppn.state).label,
        state_kind=KINDS[State(ppn.state)],
        owner=str(ppn.taken_by) if ppn.taken_by else "",
        holds_up=holds_up(ppn),
    )


def why_this_rank(ppn: Ppn) -> str:
    """Why it stands where it stands, for the person who reads the queue."""
    if ppn.child == Answer.YES:
        reason = "24 hours: a child is involved"
    elif ppn.child == Answer.NOT_KNOWN:
        reason = "24 hours: not known if a child is involved"
    else:
        reason = (
            "24 hours: child at risk or high-risk domestic abuse" if ppn.is_priority else "72 hours: no child involved"
        )
    return f"{reason}. Officer's grade {Grade(ppn.grade).label}. {known_for(ppn)}"


def known_for(ppn: Ppn) -> str:
    """The child's own clock: from when police first knew until somebody outside was told."""
    clock = child_clock(ppn, now())
    return f"Police have known for {length(clock.lasted)}" if clock.runs else f"Shared after {length(clock.lasted)}"


def what_comes_next(ppn: Ppn, clock: Clock | None) -> str:
    """After the review: what the running clock waits for."""
    grade = f"MASH grade {Grade(ppn.current_grade).label}. {known_for(ppn)}"
    return f"{promise_of(clock.deadline)}. {grade}" if clock else grade


def holds_up(ppn: Ppn) -> str:
    """Who else waits while this waits."""
    if ppn.shared_at is None:
        return (
            "Social care, health, school: nothing shared yet"
            if ppn.child != Answer.NO
            else "Partners: nothing shared yet"
        )
    return "The end of the review" if ppn.state != State.FILED else "Nobody"
