"""What waits for a supervisor. It belongs to the duty post of a team and never to a person: who is on leave holds
nothing up. Nobody decides on their own work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from access.actor import NotYours, System, acting, signed
from access.roles import Can, Role
from access.time import now
from accounts.duty import on_duty
from accounts.models import User
from cases.models import Person, next_reference
from cases.models.person import Conflict
from cases.workflow.people import declare_conflict
from offenders.codes import Risk
from offenders.models import Approval, ApprovalRead
from offenders.models.managing import Approvable
from sla.owners import never_tell
from workflow.transitions import NotNow, must_say, transition

State = Approval.State
WAITS = System("waits for a supervisor")
DECIDES: dict[Role, Can] = {
    Role.OFFENDER_SERGEANT: Can.SUPERVISE_OFFENDERS,
    Role.OFFENDER_INSPECTOR: Can.COMMAND_OFFENDERS,
}

TOGETHER = frozenset({Risk.LOW.value, Risk.MEDIUM.value})
"""Risks at which several may be approved at once."""


@dataclass(frozen=True)
class Decided:
    """What becomes of a record when its approval is decided: called inside that transition."""

    approved: Callable[[Any, User], object]
    returned: Callable[[Any, User, str], object]


OF: dict[type[Approvable], Decided] = {}
"""Each kind of record that is approved says here what follows."""
KINDS: dict[str, type[Approvable]] = {}
"""Approval.What -> the kind of record."""


def register(what: Approval.What, model: type[Approvable], decided: Decided) -> None:
    KINDS[what.value], OF[model] = model, decided


def submit_for_approval(
    record: Approvable, *, by: User, role: Role = Role.OFFENDER_SERGEANT, one_by_one: bool = False
) -> Approval:
    """Called inside the transition that submits the record. The clock runs from now, whoever is there."""
    what = next((each for each, model in KINDS.items() if isinstance(record, model)), None)
    if what is None:
        raise TypeError(f"{type(record).__name__} has not said what follows a decision on it: approvals.register")
    return wait(Approval(), by=WAITS, about=record, what=what, role=role, author=by, one_by_one=one_by_one)


@transition(target=State.WAITING.value, may=Can.MANAGE_OFFENDERS)
def wait(
    approval: Approval, *, by: System, about: Approvable, what: str, role: Role, author: User, one_by_one: bool
) -> None:
    """Something has been submitted and waits for a supervisor."""
    nominal = about.nominal
    approval.reference, approval.nominal, approval.at_team = next_reference("APV"), nominal, nominal.team
    approval.what, approval.record, approval.record_reference = what, about.pk, about.reference
    approval.url, approval.role = about.get_absolute_url(), role.value
    approval.risk, approval.one_by_one = nominal.risk, one_by_one
    approval.submitted_at, approval.submitted_by = now(), author


def must_not_decide(approval: Approval) -> set[int]:
    """Keys of its author, and of everybody who is never shown the offender."""
    conflicts = Conflict.objects.filter(person__same_as=approval.nominal.person.same_as_id)
    return {approval.submitted_by_id, *conflicts.values_list("user", flat=True)}


def conflict_declared(person: Person) -> None:
    """Somebody is never shown this offender from now on: what waits about them goes to others."""
    with acting(WAITS):
        about = Approval.objects.filter(state=State.WAITING, nominal__person__same_as=person.same_as_id)
        for approval in about.select_related("nominal__person"):
            never_tell(approval.pk, must_not_decide(approval))


declare_conflict.watchers.append(conflict_declared)


def who_decides(approval: Approval) -> list[User]:
    """Whoever answers for it now: the duty post of the team, its cover, or the post above. Never its author."""
    return on_duty(Role(approval.role), approval.at_team, never=must_not_decide(approval))


def why_not_you(approval: Approval, by: User) -> str:
    """Why this person may not decide on it; empty = they may."""
    if approval.submitted_by_id == by.pk:
        return "You wrote this: somebody else decides on it."
    act = DECIDES[Role(approval.role)]
    return "" if by.can(act) else f"You may not {act.label}."


@transition(source=State.WAITING.value, target=State.APPROVED.value, may=Can.SUPERVISE_OFFENDERS)
def approve(approval: Approval, *, by: User) -> None:
    """A supervisor who did not write it has read it and approves it."""
    record = _to_decide(approval, by)
    approval.decided_at, approval.decided_by = now(), by
    OF[type(record)].approved(record, by)


@transition(source=State.WAITING.value, target=State.RETURNED.value, may=Can.SUPERVISE_OFFENDERS)
def send_back(approval: Approval, *, by: User, because: str) -> None:
    """A supervisor sends it back to its author, and says what is missing."""
    must_say(because, "what is missing or wrong")
    record = _to_decide(approval, by)
    approval.decided_at, approval.decided_by, approval.because = now(), by, because.strip()
    OF[type(record)].returned(record, by, because.strip())


@transition(source=State.WAITING.value, target=State.WITHDRAWN.value, may=Can.MANAGE_OFFENDERS)
def take_back(approval: Approval, *, by: User, because: str) -> None:
    """Its author takes it back before anybody has decided, to change it."""
    must_say(because, "why you take it back")
    if approval.submitted_by_id != by.pk:
        raise NotYours("Only whoever submitted it can take it back.")
    record = record_of(approval)
    approval.decided_at, approval.decided_by, approval.because = now(), by, because.strip()
    OF[type(record)].returned(record, by, f"Taken back: {because.strip()}")


@transition(source=State.WAITING.value, may=Can.SUPERVISE_OFFENDERS)
def read(approval: Approval, *, by: User) -> None:
    """A supervisor who may decide on it has opened it. Only then can they approve it together with others."""
    _may_decide(approval, by)
    ApprovalRead.objects.get_or_create(approval=approval, by=by, defaults={"at": now(), "nominal": approval.nominal})


def approve_many(approvals: Iterable[Approval], *, by: User) -> list[Approval]:
    """Several at once: each has been opened by whoever decides, none is of a high risk or has to stand alone.

    Raises NotNow that names the first which cannot be; then none is approved.
    """
    chosen = list(approvals)
    if not chosen:
        raise NotNow("Choose at least one.")
    done = []
    with signed(by):
        opened = opened_by(by, chosen)
        for approval in chosen:
            if why := why_not_together(approval, by, opened):
                raise NotNow(f"{approval.reference}: {why} Nothing was approved.")
            try:
                done.append(approve(approval, by=by))
            except (NotNow, NotYours) as refusal:
                raise NotNow(f"{approval.reference}: {refusal} Nothing was approved.") from None
    return done


def opened_by(by: User, approvals: Iterable[Approval]) -> set[UUID]:
    """Keys of those of these approvals that this person has opened."""
    rows = ApprovalRead.objects.filter(by=by, approval__in=[each.pk for each in approvals]).figures()
    return set(rows.values_list("approval", flat=True))


def why_not_together(approval: Approval, by: User, opened: Collection[UUID]) -> str:
    """Why this one cannot be approved together with others; empty = it can."""
    if why := why_not_you(approval, by):
        return why
    if approval.one_by_one or approval.role != Role.OFFENDER_SERGEANT:
        return "It has to be decided by itself."
    if approval.risk not in TOGETHER:
        return "The risk is high, or nobody has assessed it: decide on it by itself."
    if approval.pk not in opened:
        return "You have not opened it. Read it first."
    return ""


def _to_decide(approval: Approval, by: User) -> Approvable:
    _may_decide(approval, by)
    return record_of(approval)


def record_of(approval: Approval) -> Approvable:
    """What is to be approved."""
    found: Approvable = KINDS[approval.what].objects.get(pk=approval.record)
    return found


def _may_decide(approval: Approval, by: User) -> None:
    if why := why_not_you(approval, by):
        raise NotYours(why)
