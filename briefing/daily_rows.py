"""How meetings and what they ask for show themselves in lists."""

from __future__ import annotations

from briefing.models import Action, Meeting
from govuk.times import exactly
from sla.models import Clock
from sla.work import Work

MEETING_KINDS = {"owed": "new", "open": "working", "over": "waiting", "signed_off": "done"}
ACTION_KINDS = {"open": "working", "done": "waiting", "checked": "done", "not_needed": "stopped"}
NOT_ENDED = [Action.State.OPEN, Action.State.DONE]


def meeting_as_work(meeting: Meeting, clock: Clock | None = None) -> Work:
    return Work(
        title=f"Daily meeting, {exactly(meeting.meets_at)}",
        url=meeting.get_absolute_url(),
        reference=meeting.reference,
        why=f"Opened {exactly(meeting.opened_at)}" if meeting.opened_at else "Nobody has opened it yet",
        due=meeting.due_at if meeting.state != Meeting.State.SIGNED_OFF else None,
        started=clock.started_at if clock else meeting.owed_since,
        state=Meeting.State(meeting.state).label,
        state_kind=MEETING_KINDS[meeting.state],
        owner=str(meeting.chair or ""),
        holds_up="Every child on its agenda",
    )


def daily_action_as_work(action: Action, clock: Clock | None = None) -> Work:
    times = action.carried_over
    carried = f"Carried over by {times} meeting{'' if times == 1 else 's'}. " if times else ""
    return Work(
        title=action.what,
        url=action.get_absolute_url(),
        reference=action.reference,
        why=f"{carried}Asked for {exactly(action.given_at)}",
        due=(action.due_at or action.by_when) if action.state in NOT_ENDED else None,
        started=clock.started_at if clock else action.given_at,
        child=action.item.child,
        state=Action.State(action.state).label,
        state_kind=ACTION_KINDS[action.state],
        owner=action.whose,
        holds_up="What the daily meeting decided",
    )
