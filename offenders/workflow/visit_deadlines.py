"""The clocks of visits, assessments and plans. Each counts from what happened: when police knew, when somebody was
seen, when somebody went in vain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from access.roles import Role
from access.time import now
from offenders.codes import LeadAgency, Risk
from offenders.intervals import interval_of, next_visit_due, waits_for_a_visit
from offenders.models import VISITED, Assessment, ManagementPlan, Nominal, OffenderVisit, PlanTask
from offenders.visit_lengths import (
    FIRST_ASSESSMENT,
    FIRST_VISIT,
    HIGH,
    LONGEST_INTERVAL,
    LONGEST_TASK,
    LOW,
    MEDIUM,
    NEXT_ATTEMPT,
    PLAN_WRITTEN,
    PROBATION_ASSESSES,
    PUT_RIGHT,
    REASSESSMENT,
    SOON,
    VERY_HIGH,
    VISIT_WRITTEN,
    WITHIN_A_WEEK,
    WITHIN_TWO_WEEKS,
    YEARLY_ASSESSMENT,
)
from offenders.workflow.assessments import (
    assessment_returned,
    reassessment_needed,
    submit_assessment,
)
from offenders.workflow.nominals import (
    assessed,
    died,
    end,
    let_out,
    made_active,
    made_reactive,
    planned,
    taken_in,
    transferred_out,
    visited,
)
from offenders.workflow.plan_tasks import add_task, drop_task, task_done, task_not_needed
from offenders.workflow.plans import plan_returned, submit_plan
from offenders.workflow.registrations import register, sentenced, take_on, take_over
from offenders.workflow.transfers import taken_back
from offenders.workflow.visits import (
    amend_visit,
    cancel_visit,
    last_attempt_since_a_visit,
    not_seen,
    plan_visit,
    plan_visit_again,
    record_planned_visit,
    tried,
    visit_failed,
    visit_returned,
)
from sla.lengths import Length
from sla.policy import Deadline, Ladder, Level, On, Verb

NOT_OURS: list[Verb] = [transferred_out, end, died]
"""They are not managed here any more."""
GONE: list[Verb] = [taken_in, *NOT_OURS]
"""Nobody visits any more."""
TAKEN_ON: list[Verb] = [register, take_on, sentenced, take_over, taken_back]
"""Every verb by which somebody is managed from now on: their clocks begin, from the dates that are known."""


def _manager(nominal: Nominal) -> Any:
    return nominal.manager


def _of_nominal(record: Any) -> Any:
    return record.nominal.manager


def _ladder(*levels: tuple[float, Role]) -> Ladder:
    return Ladder([Level(at, role) for at, role in levels])


def _is_to_be_visited(nominal: Nominal) -> bool:
    return nominal.state in VISITED and waits_for_a_visit(nominal)


def _if_seen_since_told(nominal: Nominal) -> Nominal | None:
    """A visit of before that, written down late, is not the one that is due."""
    return None if waits_for_a_visit(nominal) else nominal


FIRST_VISITED = Deadline(
    "RS12",
    "Managed offender visited for the first time, or after release",
    model=Nominal,
    starts=[*TAKEN_ON, let_out, made_active],
    counts_from=lambda nominal: nominal.notified_at or nominal.began_at,
    length=lambda nominal: FIRST_VISIT,
    lengths=[FIRST_VISIT],
    applies=_is_to_be_visited,
    stops=[On(visited, of=_if_seen_since_told), made_reactive, *GONE],
    publishes="visit_due_at",
    owner=_manager,
    ladder=_ladder(
        (0.5, Role.OFFENDER_MANAGER),
        (0.8, Role.OFFENDER_SERGEANT),
        (1.0, Role.OFFENDER_INSPECTOR),
        (1.5, Role.DMM_CHAIR),
    ),
)


def _last_visit(nominal: Nominal) -> datetime:
    return nominal.last_visited_at or nominal.began_at


VISITED_AGAIN = Deadline(
    "RS14",
    "Managed offender visited again",
    model=Nominal,
    starts=[*TAKEN_ON, visited, planned, made_active],
    counts_from=_last_visit,
    length=interval_of,
    lengths=[VERY_HIGH, HIGH, MEDIUM, LOW, LONGEST_INTERVAL],
    until=lambda nominal: next_visit_due(nominal, _last_visit(nominal)),
    applies=lambda nominal: nominal.state == Nominal.State.ACTIVE and not waits_for_a_visit(nominal),
    pulled_in_by=[assessed],
    stops=[visited, planned, made_reactive, *GONE],
    publishes="visit_due_at",
    owner=_manager,
    ladder=_ladder(
        (0.9, Role.OFFENDER_MANAGER),
        (1.0, Role.OFFENDER_SERGEANT),
        (1.1, Role.OFFENDER_INSPECTOR),
        (1.25, Role.DMM_CHAIR),
    ),
)


def _seen_since(nominal: Nominal) -> Nominal | None:
    """A visit of before the last attempt, written down late, is not the next attempt."""
    return nominal if last_attempt_since_a_visit(nominal) is None else None


def _tried_at(nominal: Nominal) -> datetime:
    attempt = last_attempt_since_a_visit(nominal)
    return attempt.tried_at if attempt else now()


def _has_to_be_tried_again(nominal: Nominal) -> bool:
    """Whoever is managed reactively is not visited: that somebody went all the same promises nothing."""
    return nominal.state != Nominal.State.REACTIVE and last_attempt_since_a_visit(nominal) is not None


TRIED_AGAIN = Deadline(
    "RS15",
    "Somebody goes again after the offender was not seen",
    model=Nominal,
    starts=[not_seen, tried],
    counts_from=_tried_at,
    length=lambda nominal: NEXT_ATTEMPT[Risk(nominal.risk)],
    lengths=[SOON, WITHIN_A_WEEK, WITHIN_TWO_WEEKS],
    applies=_has_to_be_tried_again,
    pulled_in_by=[assessed],
    stops=[not_seen, tried, On(visited, of=_seen_since), made_reactive, *GONE],
    owner=_manager,
    ladder=_ladder((0.5, Role.OFFENDER_MANAGER), (1.0, Role.OFFENDER_SERGEANT), (2.0, Role.OFFENDER_INSPECTOR)),
)

VISIT_WRITTEN_DOWN = Deadline(
    "RS14P",
    "Planned visit written down, or why it was not made",
    model=OffenderVisit,
    starts=[plan_visit, plan_visit_again, visit_failed],
    counts_from=lambda visit: visit.planned_for,
    length=lambda visit: VISIT_WRITTEN,
    lengths=[VISIT_WRITTEN],
    stops=[plan_visit_again, visit_failed, record_planned_visit, cancel_visit],
    owner=_of_nominal,
    ladder=_ladder((1.0, Role.OFFENDER_MANAGER), (2.0, Role.OFFENDER_SERGEANT)),
)


def _assessment_since(nominal: Nominal) -> datetime:
    """From what was not weighed yet, else from the last assessment, else from the first visit."""
    since = nominal.reassess_since or nominal.assessed_at or nominal.first_visited_at
    return since or nominal.began_at


def _assessment_length(nominal: Nominal) -> Length:
    if nominal.reassess_since:
        return REASSESSMENT
    return YEARLY_ASSESSMENT if nominal.assessed_at else FIRST_ASSESSMENT


ASSESSED = Deadline(
    "RS13",
    "Assessment of a managed offender approved",
    model=Nominal,
    starts=[*TAKEN_ON, visited, assessed, reassessment_needed],
    counts_from=_assessment_since,
    length=_assessment_length,
    lengths=[FIRST_ASSESSMENT, YEARLY_ASSESSMENT, REASSESSMENT],
    applies=lambda nominal: any([nominal.first_visited_at, nominal.assessed_at, nominal.reassess_since]),
    pulled_in_by=[reassessment_needed],
    stops=[assessed, *NOT_OURS],
    publishes="assessment_due_at",
    owner=_manager,
    ladder=_ladder((0.8, Role.OFFENDER_MANAGER), (1.0, Role.OFFENDER_SERGEANT), (1.1, Role.OFFENDER_INSPECTOR)),
)

PROBATION_ASSESSED = Deadline(
    "RS13O",
    "Assessment after release of somebody whom probation leads on (OASys informed by ARMS)",
    model=Nominal,
    starts=[let_out],
    counts_from=lambda nominal: nominal.notified_at,
    length=lambda nominal: PROBATION_ASSESSES,
    lengths=[PROBATION_ASSESSES],
    applies=lambda nominal: nominal.lead_agency == LeadAgency.PROBATION,
    stops=[assessed, *GONE],
    publishes="assessment_due_at",
    owner=_manager,
    ladder=_ladder((0.8, Role.OFFENDER_MANAGER), (1.0, Role.OFFENDER_SERGEANT), (1.5, Role.OFFENDER_INSPECTOR)),
)

PLANNED = Deadline(
    "RS13P",
    "Risk management plan approved after an assessment",
    model=Nominal,
    starts=[assessed],
    counts_from=lambda nominal: nominal.assessed_at,
    length=lambda nominal: PLAN_WRITTEN,
    lengths=[PLAN_WRITTEN],
    stops=[planned, *NOT_OURS],
    owner=_manager,
    ladder=_ladder((0.8, Role.OFFENDER_MANAGER), (1.0, Role.OFFENDER_SERGEANT), (1.5, Role.OFFENDER_INSPECTOR)),
)

TASK_DONE = Deadline(
    "RS13T",
    "Task of an offender's plan done, or no longer needed",
    model=PlanTask,
    starts=[add_task],
    counts_from=lambda task: task.given_at,
    length=lambda task: LONGEST_TASK,
    lengths=[LONGEST_TASK],
    until=lambda task: task.due_at,
    stops=[task_done, task_not_needed, drop_task],
    owner=_of_nominal,
    ladder=_ladder((0.75, Role.OFFENDER_MANAGER), (1.0, Role.OFFENDER_SERGEANT), (1.5, Role.OFFENDER_INSPECTOR)),
)


def _returned_at(record: Any) -> datetime:
    return now()


def _put_right(code: str, what: str, model: type, returned: Any, sent: list[Any]) -> Deadline:
    return Deadline(
        code,
        f"{what} sent again after a supervisor returned it",
        model=model,
        starts=[returned],
        counts_from=_returned_at,
        length=lambda record: PUT_RIGHT,
        lengths=[PUT_RIGHT],
        stops=sent,
        owner=_of_nominal,
        ladder=_ladder((0.8, Role.OFFENDER_MANAGER), (1.0, Role.OFFENDER_SERGEANT), (2.0, Role.OFFENDER_INSPECTOR)),
    )


VISIT_PUT_RIGHT = _put_right("RS18V", "Visit", OffenderVisit, visit_returned, [amend_visit])
ASSESSMENT_PUT_RIGHT = _put_right("RS18A", "Assessment", Assessment, assessment_returned, [submit_assessment])
PLAN_PUT_RIGHT = _put_right("RS18M", "Risk management plan", ManagementPlan, plan_returned, [submit_plan])
