"""How referrals, rows of files and transfers show themselves in lists, and what nobody may overlook of a case."""

from __future__ import annotations

from datetime import datetime

from govuk.times import between, exactly, length
from online.codes import Kirat, Sender
from online.models import CaseTransfer, OnlineCase, ReferralRow
from sla.models import Clock
from sla.work import Work, promise_of

KINDS = {
    "received": "new",
    "researching": "working",
    "no_research": "stopped",
    "attributed": "working",
    "assessed": "working",
    "planned": "waiting",
    "executed": "working",
    "safeguarded": "working",
    "closed": "done",
    "transferred": "done",
    "linked": "done",
}
ROW_KINDS = {"registered": "done", "known": "done", "unreadable": "new", "settled": "done"}
TRANSFER_KINDS = {"offered": "waiting", "accepted": "done", "refused": "stopped", "taken_back": "stopped"}


def title_of(case: OnlineCase) -> str:
    """Who sends it, and under which number: nobody is named in a list."""
    named = f", {case.sender_named}" if case.sender_named else ""
    return f"{Sender(case.sender).label}{named} {case.sender_ref}".strip()


def level_of(case: OnlineCase) -> str:
    return str(Kirat(case.kirat).label) if case.kirat else "No level set"


def age_of(case: OnlineCase, at: datetime) -> str:
    """ "12 days old": counted from when it reached the force, to now or to when it was carried out or over."""
    until = case.executed_at or (at if case.is_open else case.closed_at) or at
    return f"{length(between(case.known_since, until))} old"


def holder_of(case: OnlineCase) -> str:
    """Empty = nobody yet."""
    names = [str(each) for each in (case.investigator, case.researcher) if each]
    return ", ".join(dict.fromkeys(names))


def case_as_work(case: OnlineCase, at: datetime, clock: Clock | None = None) -> Work:
    why = [f"Level: {level_of(case).lower()}", age_of(case, at).capitalize()]
    why += [] if case.is_visible_to_the_force or not case.is_open else ["Not visible in the records system"]
    why += ["A child is at risk now"] if case.immediate_risk == "yes" and case.is_open else []
    why += [promise_of(clock.deadline)] if clock else []
    return Work(
        title=title_of(case),
        url=case.get_absolute_url(),
        reference=case.reference,
        why=". ".join(why),
        due=case.due_at if case.is_open else None,
        started=clock.started_at if clock else case.known_since,
        state=OnlineCase.State(case.state).label,
        state_kind=KINDS[case.state],
        owner=holder_of(case),
        holds_up="Children nobody knows of yet",
    )


def row_as_work(row: ReferralRow) -> Work:
    return Work(
        title=f"Line {row.line} of {row.file.name}",
        url=row.get_absolute_url(),
        reference=row.reference,
        why=row.because,
        due=row.due_at if row.state == ReferralRow.State.UNREADABLE else None,
        started=row.received_at,
        state=ReferralRow.State(row.state).label,
        state_kind=ROW_KINDS[row.state],
        owner=str(row.settled_by or ""),
        holds_up="A referral that is no case yet",
    )


def transfer_as_work(transfer: CaseTransfer, clock: Clock | None = None) -> Work:
    waits = transfer.state == CaseTransfer.State.OFFERED
    return Work(
        title=f"{transfer.online_case} to {transfer.force}",
        url=transfer.get_absolute_url(),
        reference=transfer.reference,
        why=transfer.because,
        due=transfer.due_at if waits else None,
        started=clock.started_at if clock else transfer.offered_at,
        state=CaseTransfer.State(transfer.state).label,
        state_kind=TRANSFER_KINDS[transfer.state],
        owner=str(transfer.offered_by or ""),
        holds_up="Whose case it is" if waits else "",
    )


def stands_out(case: OnlineCase, at: datetime) -> list[str]:
    """What nobody may overlook of the case itself. No full stop: the page writes one."""
    if not case.is_open:
        return []
    found = []
    if case.immediate_risk == "yes":
        found.append(f"A child is at risk now: {case.immediate_because.rstrip('.')}")
    if not case.is_visible_to_the_force:
        found.append("Nobody who looks it up in the records system finds it: there is no number yet")
    if case.triaged_at is None:
        found.append("Nobody has looked at it yet")
    if case.act_by and case.act_by < at and case.executed_at is None:
        found.append(f"The time to act has passed: {exactly(case.act_by)}")
    return found
