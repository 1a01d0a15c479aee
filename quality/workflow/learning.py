"""Something is to change because of a theme: done with evidence, tested again on a new sample, and held or not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from quality.codes import Kind, Source
from quality.learning_lengths import RETEST_SIZE
from quality.models import LearningAction, Retest, Theme
from quality.whose import answered_for, team_of_person
from quality.workflow.samples import draw
from quality.workflow.themes import watch_theme
from sla.owners import pass_on
from workflow.transitions import NotNow, OneOf, must_say, transition

State, Tested = LearningAction.State, Retest.State
TESTS = System("re-test of a learning action")


@dataclass(frozen=True)
class AskedBy:
    """What asked for an action: a scrutiny, a recommendation, a finding of the scrutiny group."""

    source: Source
    record: UUID
    reference: str


@transition(target=State.OPEN.value, may=Can.SEE_QUALITY)
def open_action(
    action: LearningAction, *, by: User, theme: Theme, what: str, owner: User, asked_by: AskedBy | None = None
) -> None:
    """Somebody is given something to change, because of a theme that was found."""
    must_say(what, "what is to change")
    if theme.state != Theme.State.IN_USE:
        raise NotNow(f"No longer used: {theme}.")
    action.theme, action.what, action.opened_at, action.opened_by = theme, what.strip(), now(), by
    action.reference = next_reference("LRN")
    _give(action, owner)
    if asked_by:
        action.source, action.record, action.found_in = asked_by.source, asked_by.record, asked_by.reference


def _give(action: LearningAction, owner: User) -> None:
    if not owner.is_active or owner.is_outside:
        raise NotNow(f"{owner} does not work for the police here. Choose somebody else.")
    action.owner, action.team = owner, team_of_person(owner)


@transition(source=State.OPEN.value, may=Can.LEAD_QUALITY)
def pass_action(action: LearningAction, *, by: User, owner: User, because: str) -> None:
    """Somebody else has it from now on. Its time runs on."""
    must_say(because, "why somebody else has it")
    _give(action, owner)
    pass_on([action.pk], owner=owner, team=action.team)


@transition(source=State.OPEN.value, target=State.DONE.value, may=Can.LEARN)
def action_done(action: LearningAction, *, by: User, evidence: str) -> None:
    """Whoever had it says that it is done, and what shows it."""
    must_say(evidence, "what shows that it is done")
    if action.owner_id not in answered_for(by):
        raise NotNow(f"{action.owner} has it, and says when it is done.")
    action.evidence, action.done_at, action.done_by = evidence.strip(), now(), by


@transition(source=State.OPEN.value, target=State.NOT_NEEDED.value, may=Can.LEAD_QUALITY)
def learning_not_needed(action: LearningAction, *, by: User, because: str) -> None:
    """The quality lead says that it need not be done, and why. The theme is as it was."""
    must_say(because, "why it is not needed")
    action.closed_because = because.strip()
    watch_theme(action.theme, ended=action)


@transition(target=Tested.DRAWN.value, may=Can.REVIEW_QUALITY)
def draw_retest(retest: Retest, *, by: User, action: LearningAction) -> None:
    """A new sample of the theme is drawn, to see whether it is still found."""
    action = LearningAction.objects.select_for_update().get(pk=action.pk)
    _must_be_another(action, by)
    if action.state != State.DONE or Retest.objects.filter(action=action).exists():
        raise NotNow("A new sample is drawn once, after the action was done.")
    size, _ = RETEST_SIZE.in_force(now())
    sample = draw(Kind.THEMATIC, by=by, theme=action.theme, size=size, because=f"Re-test of {action.reference}")
    retest.reference, retest.action, retest.drawn_at, retest.drawn_by = next_reference("RTS"), action, now(), by
    retest.sample, retest.sample_reference = sample.pk, sample.reference


@dataclass(frozen=True)
class Next:
    """What follows an action that did not hold."""

    what: str = ""
    owner: User | None = None


def _as_its_action(retest: Retest) -> str:
    return Tested.HELD.value if retest.action.state == State.HELD else Tested.NOT_HELD.value


@transition(
    source=Tested.DRAWN.value,
    target=OneOf(_as_its_action, (Tested.HELD.value, Tested.NOT_HELD.value)),
    may=Can.REVIEW_QUALITY,
)
def judge_retest(
    retest: Retest, *, by: User, looked_at: int, found: int, held: bool, result: str, follows: Next
) -> None:
    """Somebody who did not do it says whether it held: how many records were looked at, and in how many it was found.
    Where it did not hold, another action follows at once."""
    action: LearningAction = retest.action
    _must_be_another(action, by)
    must_say(result, "what the new sample shows")
    if looked_at < 1 or not 0 <= found <= looked_at:
        raise NotNow("Say how many records were looked at, at least one, and in how many of them it was found.")
    retest.looked_at, retest.found, retest.result = looked_at, found, result.strip()
    retest.decided_at, retest.decided_by = now(), by
    ends = retest_held if held else retest_not_held
    retest.action = ends(action, by=TESTS, because=retest.result)
    if not held:
        _follow(retest.action, by, follows)


def _follow(action: LearningAction, by: User, follows: Next) -> None:
    must_say(follows.what, "what is to change now, and by whom: it did not hold")
    if follows.owner is None:
        raise NotNow("Say who has what is to change now.")
    following = LearningAction(follows=action)
    asked_by = AskedBy(Source(action.source), action.record, action.found_in) if action.record else None
    open_action(following, by=by, theme=action.theme, what=follows.what, owner=follows.owner, asked_by=asked_by)


def _must_be_another(action: LearningAction, by: User) -> None:
    if by.pk in (action.owner_id, action.done_by_id):
        raise NotNow("You have done it: somebody else tests it again.")


@transition(source=State.DONE.value, target=State.HELD.value, may=Can.REVIEW_QUALITY)
def retest_held(action: LearningAction, *, by: System, because: str) -> None:
    """A new sample has shown that it held."""
    action.closed_because = because
    watch_theme(action.theme, ended=action)


@transition(source=State.DONE.value, target=State.NOT_HELD.value, may=Can.REVIEW_QUALITY)
def retest_not_held(action: LearningAction, *, by: System, because: str) -> None:
    """A new sample has shown that it did not hold."""
    action.closed_because = because
