"""How an evidence pack shows itself in a list."""

from __future__ import annotations

from insight.codes import Profile
from insight.models import EvidencePack
from sla.work import Work

State = EvidencePack.State
KINDS = {
    State.ASKED: "waiting",
    State.BUILDING: "working",
    State.PREPARED: "waiting",
    State.CHECKED: "working",
    State.RELEASED: "done",
    State.CLOSED: "waiting",
    State.ENDED: "done",
    State.WITHDRAWN: "stopped",
}
OVER = (State.ENDED, State.WITHDRAWN)


def pack_as_work(pack: EvidencePack) -> Work:
    return Work(
        title=f"For {pack.requested_by}",
        url=pack.get_absolute_url(),
        reference=pack.reference,
        why=f"{pack.begins_on:%-d %B %Y} to {pack.ends_on:%-d %B %Y}. {Profile(pack.profile).label}",
        due=None if pack.state in OVER else pack.due_at,
        started=pack.asked_at,
        state=State(pack.state).label,
        state_kind=KINDS[State(pack.state)],
        owner=WHOSE[State(pack.state)],
        holds_up="The inspection",
        key=pack.pk,
    )


WHOSE = {
    State.ASKED: "Whoever prepares it",
    State.BUILDING: "Longstop",
    State.PREPARED: "Whoever has not prepared it",
    State.CHECKED: "Superintendent or chief officer",
    State.RELEASED: "Its readers",
    State.CLOSED: "Governance lead",
    State.ENDED: "Nobody: it is closed",
    State.WITHDRAWN: "Nobody: it was withdrawn",
}
