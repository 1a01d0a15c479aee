"""The one way information leaves the force; and how a mistake in it reaches everybody who got it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Any

from access.actor import NotYours, System, signed
from access.roles import Can
from access.time import now
from accounts.models import User
from documents.models import Attachment
from documents.opening import saved_as
from partners.content import Content, what_may_not_go
from partners.grounds import Grounds, must_stand
from partners.models import Agency, Delivery, DisclosedDocument, Disclosure, Expects, Kind, Purpose
from partners.workflow.delivery import ON_ITS_WAY, OWED, SETTLED, hand_over, supersede, taken_back
from partners.workflow.webhooks import call_about
from sla.lengths import Basis, Length
from workflow.transitions import NotNow, must_say

SENDING = System("what was sent has to arrive")
AVAILABLE = Length(
    "Time for which an agency can fetch what it was sent",
    timedelta(days=183),
    Basis.LOCAL,
    "Kept no longer than is needed (Data Protection Act 2018, section 39); no authority for the length",
    is_our_default=True,
)
DESTROY = "Please destroy what you were sent, and tell us who did so and when."


def disclose(
    record: Any,
    *,
    to: Iterable[Agency],
    content: Any,
    grounds: Grounds,
    by: User | System,
    expects: Collection[str] | None = None,
    documents: Collection[Attachment] = (),
) -> list[Disclosure]:
    """Send each agency the same content about a record. Called inside the transition that decides to share. By itself
    Longstop sends only what repeats what a person decided to share: a reminder.

    `expects`: what each owes us then (`Expects`); None = by its kind. Empty where the record has clocks of its own.
    `documents`: those of the record that go with it; they are named in `content`.
    """
    return [_send(record, agency, content, grounds, by, expects, documents) for agency in to]


def _send(
    record: Any,
    agency: Agency,
    content: Any,
    grounds: Grounds,
    by: User | System,
    expects: Collection[str] | None,
    documents: Collection[Attachment] = (),
    **replacing: Any,
) -> Disclosure:
    with signed(by):
        disclosure: Disclosure = Disclosure.objects.create(
            agency=agency,
            case=record.case,
            kind=record._meta.label_lower,
            record=record.pk,
            reference=record.reference,
            content=content,
            basis=grounds.basis,
            why_needed=grounds.why_needed,
            informed=grounds.informed,
            not_informed_because=grounds.not_informed_because,
            who_will_tell=grounds.who_will_tell,
            tell_by=grounds.tell_by,
            sent_at=now(),
            sent_by=None if isinstance(by, System) else by,
            sent_by_system=by.reason[:60] if isinstance(by, System) else "",
            available_until=AVAILABLE.due(now(), now())[0],
            **replacing,
        )
        _enclose(disclosure, documents)
        owes = expected_of(agency) if expects is None else sorted(expects)
        hand_over(Delivery(), by=SENDING, disclosure=disclosure, team=record.team, expects=owes)
        call_about(disclosure, record.team)
    return disclosure


def _enclose(disclosure: Disclosure, documents: Collection[Attachment]) -> None:
    DisclosedDocument.objects.bulk_create(
        DisclosedDocument(
            disclosure=disclosure,
            attachment=each,
            name=saved_as(each),
            media_type=each.media_type,
            size=each.size,
            sha256=each.sha256,
        )
        for each in documents
    )


def expected_of(agency: Agency) -> list[str]:
    """Everybody says that they have it and what came of it; social care decides within a working day."""
    decides = [Expects.DECISION.value] if agency.kind == Kind.SOCIAL_CARE else []
    return [Expects.RECEIPT.value, *decides, Expects.OUTCOME.value]


def latest_to_each(record: Any) -> list[Disclosure]:
    """What each agency that ever received anything of this record was sent last, by name."""
    sent = list(Disclosure.objects.filter(**_about(record)).select_related("agency"))
    replaced = {each.replaces_id for each in sent}
    sent.sort(key=lambda each: (each.sent_at, each.pk not in replaced, each.purpose != Purpose.SHARE, each.pk))
    latest = {each.agency_id: each for each in sent}
    return sorted(latest.values(), key=lambda each: str(each.agency))


def _about(record: Any) -> dict[str, Any]:
    return {"kind": record._meta.label_lower, "record": record.pk}


def holders(record: Any) -> list[Disclosure]:
    """The latest to each agency that still has it: nothing that was taken back."""
    return [each for each in latest_to_each(record) if each.purpose != Purpose.WITHDRAWAL]


def correct(
    record: Any, *, content: Callable[[Agency], Content], because: str, grounds: Grounds, by: User
) -> list[Disclosure]:
    """Something that was sent is wrong: everybody who received it is sent what is right, and told what was wrong.

    Called inside a transition of the record, which holds it. `content` gives exactly what each agency is sent; see
    `corrected`. Raises NotYours, NotNow.
    """
    _may(by)
    must_say(because, "what was wrong")
    must_stand(grounds)
    return [
        _correct_one(record, before, content(before.agency), because, grounds, by)
        for before in _must_hold(holders(record))
    ]


def _correct_one(
    record: Any, before: Disclosure, content: Content, because: str, grounds: Grounds, by: User
) -> Disclosure:
    if wrong := what_may_not_go(content):
        raise NotNow(f"{before.agency}: {' '.join(wrong)}")
    still_owed = _end(before, ON_ITS_WAY, supersede)
    about: dict[str, Any] = {"purpose": Purpose.CORRECTION.value, "replaces": before, "because": because}
    expects = {Expects.RECEIPT.value, *still_owed}
    return _send(record, before.agency, content, grounds, by, expects, **about)


def corrected(content: Content, because: str) -> Content:
    """What is right, and above it what was wrong."""
    return {"correction": because, **content}


def withdraw(record: Any, *, because: str, by: User) -> list[Disclosure]:
    """It should not have been sent: everybody who received it is asked to destroy it, and has to say that they did.

    Called inside a transition of the record, which holds it. Raises NotYours, NotNow.
    """
    _may(by)
    must_say(because, "why it is taken back")
    return [_withdraw_one(record, before, because, by) for before in _must_hold(holders(record))]


def _withdraw_one(record: Any, before: Disclosure, because: str, by: User) -> Disclosure:
    _end(before, ON_ITS_WAY, supersede)
    _end(before, [*OWED, SETTLED], taken_back)
    content = {"taken_back": because, "reference": record.reference, "please": DESTROY}
    grounds = Grounds(before.basis, "So that nobody acts on what should not have been sent", before.informed)
    about: dict[str, Any] = {"purpose": Purpose.WITHDRAWAL.value, "replaces": before, "because": because}
    return _send(record, before.agency, content, grounds, by, [Expects.RECEIPT.value], **about)


def _end(before: Disclosure, states: list[str], verb: Any) -> set[str]:
    """End what this agency was sent of the record and is in one of these states. Returns what was still owed for it."""
    owed: set[str] = set()
    about = {"agency": before.agency, "kind": before.kind, "record": before.record}
    for delivery in Delivery.objects.filter(state__in=states, **about):
        verb(delivery, by=SENDING)
        owed |= set(delivery.expects)
    return owed


def _must_hold(rows: list[Disclosure]) -> list[Disclosure]:
    if not rows:
        raise NotNow("Nobody has received anything of this.")
    return rows


def _may(by: User) -> None:
    if not by.can(Can.REVIEW_PPN):
        raise NotYours(f"You may not {Can.REVIEW_PPN.label}.")
