"""What becomes of an action: said to be done, looked at by the next meeting, or carried over."""

from __future__ import annotations

from datetime import datetime

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.duty import people_answered_for, posts_of
from accounts.models import User
from briefing.models import Action, Meeting, Reckoning
from workflow.transitions import NotNow, must_say, transition

State = Action.State
Found = Reckoning.Found


@transition(source=State.OPEN.value, target=State.DONE.value, may=Can.LEARN)
def daily_action_done(action: Action, *, by: User, said: str) -> None:
    """Whoever has to do it says that it is done, and what came of it. The next meeting looks at it."""
    must_say(said, "what was done, and what came of it")
    if not (is_theirs(action, by) or by.can(Can.DECIDE_DAILY)):
        raise NotNow(f"{action.whose} says that it is done.")
    action.done_said, action.done_at, action.done_by = said.strip(), now(), by


def is_theirs(action: Action, person: User) -> bool:
    """Whether they have to do it: by name, by their post, or for whom they cover."""
    if action.owner_id:
        return action.owner_id in people_answered_for(person)
    return action.post in {post.role for post in posts_of(person)}


@transition(source=State.DONE.value, target=State.CHECKED.value, may=Can.DECIDE_DAILY)
def check_daily_action(action: Action, *, by: User, said: str) -> None:
    """The meeting has looked at it: it is done."""
    must_say(said, "what you have looked at")
    _reckon(action, by, Found.CHECKED, said)
    _ended(action, by, said)


@transition(source=State.DONE.value, target=State.OPEN.value, may=Can.DECIDE_DAILY)
def daily_action_not_done(action: Action, *, by: User, said: str) -> None:
    """The meeting has looked at it, and it is not done. It is as late as it was."""
    must_say(said, "what is missing")
    _reckon(action, by, Found.NOT_DONE, said)
    action.done_at, action.done_by, action.done_said = None, None, ""


@transition(source=[State.OPEN.value, State.DONE.value], target=State.NOT_NEEDED.value, may=Can.DECIDE_DAILY)
def daily_action_not_needed(action: Action, *, by: User, said: str) -> None:
    """It need not be done any more, and why."""
    must_say(said, "why it is not needed any more")
    if Meeting.objects.filter(state=Meeting.State.OPEN).exists():
        _reckon(action, by, Found.NOT_NEEDED, said)
    _ended(action, by, said)


@transition(source=State.OPEN.value, may=Can.DECIDE_DAILY)
def carry_over(action: Action, *, by: System, meeting: Meeting) -> None:
    """The meeting is over, and it is late and not done: it goes on to the next, as late as it is."""
    action.carried_over += 1
    Reckoning.objects.create(meeting=meeting, action=action, found=Found.CARRIED_OVER, at=now(), by=None)


def late_by(at: datetime, *, given_before: datetime) -> list[Action]:
    rows = Action.objects.filter(state=State.OPEN, by_when__lte=at, given_at__lt=given_before)
    return list(rows.order_by("by_when", "pk"))


def _reckon(action: Action, by: User, found: Found, said: str) -> None:
    meeting = Meeting.objects.filter(state=Meeting.State.OPEN).first()
    if meeting is None:
        raise NotNow("Actions are looked at while a meeting goes on. Open the next one first.")
    Reckoning.objects.create(meeting=meeting, action=action, found=found, said=said.strip(), at=now(), by=by)


def _ended(action: Action, by: User, said: str) -> None:
    action.ended_said, action.ended_at, action.ended_by = said.strip(), now(), by
