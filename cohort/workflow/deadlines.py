"""The clocks of what is kept beforehand. What the child did since, or the last time somebody looked, starts them; never
the moment somebody opened a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from access.roles import Role
from cohort.lengths import AFTER_EPISODE, DECIDED, FIRST_PLAN, LONGEST, MEETING, REVIEW, RISK_PLAN
from cohort.models import CohortEntry, CohortMeeting, PhilomenaForm, PlanStep, RiskPlan, TriggerPlan
from cohort.workflow.entries import not_take, propose, take_in
from cohort.workflow.meetings import cancel_meeting, hold_meeting, plan_meeting
from cohort.workflow.philomena import confirm_form, form_episode, form_replaced, receive_form
from cohort.workflow.risk_plans import (
    add_step,
    end_risk_plan,
    risk_plan_episode,
    start_risk_plan,
    step_done,
    step_not_needed,
    update_risk_plan,
)
from cohort.workflow.trigger_plans import (
    end_trigger_plan,
    review_trigger_plan,
    trigger_plan_episode,
    trigger_plan_replaced,
    write_trigger_plan,
)
from sla.calendar import working_days_after
from sla.lengths import Length
from sla.models import Clock
from sla.policy import At, Deadline, Ladder, Level, Moments, by_the_clock, when_due, working_day

NINE = time(9)


def _late(days: int) -> Callable[[Clock], datetime]:
    """So many days after it was due, at the same hour on any day of the week."""
    return lambda clock: clock.due_at + timedelta(days=days)


def _working_days_late(days: int) -> Callable[[Clock], datetime]:
    return lambda clock: working_days_after(clock.due_at, days)


def _since(record: Any) -> datetime:
    """From the episode that nobody has looked at yet, else from when somebody last looked."""
    since: datetime = record.episode_at or record.reviewed_at
    return since


def _review(record: Any) -> Length:
    return AFTER_EPISODE if record.episode_at else REVIEW


def _told_of_a_review() -> Moments:
    return Moments(
        [
            At(when_due, "the time has gone", Role.MISSING_COORDINATOR, is_due=True),
            At(_working_days_late(2), "two working days late", Role.MISSING_SERGEANT),
        ]
    )


def _told_of_a_month(days_before: int) -> Moments:
    before = by_the_clock(NINE, days_before=days_before)
    return Moments(
        [
            At(before, f"nine in the morning, {days_before} days before it is due", Role.MISSING_SERGEANT),
            At(when_due, "the time has gone", Role.MASH_INSPECTOR, is_due=True),
            At(_late(1), "a day late", Role.DMM_CHAIR),
        ]
    )


TRIGGER_PLAN_REVIEWED = Deadline(
    "MC20",
    "Trigger plan reviewed",
    model=TriggerPlan,
    starts=[write_trigger_plan, review_trigger_plan],
    counts_from=_since,
    length=_review,
    lengths=[REVIEW, AFTER_EPISODE],
    pulled_in_by=[trigger_plan_episode],
    stops=[review_trigger_plan, trigger_plan_replaced, end_trigger_plan],
    publishes="due_at",
    ladder=_told_of_a_review(),
)

FORM_CONFIRMED = Deadline(
    "MC20P",
    "Philomena form confirmed by whoever keeps it",
    model=PhilomenaForm,
    starts=[receive_form, confirm_form],
    counts_from=_since,
    length=_review,
    lengths=[REVIEW, AFTER_EPISODE],
    pulled_in_by=[form_episode],
    stops=[confirm_form, form_replaced],
    publishes="due_at",
    ladder=_told_of_a_review(),
)

ENTRY_DECIDED = Deadline(
    "MC19D",
    "Child proposed for the cohort taken in, or not",
    model=CohortEntry,
    starts=[propose],
    counts_from=lambda entry: entry.proposed_at,
    length=lambda entry: DECIDED,
    lengths=[DECIDED],
    stops=[take_in, not_take],
    publishes="due_at",
    ladder=Moments(
        [
            At(working_day(4), "four working days are over", Role.MISSING_SERGEANT),
            At(when_due, "the time has gone", Role.MASH_INSPECTOR, is_due=True),
        ]
    ),
)


def _plan_since(plan: RiskPlan) -> datetime:
    return plan.episode_at or plan.updated_at or plan.started_at


def _plan_length(plan: RiskPlan) -> Length:
    if plan.episode_at:
        return AFTER_EPISODE
    return RISK_PLAN if plan.is_written else FIRST_PLAN


RISK_PLAN_UPDATED = Deadline(
    "MC19R",
    "Risk management plan updated",
    model=RiskPlan,
    starts=[start_risk_plan, update_risk_plan],
    counts_from=_plan_since,
    length=_plan_length,
    lengths=[FIRST_PLAN, RISK_PLAN, AFTER_EPISODE],
    pulled_in_by=[risk_plan_episode],
    stops=[update_risk_plan, end_risk_plan],
    publishes="due_at",
    ladder=_told_of_a_month(2),
)

MEETING_HELD = Deadline(
    "MC19",
    "Monthly multi-agency meeting held",
    model=CohortMeeting,
    starts=[plan_meeting],
    counts_from=lambda meeting: meeting.counts_from,
    length=lambda meeting: MEETING,
    lengths=[MEETING],
    stops=[hold_meeting, cancel_meeting],
    publishes="due_at",
    ladder=_told_of_a_month(7),
)

STEP_DONE = Deadline(
    "MC19S",
    "Step of a risk management plan done",
    model=PlanStep,
    starts=[add_step],
    counts_from=lambda step: step.given_at,
    length=lambda step: LONGEST,
    lengths=[LONGEST],
    until=lambda step: step.due_at,
    stops=[step_done, step_not_needed],
    ladder=Ladder(
        [Level(0.75, Role.MISSING_COORDINATOR), Level(1.0, Role.MISSING_SERGEANT), Level(1.5, Role.MASH_INSPECTOR)]
    ),
)
