"""What leaves the force about a notice: to whom, and how a mistake in it reaches everybody who got it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from access.actor import System, acting
from access.roles import Can
from access.time import now
from accounts.models import User
from partners.content import NOTHING_REMOVED, Content, Parcel, Redactions, digest, phrases_not_found, prepare
from partners.disclose import Grounds
from partners.models import Agency, Recipient, Reply
from partners.replies import HANDLERS
from partners.workflow import (
    add_recipient,
    correct,
    corrected,
    holders,
    open_recipients,
    recipients_of,
    send,
    send_more,
    withdraw,
)
from ppn.content import Chosen, sheet_of
from ppn.models import Ppn, State
from ppn.recipients import propose_agencies, usual_classes
from ppn.workflow.filing import IN_THE_WAY, reopen
from workflow.transitions import NotNow, must_say, transition

PARTNER = System("a partner agency's reply")
WAS_SHARED = [State.SHARED.value, State.FILED.value]


@transition(
    source=[State.RISK_ASSESSED.value, State.SHARED.value],
    target=State.SHARED.value,
    may=Can.REVIEW_PPN,
    secret=("chosen",),
)
def share(
    ppn: Ppn,
    *,
    by: User,
    agencies: Sequence[Agency],
    summary: str,
    grounds: Grounds,
    chosen: Chosen | None = None,
) -> None:
    """Each agency gets what it needs, exactly as it was shown, and we keep what was sent. Those that the rules propose
    and that are not told yet stay in the list."""
    propose_agencies(ppn, by=by)
    if agencies:
        must_say(summary, "what they are told")
        for agency in agencies:
            _send(ppn, agency, summary, grounds, chosen or Chosen(), by)
    else:
        _must_be_decided(ppn, by)
    ppn.shared_at = ppn.shared_at or now()


def _send(ppn: Ppn, agency: Agency, summary: str, grounds: Grounds, chosen: Chosen, by: User) -> None:
    recipient = Recipient.objects.filter(kind=ppn._meta.label_lower, record=ppn.pk, agency=agency).first()
    if recipient is None:
        classes = usual_classes(agency)
        because = grounds.why_needed
        recipient = add_recipient(Recipient(), by=by, about=ppn, agency=agency, because=because, classes=classes)
    parcel = chosen.parcel(sheet_of(ppn, summary), agency, recipient.field_classes)
    verb = send_more if recipient.state == Recipient.State.SENT else send
    verb(recipient, by=by, about=ppn, grounds=grounds, parcel=parcel)


def _must_be_decided(ppn: Ppn, by: User) -> None:
    """To tell nobody is right only where two people have said so for each agency, or no rule proposes any."""
    if waiting := open_recipients(ppn):
        raise NotNow(f"Choose at least one agency: sharing with nobody is no sharing. {'. '.join(waiting)}.")
    if not recipients_of(ppn) and not by.can(Can.COUNTERSIGN):
        raise NotNow("No rule proposes anybody. Choose whom to tell; that nobody is told, a sergeant decides.")


def corrections(ppn: Ppn, summary: str, because: str, redactions: Redactions) -> dict[Agency, Content]:
    """Exactly what everybody who received something would be sent, each what it needs."""
    sheet = sheet_of(ppn, summary)
    classes = {each.agency_id: each.field_classes for each in recipients_of(ppn)}
    return {
        each.agency: corrected(
            prepare(
                Parcel(sheet, frozenset(classes.get(each.agency_id) or usual_classes(each.agency)), redactions),
                each.agency,
            ),
            because,
        )
        for each in holders(ppn)
    }


@transition(source=WAS_SHARED, may=Can.REVIEW_PPN, secret=("summary", "redactions"))
def correct_sharing(
    ppn: Ppn,
    *,
    by: User,
    summary: str,
    because: str,
    grounds: Grounds,
    redactions: Redactions = NOTHING_REMOVED,
    seen: str = "",
) -> None:
    """Something that was sent is wrong: everybody who received it is sent what is right."""
    must_say(summary, "what is right")
    contents = corrections(ppn, summary, because, redactions)
    if seen and seen != digest_of(contents):
        raise NotNow("What goes is not what you were shown: something changed meanwhile. Read it again.")
    missed = phrases_not_found(Parcel(sheet_of(ppn, summary), redactions=redactions))
    if missed:
        raise NotNow(f"Nothing was removed for “{'”, “'.join(missed)}”: it stands nowhere. Look how it is written.")
    correct(ppn, content=contents.__getitem__, because=because, grounds=grounds, by=by)


def digest_of(contents: Mapping[Agency, Content]) -> str:
    """Equal where everybody is sent the same."""
    return digest({str(agency.pk): content for agency, content in contents.items()})


@transition(source=WAS_SHARED, may=Can.REVIEW_PPN)
def withdraw_sharing(ppn: Ppn, *, by: User, because: str) -> None:
    """It should not have been sent: everybody who received it is asked to destroy it, and has to say that they did."""
    withdraw(ppn, because=because, by=by)


def _recipients(ppn: Ppn) -> Iterable[str]:
    yield from open_recipients(ppn)


def hear(reply: Reply) -> None:
    """A partner's decision changed, they ask for more or they disagree: a notice that was filed is read again."""
    if reply.what not in (Reply.What.CHANGED, Reply.What.ASKS, Reply.What.DISAGREES):
        return
    with acting(PARTNER):
        filed = Ppn.objects.filter(pk=reply.record, state=State.FILED).first()
        if filed:
            what = Reply.What(reply.what).label.lower()
            reopen(filed, by=PARTNER, because=f"{reply.agency}: {what}. {reply.said}".strip())


IN_THE_WAY.append(_recipients)
HANDLERS[Ppn._meta.label_lower].append(hear)
