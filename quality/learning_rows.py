"""How learning actions and themes show themselves in lists."""

from __future__ import annotations

from quality.learning_counts import Count
from quality.models import LearningAction
from sla.models import Clock
from sla.work import Work

State = LearningAction.State
KINDS = {"open": "waiting", "done": "working", "held": "done", "not_held": "stopped", "not_needed": "stopped"}
TEST_KINDS = {"drawn": "working", "held": "done", "not_held": "stopped"}


def action_as_work(action: LearningAction, clock: Clock | None = None) -> Work:
    goes_on = action.state in (State.OPEN, State.DONE)
    return Work(
        title=action.what.splitlines()[0][:120],
        url=action.get_absolute_url(),
        reference=action.reference,
        why=f"Because of the theme “{action.theme}”" + (f", found in {action.found_in}" if action.found_in else ""),
        due=action.due_at if goes_on else None,
        started=clock.started_at if clock else action.opened_at,
        state=State(action.state).label,
        state_kind=KINDS[action.state],
        owner=str(action.owner) if action.state == State.OPEN else "Whoever tests it again",
        holds_up="Everybody to whom it may happen again",
    )


def theme_as_work(row: Count) -> Work:
    """One that was found twice, with nothing done."""
    return Work(
        title=row.theme.name,
        url=row.theme.get_absolute_url(),
        why="Found twice or more, and nobody is at work on it",
        started=row.twice_at,
        state="Found twice, nothing done",
        state_kind="waiting",
        owner="The quality lead",
        holds_up="Everybody to whom it may happen again",
    )
