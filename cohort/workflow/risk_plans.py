"""The risk management plan: begun with the child's stay in the cohort, updated each month and after each episode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from cohort.codes import Notice
from cohort.lengths import LONGEST
from cohort.models import CohortEntry, CohortMeeting, PlanStep, RiskPlan, RiskPlanVersion
from partners.models import Agency
from workflow.transitions import NotNow, must_say, transition

State = RiskPlan.State


@dataclass(frozen=True)
class PlanFacts:
    """What the plan says now."""

    risks: str
    disruption: str
    notice: str
    works: str


@transition(target=State.CURRENT.value, may=Can.DECIDE_COHORT)
def start_risk_plan(plan: RiskPlan, *, by: System, entry: CohortEntry) -> None:
    """The child is in the cohort: a risk management plan has to be written."""
    plan.entry, plan.reference, plan.team = entry, next_reference("RMP"), entry.team
    plan.started_at = now()


@transition(source=State.CURRENT.value, may=Can.KEEP_COHORT)
def update_risk_plan(plan: RiskPlan, *, by: User, said: PlanFacts) -> None:
    """The risk management plan as it is now. What it said before is kept."""
    must_say(said.risks, "what puts the child at risk")
    must_say(said.disruption, "what is done about those who harm the child; “nobody known” is an answer")
    must_say(said.works, "what works with the child; “not known yet” is an answer")
    if said.notice not in Notice.values:
        raise NotNow("Say whether a Child Abduction Warning Notice was given or considered.")
    plan.risks, plan.disruption, plan.works = said.risks.strip(), said.disruption.strip(), said.works.strip()
    plan.notice = str(said.notice)
    plan.updated_at, plan.updated_by, plan.episode_at = now(), by, None
    RiskPlanVersion.objects.create(
        plan=plan,
        risks=plan.risks,
        disruption=plan.disruption,
        notice=plan.notice,
        works=plan.works,
        written_at=now(),
        written_by=by,
    )


@transition(source=State.CURRENT.value, may=Can.KEEP_COHORT)
def risk_plan_episode(plan: RiskPlan, *, by: System, reference: str, at: datetime) -> None:
    """The child was reported missing. The risk management plan is updated soon."""
    plan.episode_at = min(plan.episode_at or at, at)


@transition(source=State.CURRENT.value, target=State.ENDED.value, may=Can.DECIDE_COHORT)
def end_risk_plan(plan: RiskPlan, *, by: System, ended_by: User) -> None:
    """The child left the cohort: the plan is kept to be read."""
    plan.ended_at, plan.ended_by = now(), ended_by


@transition(target=PlanStep.State.OPEN.value, may=Can.KEEP_COHORT)
def add_step(
    step: PlanStep,
    *,
    by: User,
    plan: RiskPlan,
    what: str,
    owner: User | None,
    agency: Agency | None,
    name_there: str,
    due_at: datetime,
    meeting: CohortMeeting | None,
) -> None:
    """Somebody has something to do for the child, by a certain time."""
    must_say(what, "what is to be done")
    if bool(owner) == bool(agency):
        raise NotNow("Say who does it: somebody here, or somebody at one agency.")
    if agency:
        must_say(name_there, "who at the agency does it")
        if agency.closed_at:
            raise NotNow(f"{agency} is closed: choose another.")
    # Held until this is committed: a child who leaves gets no more steps.
    plan = RiskPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.state != State.CURRENT:
        raise NotNow("The child has left the cohort: the plan is closed.")
    _must_be_of(meeting, plan)
    _must_be_a_time(due_at)
    if owner:
        _must_see(owner, plan)
    step.plan, step.team, step.meeting = plan, plan.team, meeting
    step.reference = f"{plan.reference}, step {_number(plan)}"
    step.what, step.owner, step.agency = what.strip(), owner, agency
    step.name_there = name_there.strip() if agency else ""
    step.given_at, step.due_at = now(), due_at


def _number(plan: RiskPlan) -> int:
    found: int = PlanStep.objects.filter(plan=plan).count() + 1
    return found


def _must_be_of(meeting: CohortMeeting | None, plan: RiskPlan) -> None:
    if meeting is None:
        return
    if meeting.state != CohortMeeting.State.HELD:
        raise NotNow("A meeting gives steps once it has been held.")
    if not meeting.decisions.filter(entry=plan.entry_id).exists():
        raise NotNow("That meeting did not speak of this child.")


def _must_be_a_time(due_at: datetime) -> None:
    if due_at <= now():
        raise NotNow("That time has passed. Check the date and time.")
    longest, _ = LONGEST.in_force(now())
    if due_at > now() + longest:
        raise NotNow(f"At most {longest.days} days: what takes longer is looked at in the monthly meeting.")


def _must_see(owner: User, plan: RiskPlan) -> None:
    """Nobody is given what they may not know of."""
    with acting(owner):
        sees = RiskPlan.objects.filter(pk=plan.pk).exists()
    if not sees:
        raise NotNow(f"{owner} may not see this child's records, so cannot be given a step.")


@transition(source=PlanStep.State.OPEN.value, target=PlanStep.State.DONE.value, may=Can.KEEP_COHORT)
def step_done(step: PlanStep, *, by: User, how: str) -> None:
    """What somebody had to do for the child is done, and how."""
    must_say(how, "how it was done")
    step.how, step.ended_at, step.ended_by = how.strip(), now(), by


@transition(source=PlanStep.State.OPEN.value, target=PlanStep.State.NOT_NEEDED.value, may=Can.DECIDE_COHORT)
def step_not_needed(step: PlanStep, *, by: User, because: str) -> None:
    """A sergeant says that it need not be done any more, and why."""
    must_say(because, "why it need not be done")
    step.how, step.ended_at, step.ended_by = because.strip(), now(), by
