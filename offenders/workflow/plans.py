"""Risk management plans: what is done under each pillar, by whom and by when; what if it fails; how often somebody
visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from access.actor import NotYours, System
from access.roles import Can
from access.time import now, today
from accounts.models import User
from cases.models import next_reference
from offenders.intervals import tariff_days
from offenders.models import Approval, Assessment, ManagementPlan, Nominal, Pillar, PlanTask, Written
from offenders.plan_text import text_of
from offenders.quality import empty_pillars, quality_of
from offenders.visit_lengths import LONGEST_INTERVAL
from offenders.workflow.approvals import Decided, register, submit_for_approval
from offenders.workflow.assessments import BEING_WRITTEN
from offenders.workflow.nominals import planned
from offenders.workflow.plan_tasks import carry_over, drop_task
from workflow.transitions import NotNow, must_say, transition

PLANS = System("a plan was decided on")


@dataclass(frozen=True)
class PlanFacts:
    """What the plan says beside its tasks. In a draft each may still be empty."""

    assessment: Assessment | None
    contingency: str
    licence_conditions: str
    interval_days: int | None
    interval_because: str
    not_applicable: Mapping[str, str]


@transition(target=Written.DRAFT.value, may=Can.MANAGE_OFFENDERS)
def begin_plan(plan: ManagementPlan, *, by: User, nominal: Nominal) -> None:
    """A plan is begun. It answers the assessment that stands, and takes over what the plan before left open."""
    if not nominal.is_ours:
        raise NotNow("They are not managed here any more.")
    waits = ManagementPlan.objects.filter(nominal=nominal, state__in=[*BEING_WRITTEN, Written.SUBMITTED]).first()
    if waits is not None:
        raise NotNow(f"{waits.reference} is being written already: go on with that one.")
    plan.reference, plan.nominal, plan.author, plan.begun_at = next_reference("OMP"), nominal, by, now()
    plan.assessment = newest_assessment(nominal)
    before = plan_of(nominal)
    if before is not None:
        for name in ("contingency", "licence_conditions", "interval_days", "interval_because", "not_applicable"):
            setattr(plan, name, getattr(before, name))


@transition(source=BEING_WRITTEN, may=Can.MANAGE_OFFENDERS)
def write_plan(plan: ManagementPlan, *, by: User, said: PlanFacts) -> None:
    """The plan as far as it is written. Whoever wrote last is its author."""
    if said.interval_days is not None:
        _possible(said.interval_days)
    if said.assessment is not None and said.assessment.nominal_id != plan.nominal_id:
        raise NotNow("That assessment is of somebody else.")
    plan.author, plan.assessment = by, said.assessment
    plan.contingency, plan.licence_conditions = said.contingency.strip(), said.licence_conditions.strip()
    plan.interval_days, plan.interval_because = said.interval_days, said.interval_because.strip()
    plan.not_applicable = {code: why.strip() for code, why in said.not_applicable.items() if why.strip()}


@transition(source=BEING_WRITTEN, target=Written.SUBMITTED.value, may=Can.MANAGE_OFFENDERS)
def submit_plan(plan: ManagementPlan, *, by: User) -> None:
    """It is whole, and goes to a supervisor. Longer between visits than the tariff, it is decided on by itself."""
    if plan.author_id != by.pk:
        raise NotYours(f"{plan.author} wrote this: they send it, or you read it and save it as yours first.")
    text = text_of(plan)
    if empty := empty_pillars(text):
        raise NotNow(
            f"Nothing is said for this person under: {', '.join(empty)}. Give somebody a task there in words of its "
            "own, or say why nothing is done. A stock phrase, or the text of somebody else’s plan, is none."
        )
    must_say(plan.contingency, "what happens if the plan fails")
    must_say(plan.licence_conditions, "all licence conditions; “none” is an answer")
    if not plan.interval_days:
        raise NotNow("Say how many days at most may pass between visits.")
    _possible(plan.interval_days)
    must_say(plan.interval_because, "why you visit as often as that")
    plan.longer_than_tariff = is_longer_than_tariff(plan)
    plan.quality = quality_of(text).score
    plan.submitted_at, plan.returned_because = now(), ""
    submit_for_approval(plan, by=by, one_by_one=plan.longer_than_tariff)


@transition(source=Written.DRAFT.value, target=Written.CANCELLED.value, may=Can.MANAGE_OFFENDERS)
def discard_plan(plan: ManagementPlan, *, by: User, because: str) -> None:
    """A draft is not needed, and why. Its tasks go with it; what the plan before left open stays."""
    must_say(because, "why it is not needed")
    for task in PlanTask.objects.filter(plan=plan, state=PlanTask.State.OPEN):
        drop_task(task, by=PLANS, who=by, because=f"{plan.reference} was not finished")


@transition(source=Written.SUBMITTED.value, target=Written.APPROVED.value, may=Can.SEE_OFFENDERS)
def plan_approved(plan: ManagementPlan, *, by: System, approver: User) -> None:
    """A supervisor approves it. The one before is replaced, and its open tasks go on in this one."""
    plan.approved_at, plan.approved_by = now(), approver
    for older in ManagementPlan.objects.filter(nominal=plan.nominal, state=Written.APPROVED):
        for task in PlanTask.objects.filter(plan=older, state=PlanTask.State.OPEN):
            carry_over(task, by=PLANS, plan=plan)
        plan_superseded(older, by=PLANS)
    planned(plan.nominal, by=PLANS, interval_days=plan.interval_days or 0)


@transition(source=Written.SUBMITTED.value, target=Written.RETURNED.value, may=Can.SEE_OFFENDERS)
def plan_returned(plan: ManagementPlan, *, by: System, because: str) -> None:
    """It went back to its author with reasons."""
    plan.returned_because = because


@transition(source=Written.APPROVED.value, target=Written.SUPERSEDED.value, may=Can.SEE_OFFENDERS)
def plan_superseded(plan: ManagementPlan, *, by: System) -> None:
    """A later one was approved."""


def plan_of(nominal: Nominal) -> ManagementPlan | None:
    """The plan that stands."""
    found: ManagementPlan | None = ManagementPlan.objects.filter(nominal=nominal, state=Written.APPROVED).first()
    return found


def newest_assessment(nominal: Nominal) -> Assessment | None:
    """The assessment that stands."""
    found: Assessment | None = Assessment.objects.filter(nominal=nominal, state=Written.APPROVED).first()
    return found


def is_longer_than_tariff(plan: ManagementPlan) -> bool:
    return (plan.interval_days or 0) > tariff_days(plan.nominal.risk, now())


def pillars_in_use() -> list[Pillar]:
    return list(Pillar.in_use(today()))


def _possible(days: int) -> None:
    longest = LONGEST_INTERVAL.in_force(now())[0].days
    if not 0 < days <= longest:
        raise NotNow(f"Between 1 and {longest} days may pass between visits.")


register(
    Approval.What.PLAN,
    ManagementPlan,
    Decided(
        approved=lambda plan, approver: plan_approved(plan, by=PLANS, approver=approver),
        returned=lambda plan, _, because: plan_returned(plan, by=PLANS, because=because),
    ),
)
