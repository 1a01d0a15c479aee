"""How a strategy meeting, and an action of one, show themselves in a list."""

from __future__ import annotations

from sla.models import Clock
from sla.work import Work, promise_of
from strategy.codes import NOT_HELD, State
from strategy.models import Action, ReceivedMinutes, StrategyMeeting

KINDS = {
    State.REQUESTED: "new",
    State.ACCEPTED: "waiting",
    State.DECLINED: "stopped",
    State.STANDS: "stopped",
    State.PLANNED: "working",
    State.HELD: "waiting",
    State.MINUTED: "working",
    State.CLOSED: "done",
    State.CANCELLED: "stopped",
}


def who(meeting: StrategyMeeting) -> str:
    """The children, in words."""
    names = sorted(child.name for child in meeting.children.all())
    return ", ".join(names) or "Not known"


def as_work(meeting: StrategyMeeting, clock: Clock | None) -> Work:
    return Work(
        title=who(meeting),
        url=meeting.get_absolute_url(),
        reference=meeting.reference,
        why=". ".join(filter(None, [*warnings(meeting), promise_of(clock.deadline) if clock else ""])),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child="yes",
        state=State(meeting.state).label,
        state_kind=KINDS[State(meeting.state)],
        owner=_owner(meeting),
        holds_up=_holds_up(meeting),
    )


def warnings(meeting: StrategyMeeting) -> list[str]:
    """What nobody may overlook, on every page that speaks of the meeting."""
    found = []
    if meeting.absent:
        found.append(f"Held {meeting.without}")
    if meeting.is_immediate and meeting.state in NOT_HELD:
        known = meeting.risk_is_immediate == "yes"
        found.append(
            "The risk is immediate" if known else "Not known whether the risk is immediate: treated as if it is"
        )
    if meeting.conference_is_late and not meeting.conference_held_on:
        found.append("The conference is later than the fifteenth working day")
    return found


def _owner(meeting: StrategyMeeting) -> str:
    return str(meeting.authority if meeting.state == State.REQUESTED else meeting.team)


def _holds_up(meeting: StrategyMeeting) -> str:
    if meeting.state in NOT_HELD:
        return "The child: the agencies have not met"
    if meeting.state == State.HELD:
        return "Everybody who was not there: no minutes yet"
    if meeting.state == State.MINUTED:
        return "Whoever waits for what was decided"
    return "Nobody"


def action_as_work(action: Action, clock: Clock | None) -> Work:
    return Work(
        title=action.what,
        url=action.get_absolute_url(),
        reference=action.reference,
        due=clock.due_at if clock else action.due_at,
        started=clock.started_at if clock else action.given_at,
        state=Action.State(action.state).label,
        state_kind="waiting" if action.state == Action.State.OPEN else "done",
        owner=action.whose,
        holds_up="The safety of the child",
    )


def received_as_work(received: ReceivedMinutes, clock: Clock | None) -> Work:
    state = ReceivedMinutes.State(received.state)
    return Work(
        title=f"Minutes from {received.agency}",
        url=received.get_absolute_url(),
        reference=received.reference,
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else received.received_at,
        state=state.label,
        state_kind="waiting" if state == ReceivedMinutes.State.WAITING else "done",
        owner=str(received.team),
        holds_up="Everybody who was not there: nobody has read them yet",
    )
