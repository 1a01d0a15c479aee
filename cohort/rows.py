"""How what the missing team keeps shows itself in lists, and what nobody may overlook of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from cohort.known import KnownBefore
from cohort.models import CohortEntry, CohortMeeting, PhilomenaForm, PlanStep, RiskPlan, TriggerPlan
from govuk.times import exactly
from sla.models import Clock
from sla.work import Work, promise_of

KINDS = {"proposed": "new", "in_cohort": "working", "left": "done", "not_taken": "stopped"}
PLAN_KINDS = {"current": "working", "replaced": "done", "ended": "done"}
MEETING_KINDS = {"planned": "waiting", "held": "done", "cancelled": "stopped"}
STEP_KINDS = {"open": "waiting", "done": "done", "not_needed": "stopped"}


def entry_as_work(entry: CohortEntry, due: datetime | None, why: str = "", started: datetime | None = None) -> Work:
    waits = entry.state == CohortEntry.State.PROPOSED
    return Work(
        title=entry.person.name,
        url=entry.get_absolute_url(),
        reference=entry.reference,
        why=why or (entry.proposed_because if waits else entry.exploitation_in_words),
        due=due if entry.left_at is None else None,
        started=started or entry.entered_at or entry.proposed_at,
        child="yes",
        state=CohortEntry.State(entry.state).label,
        state_kind=KINDS[entry.state],
        owner=str(entry.lead or entry.team),
        holds_up="The child: nobody has decided" if waits else "The safety of the child",
    )


def trigger_as_work(plan: TriggerPlan, clock: Clock | None = None) -> Work:
    return Work(
        title=plan.person.name,
        url=plan.get_absolute_url(),
        reference=plan.reference,
        why=f"Last looked at {exactly(plan.reviewed_at)}. {episode_in_words(plan.episode_at)}".strip(),
        due=plan.due_at if plan.state == TriggerPlan.State.CURRENT else None,
        started=clock.started_at if clock else plan.reviewed_at,
        child="yes",
        state=TriggerPlan.State(plan.state).label,
        state_kind=PLAN_KINDS[plan.state],
        owner=str(plan.team),
        holds_up="Whoever looks for the child first",
    )


def form_as_work(form: PhilomenaForm, clock: Clock | None = None) -> Work:
    return Work(
        title=form.person.name,
        url=form.get_absolute_url(),
        reference=form.reference,
        why=f"Kept by {form.owner}. {episode_in_words(form.episode_at)}".strip(),
        due=form.due_at if form.state == PhilomenaForm.State.CURRENT else None,
        started=clock.started_at if clock else form.reviewed_at,
        child="yes",
        state=PhilomenaForm.State(form.state).label,
        state_kind=PLAN_KINDS[form.state],
        owner=str(form.team),
        holds_up="Whoever looks for the child first",
    )


def plan_as_work(plan: RiskPlan) -> Work:
    return Work(
        title=plan.entry.person.name,
        url=plan.get_absolute_url(),
        reference=plan.reference,
        why=last_update(plan),
        due=plan.due_at,
        started=plan.episode_at or plan.updated_at or plan.started_at,
        child="yes",
        state=RiskPlan.State(plan.state).label,
        state_kind=PLAN_KINDS[plan.state],
        owner=str(plan.entry.lead or plan.team),
        holds_up="The safety of the child",
    )


def meeting_as_work(meeting: CohortMeeting, clock: Clock | None = None) -> Work:
    to_come = meeting.state == CohortMeeting.State.PLANNED
    return Work(
        title=f"Monthly meeting with {meeting.authority}",
        url=meeting.get_absolute_url(),
        reference=meeting.reference,
        why=". ".join(filter(None, [when_in_words(meeting), promise_of(clock.deadline) if clock else ""])),
        due=meeting.due_at if to_come else None,
        started=meeting.counts_from,
        state=CohortMeeting.State(meeting.state).label,
        state_kind=MEETING_KINDS[meeting.state],
        owner=str(meeting.team),
        holds_up="Every child of this authority in the cohort" if to_come else "Nobody",
    )


def step_as_work(step: PlanStep) -> Work:
    return Work(
        title=step.what,
        url=step.get_absolute_url(),
        reference=step.reference,
        due=step.due_at if step.state == PlanStep.State.OPEN else None,
        started=step.given_at,
        state=PlanStep.State(step.state).label,
        state_kind=STEP_KINDS[step.state],
        owner=step.whose,
        holds_up="The safety of the child",
    )


def when_in_words(meeting: CohortMeeting) -> str:
    if meeting.held_at:
        return f"Held {exactly(meeting.held_at)}"
    if meeting.cancelled_because:
        return f"Cancelled: {meeting.cancelled_because}"
    return f"Planned for {exactly(meeting.planned_for)}" if meeting.planned_for else "No time has been set"


def episode_in_words(at: datetime | None) -> str:
    return f"Reported missing {exactly(at)}, and not looked at since." if at else ""


def last_update(plan: RiskPlan) -> str:
    said = f"Last updated {exactly(plan.updated_at)}" if plan.updated_at else "Not written yet"
    return f"{said}. {episode_in_words(plan.episode_at)}".strip()


def warnings(known: KnownBefore, at: datetime) -> list[str]:
    """What nobody may overlook of a child in the cohort."""
    found = []
    plan = known.risk_plan
    if plan and not plan.is_written:
        found.append("No risk management plan has been written yet")
    elif plan and plan.due_at and plan.due_at < at:
        month = plan.updated_at and plan.updated_at < at - timedelta(days=31)
        found.append(
            "The risk management plan is more than a month old"
            if month
            else "The child has been missing since the risk management plan was written, and it is not up to date"
        )
    if known.trigger_plan is None:
        found.append("There is no trigger plan: nobody has written what is done first when the child is missing")
    return found
