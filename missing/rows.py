"""How a missing child shows on the board and in lists: the risk, what is late, and how long nothing has been done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cohort.codes import Risk
from govuk.times import between, length
from missing.codes import MISSING, NOT_ATTENDED, State
from missing.models import Episode, PlanAction
from sla.models import Clock
from sla.work import Work, promise_of

KIND = "missing.episode"
INACTIVE = ["MC3", "MC5"]
"""Nothing has been done to find the child for too long."""


def running(codes: list[str] | None = None, before: datetime | None = None) -> QuerySet[Clock, Any]:
    """Episodes with one of these clocks running (None = any); with `before`, one that was due by then."""
    rows = Clock.running().filter(kind=KIND)
    rows = rows.filter(deadline__in=codes) if codes else rows
    return (rows.filter(due_at__lt=before) if before else rows).values("record")


KINDS = {
    State.REPORTED: "new",
    State.AWAITING: "waiting",
    State.ATTENDED: "waiting",
    State.INVESTIGATING: "working",
    State.LONG_TERM: "working",
    State.FOUND: "waiting",
    State.INTERVIEWED: "waiting",
    State.CLOSED: "waiting",
    State.COMPLETE: "done",
    State.TRANSFERRED: "stopped",
    State.IN_ERROR: "stopped",
}


def risk_in_words(episode: Episode) -> str:
    if episode.risk == Risk.NOT_KNOWN:
        return "Risk not known yet: treated as high"
    return f"{Risk(episode.risk).label} risk"


def since_anything_was_done(episode: Episode, at: datetime) -> str:
    """ "Nothing done for 3 hours", or for how long nothing at all has been."""
    gone = length(between(episode.active_at, at))
    if episode.last_enquiry_at is None:
        return f"Nothing done yet, {gone} since the report"
    return f"Nothing done for {gone}"


def as_work(episode: Episode, clock: Clock | None, at: datetime) -> Work:
    return Work(
        title=str(episode.person),
        url=episode.get_absolute_url(),
        reference=episode.reference,
        why=". ".join(filter(None, [*warnings(episode, at), promise_of(clock.deadline) if clock else ""])),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child="yes",
        state=f"{risk_in_words(episode)}. {State(episode.state).label}",
        state_kind=KINDS[State(episode.state)],
        owner=str(episode.owner or ""),
        holds_up=holds_up(episode, at),
        key=episode.pk,
    )


def warnings(episode: Episode, at: datetime) -> list[str]:
    """What nobody may overlook, on every page that speaks of the child."""
    if episode.state not in MISSING:
        return []
    found = [f"Missing for {length(between(episode.missing_since, at))}", since_anything_was_done(episode, at)]
    if episode.state in NOT_ATTENDED:
        found.append("Nobody has attended")
    if episode.assessed_at and episode.ratified_at is None:
        found.append("The risk is not ratified")
    if episode.transfer_offered_at:
        found.append(f"Offered to {episode.transfer_to}; ours until they accept")
    return found


def holds_up(episode: Episode, at: datetime) -> str:
    if episode.is_missing:
        return "The child: not found"
    if episode.state == State.FOUND:
        return "The child: nobody has heard them"
    if episode.state == State.INTERVIEWED:
        return "What follows from the return"
    if episode.state == State.CLOSED:
        return "The next officer at the door: no return interview yet"
    return "Nobody"


def action_as_work(action: PlanAction, clock: Clock | None) -> Work:
    return Work(
        title=action.what,
        url=action.get_absolute_url(),
        reference=action.reference,
        why=f"{PlanAction.Source(action.source).label}, {action.episode.person}",
        due=clock.due_at if clock else action.due_at,
        started=clock.started_at if clock else action.given_at,
        child="yes",
        state=PlanAction.State(action.state).label,
        state_kind="waiting" if action.state == PlanAction.State.OPEN else "done",
        owner=str(action.owner),
        holds_up="The child: not found",
    )
