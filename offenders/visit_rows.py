"""How visits, assessments, plans and their tasks show themselves in lists, and what nobody may overlook of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from govuk.fields import YesNoNotKnown as Answer
from govuk.times import exactly
from offenders.codes import Risk
from offenders.intervals import waits_for_a_visit
from offenders.models import Assessment, ManagementPlan, Nominal, OffenderVisit, PlanTask, Written
from sla.models import Clock
from sla.work import Work, promise_of

KINDS = {
    Written.DRAFT.value: "working",
    Written.SUBMITTED.value: "waiting",
    Written.APPROVED.value: "done",
    Written.RETURNED.value: "new",
    Written.SUPERSEDED.value: "stopped",
    Written.CANCELLED.value: "stopped",
}
NOMINAL_KINDS = {
    Nominal.State.AWAITING_VISIT.value: "new",
    Nominal.State.RELEASED.value: "new",
    Nominal.State.ACTIVE.value: "working",
    Nominal.State.REACTIVE.value: "working",
    Nominal.State.PRE_SENTENCE.value: "working",
}
TASK_KINDS = {"open": "waiting", "done": "done", "not_needed": "stopped"}
A_CHILD = "A child was seen: record the contact and submit a notice now"
MAY_BE_A_CHILD = "It is not known whether a child was there: find out today"


def nominal_as_work(nominal: Nominal, due: datetime | None, why: str, clock: Clock | None = None) -> Work:
    """Somebody to visit or to assess."""
    return Work(
        title=nominal.person.name,
        url=nominal.get_absolute_url(),
        reference=nominal.reference,
        why=why,
        due=due,
        started=clock.started_at if clock else None,
        grade=Risk(nominal.risk).label if nominal.risk != Risk.NOT_ASSESSED else "",
        state=Nominal.State(nominal.state).label,
        state_kind=NOMINAL_KINDS.get(nominal.state, "stopped"),
        owner=str(nominal.manager),
        holds_up="Whoever they could harm",
    )


def to_visit(nominal: Nominal, clock: Clock | None = None) -> Work:
    why = promise_of(clock.deadline) if clock else last_seen(nominal)
    return nominal_as_work(nominal, nominal.visit_due_at, f"{why}. {last_seen(nominal)}" if clock else why, clock)


def to_assess(nominal: Nominal) -> Work:
    why = nominal.reassess_because or ("Assessed before" if nominal.assessed_at else "Never assessed")
    return nominal_as_work(nominal, nominal.assessment_due_at, why)


def last_seen(nominal: Nominal) -> str:
    if nominal.last_visited_at is None:
        return "Never visited"
    since = ", and not since they were released or made active again" if waits_for_a_visit(nominal) else ""
    return f"Last seen {exactly(nominal.last_visited_at)}{since}"


def visit_as_work(visit: OffenderVisit, clock: Clock | None = None) -> Work:
    return Work(
        title=visit.nominal.person.name,
        url=visit.get_absolute_url(),
        reference=visit.reference,
        why=visit.returned_because or when_in_words(visit),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        child="yes" if visit.children_seen == Answer.YES else "",
        state=Written(visit.state).label if visit.state != Written.DRAFT else "Planned",
        state_kind=KINDS[visit.state],
        owner=str(visit.nominal.manager),
        holds_up="Whoever they could harm",
    )


def draft_as_work(record: Assessment | ManagementPlan, clock: Clock | None = None) -> Work:
    what = "Assessment" if isinstance(record, Assessment) else "Risk management plan"
    return Work(
        title=record.nominal.person.name,
        url=record.get_absolute_url(),
        reference=record.reference,
        why=f"{what}: {record.returned_because or 'not sent yet'}",
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else record.begun_at,
        state=Written(record.state).label,
        state_kind=KINDS[record.state],
        owner=str(record.author),
        holds_up="What is done about the risk",
    )


def task_as_work(task: PlanTask) -> Work:
    return Work(
        title=task.what,
        url=task.get_absolute_url(),
        reference=task.reference,
        why=f"{task.pillar.heading}, {task.nominal.person.name}",
        due=task.due_at if task.state == PlanTask.State.OPEN else None,
        started=task.given_at,
        state=PlanTask.State(task.state).label,
        state_kind=TASK_KINDS[task.state],
        owner=task.owner,
        holds_up="The plan for this person",
    )


def when_in_words(visit: OffenderVisit) -> str:
    if visit.visited_at:
        return f"Made {exactly(visit.visited_at)}"
    return f"Planned for {exactly(visit.planned_for)}" if visit.planned_for else "No time has been set"


def visit_warnings(visit: OffenderVisit) -> list[str]:
    """What nobody may overlook of a visit."""
    found = []
    if visit.visited_at and visit.children_seen == Answer.YES:
        found.append(A_CHILD)
    if visit.visited_at and visit.children_seen == Answer.NOT_KNOWN:
        found.append(MAY_BE_A_CHILD)
    if visit.visited_at and not visit.officer_two:
        found.append(f"One officer went alone: {visit.single_crew_because.rstrip('.')}")
    if visit.state == Written.RETURNED:
        found.append(f"Returned: {visit.returned_because.rstrip('.')}")
    return found


def said_of(visit: OffenderVisit) -> list[tuple[str, Any]]:
    """What was found, under the headings of the form."""
    officers = ", ".join(filter(None, [visit.officer_one, visit.officer_two]))
    return [
        ("Officers", officers),
        ("They knew we would come", Answer(visit.announced).label),
        ("Who else was there", visit.household),
        ("Children seen", Answer(visit.children_seen).label),
        ("Each child", visit.children or "No child was seen"),
        ("Devices", visit.devices),
        ("Who knows of the offence", visit.disclosure),
        ("Compliance", visit.get_compliance_display()),
        ("What was found", visit.observations),
    ]
