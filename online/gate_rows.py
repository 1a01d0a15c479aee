"""How children whom a case concerns, the checks for children, enforcement and what is owed show themselves in lists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from access.time import now
from govuk.times import ago, exactly
from online.codes import EnforcementKind, Kirat
from online.models import ChildrenCheck, Enforcement, GateOverride, LinkedChild, OnlineCase
from sla.models import Clock
from sla.work import Work, promise_of

CHECK_KINDS = {"due": "new", "found": "done", "none_found": "done", "not_needed": "stopped"}
CHILD_KINDS = {
    "known": "new",
    "noticed": "waiting",
    "discussed": "working",
    "settled": "done",
    "in_error": "stopped",
}
ENFORCEMENT_KINDS = {"planned": "waiting", "done": "done", "called_off": "stopped"}
OVERRIDE_KINDS = {"owed": "new", "held": "done"}
State = LinkedChild.State


def holder(case: OnlineCase) -> str:
    """Whose the case is; empty = whoever of the team is there."""
    return str(case.investigator or case.researcher or case.team)


def level_of(case: OnlineCase) -> str:
    return f"level {Kirat(case.kirat).label.lower()}" if case.kirat else "no level yet"


def child_as_work(child: LinkedChild, clock: Clock | None = None) -> Work:
    case, at = child.online_case, now()
    return Work(
        title=child.named,
        url=child.get_absolute_url(),
        reference=f"{child.reference}, {case}",
        why=". ".join(
            [
                f"{LinkedChild.How(child.how).label}, {level_of(case)}",
                f"Known since {ago(child.known_at, at)}",
                *what_is_missing(child),
                *([promise_of(clock.deadline)] if clock else []),
            ]
        ),
        due=child.due_at if is_unsettled(child) else None,
        started=clock.started_at if clock else child.known_at,
        child="yes",
        state=str(State(child.state).label),
        state_kind=CHILD_KINDS[child.state],
        owner=holder(case),
        holds_up="The safety of the child" if is_unsettled(child) else "Nobody",
    )


def is_unsettled(child: LinkedChild) -> bool:
    """Until social care has said what it decided, and the agencies have discussed the child."""
    return child.is_open or (child.state == State.SETTLED and child.discussed_at is None)


def what_is_missing(child: LinkedChild) -> list[str]:
    """What has not been done for the child, each a few words."""
    if not is_unsettled(child):
        return []
    return [
        words
        for is_missing, words in (
            (child.ppn_id is None, "No notice"),
            (child.discussed_at is None, "No strategy discussion"),
            (child.contacted_at is None, "Nobody has spoken with a social worker"),
            (child.state != State.SETTLED, "Decision of social care not known"),
        )
        if is_missing
    ]


def check_as_work(check: ChildrenCheck) -> Work:
    is_due = check.state == ChildrenCheck.State.DUE
    said = f"{check.done_by}, {exactly(check.done_at)}. {check.sources}: {check.result}" if check.done_at else ""
    return Work(
        title=f"Children at {check.at}",
        url=check.get_absolute_url(),
        reference=check.reference,
        why=said or f"Attributed {exactly(check.asked_at)}",
        due=check.due_at if is_due else None,
        started=check.asked_at,
        child="not known" if is_due else "",
        state=str(ChildrenCheck.State(check.state).label),
        state_kind=CHECK_KINDS[check.state],
        owner=holder(check.online_case),
        holds_up="Nobody knows whether a child lives there" if is_due else "Nobody",
    )


def enforcement_as_work(enforcement: Enforcement, shut: Collection[str] = (), clock: Clock | None = None) -> Work:
    """`shut`: what is missing of its gate now, as whoever looks reads it."""
    case, is_planned = enforcement.online_case, enforcement.state == Enforcement.State.PLANNED
    gate = f"The gate is shut: {' '.join(shut)}" if shut and is_planned else ""
    when = f"Planned for {exactly(enforcement.planned_for)}"
    done = f"Carried out {exactly(enforcement.done_at)}" if enforcement.done_at else ""
    return Work(
        title=f"{EnforcementKind(enforcement.kind).label}: {case}",
        url=enforcement.get_absolute_url(),
        reference=enforcement.reference,
        why=" ".join(f"{each}." for each in filter(None, [done or when, level_of(case), gate.rstrip(".")])),
        due=enforcement.planned_for if is_planned else None,
        started=clock.started_at if clock else enforcement.planned_at,
        state=str(Enforcement.State(enforcement.state).label),
        state_kind=ENFORCEMENT_KINDS[enforcement.state],
        owner=holder(case),
        holds_up="Children who are not protected yet" if gate else "",
    )


def override_as_work(override: GateOverride) -> Work:
    is_owed = override.state == GateOverride.State.OWED
    return Work(
        title=f"{GateOverride.Kind(override.kind).label}: {override.online_case}",
        url=override.get_absolute_url(),
        reference=override.reference,
        why=f"{override.by}, {exactly(override.at)}. {override.because}",
        due=override.due_at if is_owed else None,
        started=override.at,
        state=str(GateOverride.State(override.state).label),
        state_kind=OVERRIDE_KINDS[override.state],
        owner=str(override.by),
        holds_up="A strategy discussion is owed" if is_owed else "Nobody",
    )


def child_warnings(child: LinkedChild, at: datetime | None = None) -> list[str]:
    """What nobody may overlook of a child, each a sentence without its stop."""
    moment = at or now()
    if child.state == State.KNOWN:
        return [f"No notice has been submitted about {child.named}. We have known since {ago(child.known_at, moment)}"]
    if child.state == State.NOTICED:
        return [f"No strategy discussion about {child.named} has been held"]
    return []
