"""Who an action can be given to, and by when it is to be done."""

from __future__ import annotations

from datetime import datetime

from access.actor import System, acting
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import Team, User
from briefing.lengths import ACTION
from briefing.models import Action, AgendaItem
from briefing.models.agenda import sees_record
from quality.whose import team_of_person
from workflow.transitions import NotNow, must_say, transition

ASKS = System("who may see what a meeting speaks of")


def may_see(person: User, item: AgendaItem) -> bool:
    """Whether somebody may see the record that an item is about. Whether they see meetings is another question."""
    with acting(ASKS, apart=True):
        found: bool = AgendaItem.objects.filter(sees_record(person), pk=item.pk).figures().exists()
    return found


def action_of(item: AgendaItem, by: User, what: str, owner: User | None, post: str, by_when: datetime | None) -> Action:
    must_say(what, "what is to be done")
    if by_when is None:
        raise NotNow("Say by when it is to be done.")
    return give_action(Action(), by=by, item=item, what=what, owner=owner, post=post, by_when=by_when)


@transition(target=Action.State.OPEN.value, may=Can.DECIDE_DAILY)
def give_action(
    action: Action, *, by: User, item: AgendaItem, what: str, owner: User | None, post: str, by_when: datetime
) -> None:
    """The meeting has somebody do something by a time: one person, or whoever holds a post."""
    must_say(what, "what is to be done")
    if (owner is None) == (not post):
        raise NotNow("Say who does it: one person, or one post.")
    if post and post not in Role.values:
        raise NotNow("Choose a post of the force.")
    if owner is not None and not may_see(owner, item):
        raise NotNow(f"{owner} may not see this record: give it to somebody who may.")
    if not item.meeting.is_going_on:
        raise NotNow("The meeting does not go on: it asks for nothing.")
    if by_when <= now():
        raise NotNow("Set a time that is still to come.")
    if by_when > ACTION.due(now(), now())[0]:
        raise NotNow("That is too long for something a daily meeting asks for: set an earlier time.")
    action.reference, action.item, action.what = _next(item), item, what.strip()
    action.owner, action.post, action.team = owner, post, _team(owner, post)
    action.given_at, action.given_by, action.by_when = now(), by, by_when


def _next(item: AgendaItem) -> str:
    """The next number of this meeting. Those count too that whoever gives it may not see."""
    with acting(ASKS, apart=True):
        number = Action.objects.filter(item__meeting=item.meeting_id).figures().count() + 1
        return f"{item.meeting.reference}/A{number}"


def _team(owner: User | None, post: str) -> Team:
    return team_of_person(owner) if owner else team_of(Role(post))
