"""Who is to hear of a record: proposed by the rules or added by hand; then sent to, or refused by two people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast

from access.actor import NotYours, System, signed
from access.guarded import Guarded
from access.roles import Can
from access.time import now
from accounts.models import User
from partners.content import Content, Parcel, digest, phrases_not_found, prepare
from partners.content import what_may_not_go as not_to_go
from partners.enclosed import must_go_with
from partners.grounds import Grounds, must_stand
from partners.models import Agency, Delivery, Disclosure, Recipient
from partners.rules import Proposed
from partners.workflow.delivery import ON_ITS_WAY
from partners.workflow.disclosing import disclose
from workflow.transitions import NotNow, must_say, transition

State = Recipient.State
PROPOSED, REFUSAL_PROPOSED, REFUSED = State.PROPOSED.value, State.REFUSAL_PROPOSED.value, State.REFUSED.value
SENT, COVERED = State.SENT.value, State.COVERED.value
RULES = System("the rules of sharing")


@transition(target=PROPOSED, may=Can.REVIEW_PPN)
def propose(recipient: Recipient, *, by: User | System, about: Guarded, proposed: Proposed) -> None:
    """The rules propose an agency, each with its reason. It is sent to, or two people say why not."""
    _describe(recipient, about)
    recipient.agency, recipient.wants = proposed.agency, proposed.wants
    recipient.whom, recipient.why_none = proposed.whom, proposed.why_none
    recipient.reasons, recipient.rules = list(proposed.reasons), sorted(proposed.rules)
    recipient.field_classes = sorted(proposed.field_classes)


@transition(target=PROPOSED, may=Can.REVIEW_PPN)
def add_recipient(
    recipient: Recipient, *, by: User, about: Guarded, agency: Agency, because: str, classes: Collection[str]
) -> None:
    """Somebody knows an agency that needs to hear, whom no rule proposes."""
    must_say(because, f"why {agency} needs to hear of it")
    if agency.closed_at:
        raise NotNow(f"{agency} is closed: nothing is sent there.")
    if Recipient.objects.filter(**_of(about), agency=agency).exists():
        raise NotNow(f"{agency} is in the list already.")
    _describe(recipient, about)
    recipient.agency, recipient.wants, recipient.added_by = agency, agency.kind, by
    recipient.reasons, recipient.field_classes = [because], sorted(classes)


@transition(source=[PROPOSED, REFUSAL_PROPOSED, SENT, COVERED], may=Can.REVIEW_PPN)
def learn_more(recipient: Recipient, *, by: User | System, proposed: Proposed) -> None:
    """More is known that speaks for telling them."""
    _add_reasons(recipient, proposed)


@transition(source=REFUSED, target=PROPOSED, may=Can.REVIEW_PPN)
def propose_again(recipient: Recipient, *, by: User | System, proposed: Proposed) -> None:
    """It was refused before this was known: it is to be sent to, or refused again."""
    _add_reasons(recipient, proposed)
    recipient.proposed_at = now()
    _forget_refusal(recipient)


@transition(source=PROPOSED, may=Can.REVIEW_PPN)
def name_agency(recipient: Recipient, *, by: User, agency: Agency) -> None:
    """None was known; somebody knows now which one it is."""
    if recipient.agency:
        raise NotNow(f"It is {recipient.agency} already.")
    if agency.closed_at:
        raise NotNow(f"{agency} is closed: nothing is sent there.")
    about = {"kind": recipient.kind, "record": recipient.record}
    if Recipient.objects.filter(agency=agency, **about).exists():
        raise NotNow(f"{agency} is in the list already. Send it there; then say here that they were told.")
    recipient.agency, recipient.wants = agency, agency.kind


@transition(source=PROPOSED, target=COVERED, may=Can.REVIEW_PPN)
def cover(recipient: Recipient, *, by: User | System, how: str) -> None:
    """They hear of it in another way that is on record: by another line of this list, or another notice."""
    must_say(how, "how they are told")
    if not isinstance(by, System) and (recipient.agency or not _others_sent(recipient)):
        raise NotNow("Send it, or say why it is not to be sent: a sergeant countersigns that.")
    recipient.covered_how = how


@transition(source=PROPOSED, target=REFUSAL_PROPOSED, may=Can.REVIEW_PPN)
def refuse(recipient: Recipient, *, by: User, because: str) -> None:
    """This agency is not to be told, and why: telling them would harm the child more than not telling them. Somebody
    else has to agree (Children Act 2004, section 16LA)."""
    must_say(because, f"why telling {recipient.name} would harm more than not telling them")
    if recipient.overruled_at and not by.can(Can.COUNTERSIGN):
        raise NotNow(f"{recipient.overruled_by} has decided that it is to be sent.")
    recipient.refused_by, recipient.refused_at, recipient.refused_because = by, now(), because


@transition(source=REFUSAL_PROPOSED, target=REFUSED, may=Can.COUNTERSIGN)
def countersign(recipient: Recipient, *, by: User) -> None:
    """A second person agrees that this agency is not told."""
    _must_be_another(recipient, by)
    recipient.countersigned_by, recipient.countersigned_at = by, now()


@transition(source=REFUSAL_PROPOSED, target=PROPOSED, may=Can.COUNTERSIGN)
def overrule(recipient: Recipient, *, by: User, because: str) -> None:
    """A second person does not agree: it is to be sent."""
    _must_be_another(recipient, by)
    must_say(because, "why it is to be sent")
    recipient.overruled_by, recipient.overruled_at, recipient.overruled_because = by, now(), because
    _forget_refusal(recipient)


@transition(source=[PROPOSED, REFUSAL_PROPOSED, REFUSED, COVERED], target=SENT, may=Can.REVIEW_PPN, secret=("parcel",))
def send(recipient: Recipient, *, by: User, about: Guarded, grounds: Grounds, parcel: Parcel) -> None:
    """Exactly what was shown goes to this agency, and is kept."""
    recipient.disclosure = _send(recipient, by, about, grounds, parcel)
    recipient.sent_at = now()


@transition(source=SENT, may=Can.REVIEW_PPN, secret=("parcel",))
def send_more(recipient: Recipient, *, by: User, about: Guarded, grounds: Grounds, parcel: Parcel) -> None:
    """More is known since this agency was told, or it asked for more: they are told that too."""
    _send(recipient, by, about, grounds, parcel)


def preview(recipient: Recipient, parcel: Parcel) -> Content:
    """Exactly what `send` sends. Raises NotNow where no agency is known."""
    if recipient.agency is None:
        raise NotNow(f"{recipient.name}. Say first which agency it is.")
    return prepare(parcel, recipient.agency, recipient.field_classes)


def why_not_to_be_sent(content: Content, parcel: Parcel) -> list[str]:
    """What has to be put right before it can go, each as a sentence."""
    wrong = not_to_go(content)
    if missed := phrases_not_found(parcel):
        wrong.append(f"Nothing was removed for “{'”, “'.join(missed)}”: it stands nowhere. Look how it is written.")
    if not content["sections"]:
        wrong.append("Nothing would go: choose what they need.")
    return wrong


def _send(recipient: Recipient, by: User, about: Any, grounds: Grounds, parcel: Parcel) -> Disclosure:
    _must_be_of(recipient, about)
    content = preview(recipient, parcel)
    must_stand(grounds)
    if parcel.seen and parcel.seen != digest(content):
        raise NotNow("What goes is not what you were shown: something changed meanwhile. Read it again.")
    if wrong := why_not_to_be_sent(content, parcel):
        raise NotNow(f"{recipient.name}: {' '.join(wrong)}")
    must_go_with(about, parcel.documents)
    to = [cast(Agency, recipient.agency)]
    (disclosure,) = disclose(about, to=to, content=content, grounds=grounds, by=by, documents=parcel.documents)
    return disclosure


def propose_recipients(record: Any, proposals: Iterable[Proposed], *, by: User | System) -> list[Recipient]:
    """Put on record whom the rules propose. Asked again it adds what is new; nobody is ever taken away."""
    proposals = list(proposals)
    with signed(by):
        type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
        standing = {_key(each): each for each in Recipient.objects.filter(**_of(record)).select_related("agency")}
        for each in proposals:
            known = standing.get(each.key)
            if known is None:
                propose(Recipient(), by=by, about=record, proposed=each)
            elif set(each.reasons) - set(known.reasons):
                (propose_again if known.state == REFUSED else learn_more)(known, by=by, proposed=each)
        _cover_what_was_found(standing.values(), proposals)
        return recipients_of(record)


def recipients_of(record: Any) -> list[Recipient]:
    """Everybody who is to hear of it, what is still open first."""
    rows = Recipient.objects.filter(**_of(record)).select_related("agency", "refused_by", "overruled_by", "added_by")
    return sorted(rows, key=lambda each: (not each.is_open, each.wants, each.name))


def open_recipients(record: Any) -> list[str]:
    """What still stands in the way of being done with sharing, each in words."""
    found = []
    for each in recipients_of(record):
        if each.state == PROPOSED:
            found.append(f"{each.name}: send it, or say why it is not to be sent")
        elif each.state == REFUSAL_PROPOSED:
            found.append(f"{each.name}: the decision not to share waits for a countersignature")
    on_its_way = Delivery.objects.filter(state__in=ON_ITS_WAY, **_of(record)).select_related("agency")
    return [*found, *sorted(f"{each.agency}: not delivered yet. Telephone them" for each in on_its_way)]


def _cover_what_was_found(standing: Iterable[Recipient], proposals: list[Proposed]) -> None:
    """Where nobody knew which agency it was for somebody and it has been found since, that line is answered."""
    still = {each.key for each in proposals}
    for row in standing:
        if row.agency is None and row.state == PROPOSED and _key(row) not in still:
            found = [str(each.agency) for each in proposals if each.agency and _is_for(each, row)]
            if found:
                cover(row, by=RULES, how=f"It is known now: {', '.join(sorted(found))}")


def _is_for(each: Proposed, row: Recipient) -> bool:
    """The same kind of agency, for the same person."""
    return each.wants == row.wants and (not row.whom or any(why.startswith(f"{row.whom}: ") for why in each.reasons))


def _key(recipient: Recipient) -> tuple[str, str]:
    return ("", str(recipient.agency_id)) if recipient.agency_id else (recipient.wants, recipient.whom)


def _of(record: Any) -> dict[str, Any]:
    return {"kind": record._meta.label_lower, "record": record.pk}


def _describe(recipient: Recipient, record: Any) -> None:
    recipient.kind, recipient.record, recipient.reference = record._meta.label_lower, record.pk, record.reference
    recipient.case, recipient.team, recipient.proposed_at = record.case, record.team, now()


def _must_be_of(recipient: Recipient, record: Guarded) -> None:
    if (recipient.kind, recipient.record) != (record._meta.label_lower, record.pk):
        raise NotNow("That is a recipient of another record.")


def _add_reasons(recipient: Recipient, proposed: Proposed) -> None:
    recipient.reasons = sorted({*recipient.reasons, *proposed.reasons})
    recipient.rules = sorted({*recipient.rules, *proposed.rules})
    recipient.field_classes = sorted({*recipient.field_classes, *proposed.field_classes})


def _forget_refusal(recipient: Recipient) -> None:
    """What was refused and by whom stays in the steps."""
    recipient.refused_by = recipient.refused_at = None
    recipient.countersigned_by = recipient.countersigned_at = None
    recipient.refused_because = ""


def _must_be_another(recipient: Recipient, by: User) -> None:
    if by.pk == recipient.refused_by_id:
        raise NotYours("You proposed this yourself: another person decides.")


def _others_sent(recipient: Recipient) -> bool:
    about = {"kind": recipient.kind, "record": recipient.record, "wants": recipient.wants}
    return Recipient.objects.filter(state=SENT, **about).exists()
