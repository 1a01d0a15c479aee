"""Visits to a managed person: planned, tried, made by two officers, written down and approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from access.actor import System
from access.roles import Can
from access.time import now
from accounts.models import User
from cases.models import next_reference
from govuk.fields import YesNoNotKnown as Answer
from offenders.codes import Compliance, Seen
from offenders.intervals import next_visit_due
from offenders.models import Approval, Nominal, OffenderVisit, VisitAttempt, Written
from offenders.workflow.approvals import Decided, register, submit_for_approval
from offenders.workflow.nominals import CAN_BE_VISITED, visited
from workflow.transitions import NotNow, must_say, transition

Purpose = OffenderVisit.Purpose
VISITS = System("a visit was written down")
NOT_TO_VISIT = "Nobody visits them now: see on their page where they are."


@dataclass(frozen=True)
class VisitFacts:
    """What whoever went there found."""

    purpose: str
    address: str
    officer_one: str
    observations: str
    seen: str
    devices: str
    household: str
    disclosure: str
    announced: str = Answer.NOT_KNOWN.value
    officer_two: str = ""
    single_crew_because: str = ""
    children_seen: str = Answer.NOT_KNOWN.value
    children: str = ""
    compliance: str = Compliance.NOT_KNOWN.value
    next_visit_on: date | None = None


@transition(target=Written.DRAFT.value, may=Can.MANAGE_OFFENDERS)
def plan_visit(
    visit: OffenderVisit, *, by: User, nominal: Nominal, purpose: str, planned_for: datetime, address: str
) -> None:
    """A visit is planned."""
    _begin(visit, by, nominal)
    _to_come(planned_for)
    must_say(address, "where you will go")
    if purpose not in Purpose.values:
        raise NotNow("Say what the visit is for.")
    visit.purpose, visit.planned_for, visit.address = purpose, planned_for, address.strip()


@transition(source=Written.DRAFT.value, may=Can.MANAGE_OFFENDERS)
def plan_visit_again(visit: OffenderVisit, *, by: User, planned_for: datetime, because: str) -> None:
    """A planned visit is moved, and why. By when they must be visited does not move with it."""
    must_say(because, "why it is moved")
    _to_come(planned_for)
    visit.planned_for, visit.author = planned_for, by


@transition(source=Written.DRAFT.value, target=Written.CANCELLED.value, may=Can.MANAGE_OFFENDERS)
def cancel_visit(visit: OffenderVisit, *, by: User, because: str) -> None:
    """A planned visit is not made, and why."""
    must_say(because, "why it is not made")


@transition(target=Written.SUBMITTED.value, may=Can.MANAGE_OFFENDERS)
def record_visit(visit: OffenderVisit, *, by: User, nominal: Nominal, visited_at: datetime, found: VisitFacts) -> None:
    """Somebody was there and saw them: what was found goes to a supervisor."""
    _begin(visit, by, nominal)
    _made(visit, by, visited_at, found)


@transition(source=Written.DRAFT.value, target=Written.SUBMITTED.value, may=Can.MANAGE_OFFENDERS)
def record_planned_visit(visit: OffenderVisit, *, by: User, visited_at: datetime, found: VisitFacts) -> None:
    """A planned visit was made and they were seen: what was found goes to a supervisor."""
    _must_be_visitable(visit.nominal)
    _made(visit, by, visited_at, found)


@transition(source=Written.RETURNED.value, target=Written.SUBMITTED.value, may=Can.MANAGE_OFFENDERS)
def amend_visit(visit: OffenderVisit, *, by: User, found: VisitFacts) -> None:
    """A supervisor sent it back: it says more now, and goes to a supervisor again. When it was stays as it was."""
    if visit.visited_at is None:
        raise NotNow("Nobody has been there yet.")
    _complete(visit.nominal, visit.visited_at, found)
    _write(visit, by, found)


@transition(source=Written.SUBMITTED.value, target=Written.APPROVED.value, may=Can.SEE_OFFENDERS)
def visit_approved(visit: OffenderVisit, *, by: System, approver: User) -> None:
    """A supervisor who did not write it approves what was found."""
    visit.approved_at, visit.approved_by = now(), approver


@transition(source=Written.SUBMITTED.value, target=Written.RETURNED.value, may=Can.SEE_OFFENDERS)
def visit_returned(visit: OffenderVisit, *, by: System, because: str) -> None:
    """It went back to its author with reasons."""
    visit.returned_because = because


@transition(source=CAN_BE_VISITED, may=Can.MANAGE_OFFENDERS)
def not_seen(nominal: Nominal, *, by: User, tried_at: datetime, officers: str, what_happened: str) -> None:
    """Somebody went and they were not seen. When to try again depends on the risk."""
    _tried(nominal, None, by, tried_at, officers, what_happened)


@transition(source=Written.DRAFT.value, may=Can.MANAGE_OFFENDERS)
def visit_failed(
    visit: OffenderVisit,
    *,
    by: User,
    tried_at: datetime,
    officers: str,
    what_happened: str,
    planned_for: datetime,
) -> None:
    """Somebody went as planned and they were not seen. It is planned again at once."""
    _to_come(planned_for)
    tried(
        visit.nominal, by=VISITS, visit=visit, who=by, tried_at=tried_at, officers=officers, what_happened=what_happened
    )
    visit.planned_for, visit.author = planned_for, by


@transition(source=CAN_BE_VISITED, may=Can.SEE_OFFENDERS)
def tried(
    nominal: Nominal,
    *,
    by: System,
    visit: OffenderVisit,
    who: User,
    tried_at: datetime,
    officers: str,
    what_happened: str,
) -> None:
    """A planned visit failed: they were not seen."""
    _tried(nominal, visit, who, tried_at, officers, what_happened)


def last_attempt_since_a_visit(nominal: Nominal) -> VisitAttempt | None:
    """The last time somebody went in vain, unless they have been seen since."""
    rows = VisitAttempt.objects.filter(nominal=nominal)
    if nominal.last_visited_at:
        rows = rows.filter(tried_at__gt=nominal.last_visited_at)
    found: VisitAttempt | None = rows.order_by("-tried_at", "-pk").first()
    return found


def purpose_of_next(nominal: Nominal) -> str:
    """What the next visit is for, as far as their state says it."""
    first = {
        Nominal.State.AWAITING_VISIT.value: Purpose.FIRST.value,
        Nominal.State.RELEASED.value: Purpose.AFTER_RELEASE.value,
    }
    usual = Purpose.ROUTINE if nominal.first_visited_at else Purpose.FIRST
    return first.get(nominal.state, usual.value)


def _begin(visit: OffenderVisit, by: User, nominal: Nominal) -> None:
    _must_be_visitable(nominal)
    visit.reference, visit.nominal, visit.author, visit.begun_at = next_reference("VIS"), nominal, by, now()


def _must_be_visitable(nominal: Nominal) -> None:
    if nominal.state not in CAN_BE_VISITED:
        raise NotNow(NOT_TO_VISIT)


def _to_come(planned_for: datetime) -> None:
    if planned_for <= now():
        raise NotNow("That time has passed. Choose a time to come.")


def _made(visit: OffenderVisit, by: User, visited_at: datetime, found: VisitFacts) -> None:
    nominal = visit.nominal
    if visited_at > now():
        raise NotNow("The visit cannot have been in the future. Check the date and time.")
    told = nominal.notified_at
    if nominal.state in (Nominal.State.AWAITING_VISIT, Nominal.State.RELEASED) and told and visited_at < told:
        raise NotNow(
            "That is before police were told of them, or before their release: this visit is still to be made."
        )
    _complete(nominal, visited_at, found)
    visit.visited_at, visit.nominal = visited_at, visited(nominal, by=VISITS, at=visited_at)
    _write(visit, by, found)


def _write(visit: OffenderVisit, by: User, found: VisitFacts) -> None:
    for name in vars(found):
        said = getattr(found, name)
        setattr(visit, name, said.strip() if isinstance(said, str) else said)
    visit.author, visit.submitted_at, visit.returned_because = by, now(), ""
    submit_for_approval(visit, by=by)


def _complete(nominal: Nominal, visited_at: datetime, found: VisitFacts) -> None:
    if found.seen != Seen.YES:
        raise NotNow("They were not seen: record a failed visit instead, so that somebody tries again soon.")
    if found.purpose not in Purpose.values:
        raise NotNow("Say what the visit was for.")
    must_say(found.address, "where you were")
    must_say(found.officer_one, "who went")
    _two_officers(found)
    must_say(found.devices, "which devices you checked; “none checked” is an answer")
    must_say(found.household, "who was there; “nobody else” is an answer")
    if found.children_seen == Answer.YES:
        must_say(found.children, "of each child how they were and what they said")
    must_say(found.disclosure, "who knows of the offence; “not known” is an answer")
    must_say(found.observations, "what you found")
    if found.announced not in Answer.values or found.children_seen not in Answer.values:
        raise NotNow("Choose yes, no or not known.")
    if found.compliance not in Compliance.values:
        raise NotNow("Say whether they comply; not known is an answer.")
    _next_visit(nominal, visited_at, found.next_visit_on)


def _two_officers(found: VisitFacts) -> None:
    one, two = found.officer_one.strip(), found.officer_two.strip()
    if not two:
        must_say(found.single_crew_because, "who else went, or why one officer went alone")
    elif one.casefold() == two.casefold():
        raise NotNow("You named the same officer twice. Name the second, or say why one went alone.")


def _next_visit(nominal: Nominal, visited_at: datetime, day: date | None) -> None:
    if day is None:
        raise NotNow("Say when the next visit will be.")
    if day <= localdate(visited_at):
        raise NotNow("The next visit comes after this one. Check the date.")
    due = next_visit_due(nominal, max(visited_at, nominal.last_visited_at or visited_at))
    if day > localdate(due) >= localdate(now()):
        raise NotNow(
            f"By their risk and plan the next visit is due by {localdate(due):%-d %B %Y}: choose an earlier day."
        )


def _tried(
    nominal: Nominal, visit: OffenderVisit | None, by: User, tried_at: datetime, officers: str, what_happened: str
) -> None:
    must_say(officers, "who went")
    must_say(what_happened, "what happened")
    if tried_at > now():
        raise NotNow("It cannot have been in the future. Check the date and time.")
    VisitAttempt.objects.create(
        nominal=nominal,
        visit=visit,
        tried_at=tried_at,
        officers=officers.strip(),
        what_happened=what_happened.strip(),
        recorded_at=now(),
        recorded_by=by,
    )


register(
    Approval.What.VISIT,
    OffenderVisit,
    Decided(
        approved=lambda visit, approver: visit_approved(visit, by=VISITS, approver=approver),
        returned=lambda visit, _, because: visit_returned(visit, by=VISITS, because=because),
    ),
)
