"""How approvals, new information and children in contact with an offender show themselves in lists."""

from __future__ import annotations

from datetime import datetime

from access.time import now
from govuk.times import ago, exactly
from offenders.codes import ContactKind, Risk
from offenders.cover import Desk
from offenders.models import Approval, ChildContact, Intelligence
from offenders.workflow.contacts import OPEN, UNDECIDED
from sla.models import Clock
from sla.work import Work, promise_of

APPROVAL_KINDS = {"waiting": "waiting", "approved": "done", "returned": "stopped", "withdrawn": "stopped"}
WRITTEN_KINDS = {
    "draft": "new",
    "submitted": "waiting",
    "approved": "done",
    "returned": "stopped",
    "superseded": "done",
    "cancelled": "stopped",
}
NEWS_KINDS = {"new": "new", "assessed": "done"}
CONTACT_KINDS = {
    "learned": "new",
    "notice": "working",
    "shared": "waiting",
    "decided": "working",
    "closed": "done",
    "in_error": "stopped",
}


def approval_as_work(approval: Approval, desk: Desk) -> Work:
    waits = approval.state == Approval.State.WAITING
    alone = ". Decided by itself" if approval.one_by_one else ""
    return Work(
        title=f"{approval.get_what_display()}: {approval.nominal.person.name}",
        url=approval.get_absolute_url(),
        reference=f"{approval.reference}, {approval.record_reference}",
        why=f"Risk: {Risk(approval.risk).label.lower()}. Written by {approval.submitted_by}, "
        f"{ago(approval.submitted_at, desk.at)}{alone}",
        due=approval.due_at if waits else None,
        started=approval.submitted_at,
        state=str(Approval.State(approval.state).label),
        state_kind=APPROVAL_KINDS[approval.state],
        owner=desk.named(approval) if waits else str(approval.decided_by or "Not known"),
        holds_up="How the offender is managed from now on" if waits else "Nobody",
    )


def news_as_work(item: Intelligence, clock: Clock | None = None) -> Work:
    is_new = item.state == Intelligence.State.NEW
    was = "It ended reactive management. " if item.was_reactive else ""
    return Work(
        title=item.nominal.person.name,
        url=item.get_absolute_url(),
        reference=item.reference,
        why=f"{was}{item.what} From: {item.source}, {exactly(item.received_at)}",
        due=item.due_at if is_new else None,
        started=clock.started_at if clock else item.received_at,
        state=str(Intelligence.State(item.state).label),
        state_kind=NEWS_KINDS[item.state],
        owner=str(item.nominal.manager),
        holds_up="Nobody knows yet what it means for the risk" if is_new else "Nobody",
    )


def contact_as_work(contact: ChildContact, clock: Clock | None = None) -> Work:
    is_open = contact.state in OPEN
    return Work(
        title=f"{contact.nominal.person.name} and {contact.child_named}",
        url=contact.get_absolute_url(),
        reference=contact.reference,
        why=". ".join(filter(None, [what_is_missing(contact), promise_of(clock.deadline) if clock else ""])),
        due=contact.due_at if is_open else None,
        started=clock.started_at if clock else contact.discovered_at,
        child="yes",
        state=str(ChildContact.State(contact.state).label),
        state_kind=CONTACT_KINDS[contact.state],
        owner=str(contact.nominal.manager),
        holds_up="The safety of the child" if is_open else "Nobody",
    )


def what_is_missing(contact: ChildContact) -> str:
    """What has to be done next, in words; of what is settled, how it ended."""
    kind = str(ContactKind(contact.kind).label)
    known = f"{kind}. Known since {exactly(contact.discovered_at)}"
    if contact.state in UNDECIDED and contact.shared_at:
        asked = f", asked again {contact.chased} time{'' if contact.chased == 1 else 's'}" if contact.chased else ""
        return f"{known}. Social care was told {exactly(contact.shared_at)}{asked}"
    if contact.state == ChildContact.State.DECIDED:
        return f"{known}. Decided: {contact.get_decision_display().lower()}"
    return known


def contact_warnings(contact: ChildContact, at: datetime | None = None) -> list[str]:
    """What nobody may overlook of a child in contact with an offender."""
    moment = at or now()
    late = contact.due_at is not None and contact.due_at < moment
    if contact.state == ChildContact.State.LEARNED:
        since = ago(contact.discovered_at, moment)
        return [f"No notice has been submitted about {contact.reference}. We have known since {since}"]
    if contact.state == ChildContact.State.NOTICE and late:
        return [f"Social care has not been told of {contact.reference}"]
    if contact.state == ChildContact.State.SHARED and late:
        return [f"What social care decided about {contact.reference} is not known: ask for it"]
    if contact.state == ChildContact.State.DECIDED:
        return [f"The plan has not taken up what social care decided ({contact.reference})"]
    return []
