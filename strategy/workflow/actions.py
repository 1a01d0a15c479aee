"""What a meeting gave somebody to do: given, done, or no longer needed."""

from __future__ import annotations

from datetime import datetime

from access.actor import acting
from access.roles import Can
from access.time import now
from accounts.models import User
from partners.models import Agency
from strategy.codes import WAS_HELD
from strategy.lengths import LONGEST
from strategy.models import Action, StrategyMeeting
from workflow.transitions import NotNow, must_say, transition


@transition(target=Action.State.OPEN.value, may=Can.RECORD_STRATEGY_MEETING)
def add_action(
    action: Action,
    *,
    by: User,
    meeting: StrategyMeeting,
    what: str,
    owner: User | None,
    agency: Agency | None,
    name_there: str,
    due_at: datetime,
) -> None:
    """The meeting gave somebody something to do, by a certain time."""
    must_say(what, "what is to be done")
    if bool(owner) == bool(agency):
        raise NotNow("Say who does it: somebody here, or somebody at one agency.")
    if agency:
        must_say(name_there, "who at the agency does it")
    # Held until this is committed: a meeting that is being closed gets no more actions.
    meeting = StrategyMeeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    given = _held_at(meeting)
    _must_be_a_time(given, due_at)
    if owner:
        _must_see(owner, meeting)
    action.meeting, action.team, action.given_at, action.due_at = meeting, meeting.team, given, due_at
    number = Action.objects.filter(meeting=meeting).count() + 1
    action.reference = f"{meeting.reference}, action {number}"
    action.what, action.owner, action.agency = what.strip(), owner, agency
    action.name_there = name_there.strip() if agency else ""


def _held_at(meeting: StrategyMeeting) -> datetime:
    if meeting.state not in WAS_HELD or meeting.held_at is None:
        raise NotNow("Actions are given by a meeting that was held and is not closed yet.")
    return meeting.held_at


def _must_be_a_time(given: datetime, due_at: datetime) -> None:
    if due_at < given:
        raise NotNow("It is due after the meeting. Check the date and time.")
    longest, _ = LONGEST.in_force(now())
    if due_at > given + longest:
        raise NotNow(f"At most {longest.days} days: what takes longer is looked at in the next discussion.")


def _must_see(owner: User, meeting: StrategyMeeting) -> None:
    """Nobody is given what they may not know of."""
    with acting(owner):
        sees = StrategyMeeting.objects.filter(pk=meeting.pk).exists()
    if not sees:
        raise NotNow(f"{owner} may not see this case, so cannot be given an action in it.")


@transition(source=Action.State.OPEN.value, target=Action.State.DONE.value, may=Can.RECORD_STRATEGY_MEETING)
def action_done(action: Action, *, by: User, how: str) -> None:
    """What the meeting gave to do is done, and how."""
    must_say(how, "how it was done")
    _end(action, by, how)


@transition(source=Action.State.OPEN.value, target=Action.State.NOT_NEEDED.value, may=Can.REQUEST_STRATEGY_MEETING)
def action_not_needed(action: Action, *, by: User, because: str) -> None:
    """A sergeant says that it need not be done any more, and why."""
    must_say(because, "why it need not be done")
    _end(action, by, because)


def _end(action: Action, by: User, words: str) -> None:
    action.how, action.ended_at, action.ended_by = words.strip(), now(), by
