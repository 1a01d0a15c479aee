"""What a plan gives somebody to do: a task is done, or no longer needed for a reason. A new plan loses none."""

from __future__ import annotations

from datetime import datetime

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from offenders.models import ManagementPlan, Pillar, PlanTask, Written
from offenders.visit_lengths import LONGEST_TASK
from workflow.transitions import NotNow, must_say, transition

State = PlanTask.State
NEEDS_TASKS = (Written.DRAFT, Written.RETURNED, Written.APPROVED)


@transition(target=State.OPEN.value, may=Can.MANAGE_OFFENDERS)
def add_task(
    task: PlanTask, *, by: User, plan: ManagementPlan, pillar: Pillar, what: str, owner: str, due_at: datetime
) -> None:
    """Somebody gets something to do under one pillar of a plan."""
    if plan.state not in NEEDS_TASKS:
        raise NotNow("Nothing can be added to this plan now: it waits for a supervisor, or another one stands.")
    must_say(what, "what is to be done")
    must_say(owner, "who does it")
    if due_at <= now():
        raise NotNow("That time has passed. Choose a time to come.")
    if due_at > LONGEST_TASK.due(now(), now())[0]:
        raise NotNow("That is too far off: give it a first step that can be done sooner.")
    task.reference, task.nominal, task.plan, task.pillar = next_reference("OMT"), plan.nominal, plan, pillar
    task.what, task.owner = what.strip(), owner.strip()
    task.given_at, task.due_at = now(), due_at


@transition(source=State.OPEN.value, target=State.DONE.value, may=Can.MANAGE_OFFENDERS)
def task_done(task: PlanTask, *, by: User, how: str) -> None:
    """It is done, and how."""
    must_say(how, "how it was done")
    task.how, task.ended_at, task.ended_by = how.strip(), now(), by


@transition(source=State.OPEN.value, target=State.NOT_NEEDED.value, may=Can.MANAGE_OFFENDERS)
def task_not_needed(task: PlanTask, *, by: User, because: str) -> None:
    """It need not be done any more, and why."""
    must_say(because, "why it is not needed any more")
    task.how, task.ended_at, task.ended_by = because.strip(), now(), by


@transition(source=State.OPEN.value, target=State.NOT_NEEDED.value, may=Can.MANAGE_OFFENDERS)
def drop_task(task: PlanTask, *, by: System, who: User, because: str) -> None:
    """The draft it belongs to is not finished."""
    task.how, task.ended_at, task.ended_by = because, now(), who


@transition(source=State.OPEN.value, may=Can.MANAGE_OFFENDERS)
def carry_over(task: PlanTask, *, by: System, plan: ManagementPlan) -> None:
    """A new plan stands: what the one before left open goes on in it, by the same time."""
    task.plan = plan
