"""How what was sent, a decision not to share and a disagreement show themselves in a list."""

from __future__ import annotations

from django.urls import reverse

from partners.let_in import SystemLetIn
from partners.models import Delivery, Disagreement, DisclosedDocument, Expects, Purpose, Recipient, WebhookCall
from partners.workflow.replies import INTERVIEW_REQUEST
from sla.models import Clock
from sla.work import Work

State = Delivery.State
DELIVERY_KINDS = {
    State.WAITING: "waiting",
    State.FAILED: "stopped",
    State.DELIVERED: "waiting",
    State.ACKNOWLEDGED: "waiting",
    State.SETTLED: "done",
    State.CONFIRMED: "done",
    State.SUPERSEDED: "done",
    State.WITHDRAWN: "done",
}
RECIPIENT_KINDS = {
    Recipient.State.PROPOSED: "new",
    Recipient.State.REFUSAL_PROPOSED: "waiting",
    Recipient.State.REFUSED: "stopped",
    Recipient.State.SENT: "done",
    Recipient.State.COVERED: "done",
}
CALL_KINDS = {
    WebhookCall.State.WAITING: "waiting",
    WebhookCall.State.CALLED: "done",
    WebhookCall.State.GIVEN_UP: "stopped",
    WebhookCall.State.DROPPED: "done",
}


def what_is_missing(delivery: Delivery) -> str:
    """What this agency still owes, in words."""
    if delivery.state in (State.WAITING, State.FAILED):
        return delivery.trouble or (
            "Mailed that something waits: telephone them" if delivery.knocked_at else "On its way"
        )
    owed = []
    if delivery.purpose == Purpose.WITHDRAWAL and delivery.is_owed:
        owed.append("has not said that it is destroyed")
    elif delivery.state == State.DELIVERED and Expects.RECEIPT in delivery.expects:
        owed.append("has not said that they have it")
    if delivery.asked_at:
        owed.append("asks for more, and waits for us")
    if delivery.kind == INTERVIEW_REQUEST and delivery.outcome_at is None and delivery.is_owed:
        owed.append("has not said what came of the return interview")
    if Expects.DECISION in delivery.expects and delivery.decided_at is None and delivery.is_owed:
        owed.append("has not decided")
    elif Expects.OUTCOME in delivery.expects and delivery.outcome_at is None and delivery.is_owed:
        owed.append("has not said what came of it")
    return f"{delivery.agency} {', '.join(owed)}" if owed else "Nothing is owed"


def delivery_as_work(delivery: Delivery, clock: Clock | None) -> Work:
    purpose = "" if delivery.purpose == Purpose.SHARE else f" ({Purpose(delivery.purpose).label.lower()})"
    return Work(
        title=f"{delivery.agency}{purpose}",
        url=reverse("disclosure", args=[delivery.disclosure_id]),
        reference=delivery.reference,
        why=what_is_missing(delivery),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else delivery.sent_at,
        state=State(delivery.state).label,
        state_kind=DELIVERY_KINDS[State(delivery.state)],
        owner=str(delivery.agency) if delivery.is_told else str(delivery.team),
        holds_up="What is done for the child" if delivery.is_owed else "Nothing",
    )


def recipient_as_work(recipient: Recipient, clock: Clock | None) -> Work:
    refused = recipient.state in (Recipient.State.REFUSAL_PROPOSED, Recipient.State.REFUSED)
    return Work(
        title=recipient.name,
        url=recipient.get_absolute_url(),
        reference=recipient.reference,
        why=f"Not to be told: {recipient.refused_because}" if refused else ". ".join(recipient.reasons[:2]),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        state=Recipient.State(recipient.state).label,
        state_kind=RECIPIENT_KINDS[Recipient.State(recipient.state)],
        owner=f"Proposed by {recipient.refused_by}" if recipient.refused_by else "",
        holds_up="The notice cannot be filed" if recipient.is_open else "Nothing",
    )


def disagreement_as_work(disagreement: Disagreement, clock: Clock | None) -> Work:
    open_ = disagreement.state != Disagreement.State.SETTLED
    return Work(
        title=f"{disagreement.agency}",
        url=disagreement.get_absolute_url(),
        reference=f"{disagreement.reference}, {disagreement.about}",
        why=disagreement.why if open_ else disagreement.settled_how,
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        state=Disagreement.State(disagreement.state).label,
        state_kind="waiting" if open_ else "done",
        owner=str(disagreement.raised_by or disagreement.agency),
        holds_up="What is done for the child" if open_ else "Nothing",
    )


def call_as_work(call: WebhookCall, clock: Clock | None) -> Work:
    return Work(
        title=f"{call.webhook.account}, {call.webhook.account.agency}",
        url=call.get_absolute_url(),
        reference=call.reference,
        why=call.trouble or "Not called yet",
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else call.owed_at,
        state=WebhookCall.State(call.state).label,
        state_kind=CALL_KINDS[WebhookCall.State(call.state)],
        owner=str(call.team),
        holds_up="Their system hears of it later",
    )


def system_as_work(system: SystemLetIn) -> Work:
    account = system.of_agency.account
    return Work(
        title=f"{system.of_agency}, {system.of_agency.agency}",
        url=reverse("agency-access", args=[system.of_agency.agency_id]),
        why="Ask the agency whether it is still needed: give it a new secret, or cut it off",
        due=account.expires_at,
        started=account.created_at,
        state=system.state,
        state_kind=system.state_kind,
        owner=str(account.created_by),
        holds_up="What their system hears of children",
    )


def withdrawn_as_work(document: DisclosedDocument) -> Work:
    """What an agency was sent and should not have: since when we know, and where it is put right."""
    sent, attachment = document.disclosure, document.attachment
    return Work(
        title=f"{sent.agency}: {document.name}",
        url=reverse("disclosure", args=[sent.pk]),
        reference=sent.reference,
        why=f"Withdrawn: {attachment.withdrawn_because}",
        started=attachment.withdrawn_at,
        state="The agency was sent it",
        state_kind="stopped",
        owner=str(attachment.withdrawn_by or ""),
        holds_up="Another family's papers are not where they belong",
    )
