"""What is to be done to find the child: each action is somebody's, by a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from cohort.known import known_before
from missing.codes import MISSING
from missing.lengths import PLAN_ACTION, TRIGGER_ACTION
from missing.models import Episode, PlanAction
from missing.workflow.facts import Planned
from workflow.transitions import NotNow, must_say, transition

OPEN = PlanAction.State.OPEN.value
Source = PlanAction.Source
RUNS = System("trigger plan")


@transition(target=OPEN, may=Can.SEARCH_FOR_MISSING)
def give_action(
    action: PlanAction,
    *,
    by: User | System,
    episode: Episode,
    what: str,
    owner: User,
    due_at: datetime,
    source: str = "plan",
) -> None:
    """Somebody is to do this for the child, by then."""
    must_say(what, "what is to be done")
    if episode.state and episode.state not in MISSING:  # without a state it is being reported now
        raise NotNow(f"{episode.person} is not missing any more.")
    if due_at <= now():
        raise NotNow("Set a time that is still to come.")
    if due_at > PLAN_ACTION.due(now(), now())[0]:
        raise NotNow("That is too long for a missing child: set an earlier time.")
    action.episode, action.what, action.owner, action.due_at = episode, what.strip(), owner, due_at
    action.source, action.given_at, action.team = Source(source).value, now(), episode.team
    action.reference = next_reference(f"{episode.reference}/A")


@transition(source=OPEN, target=PlanAction.State.DONE.value, may=Can.SEARCH_FOR_MISSING)
def action_done(action: PlanAction, *, by: User, how: str) -> None:
    """It is done. What was done to find the child is logged as an enquiry of its own."""
    must_say(how, "what was done, and what came of it")
    _ended(action, by, how)


@transition(source=OPEN, target=PlanAction.State.NOT_NEEDED.value, may=Can.SEARCH_FOR_MISSING)
def action_not_needed(action: PlanAction, *, by: User, how: str) -> None:
    """It will not be done, and why."""
    must_say(how, "why it is not needed any more, or could not be done")
    _ended(action, by, how)


def _ended(action: PlanAction, by: User, how: str) -> None:
    action.ended_at, action.ended_by, action.how = now(), by, how.strip()


def give_each(episode: Episode, planned: Sequence[Planned], by: User | System, source: PlanAction.Source) -> None:
    for each in planned:
        give_action(
            PlanAction(),
            by=by,
            episode=episode,
            what=each.what,
            owner=each.owner,
            due_at=each.due_at,
            source=source.value,
        )


def run_trigger_plan(episode: Episode, by: User) -> None:
    """The child has a trigger plan: its first actions are to be done now, and each has a clock."""
    with acting(RUNS):
        plan = known_before(episode.person).trigger_plan
    if plan:
        due_at = TRIGGER_ACTION.due(now(), now())[0]
        owner = episode.owner or by
        first = [Planned(each, owner, due_at) for each in plan.first_actions if each.strip()]
        give_each(episode, first, by, Source.TRIGGER_PLAN)


def call_off(episode: Episode, by: User, because: str) -> None:
    """The child is found, or looked for by another force: what was still to be done to find them need not be."""
    for action in PlanAction.objects.filter(episode=episode, state=OPEN):
        action_not_needed(action, by=by, how=because)
