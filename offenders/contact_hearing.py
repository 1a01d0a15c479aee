"""What others do moves an offender's contact with a child: a notice is submitted or shared, social care answers, a link
between people is found or decided on. Each is heard in the transaction in which it happens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from access.actor import System, acting
from access.time import now
from cases.models import Evidence, Finding
from cases.workflow import findings
from offenders.codes import CareDecision, ContactKind
from offenders.models import OURS, ChildContact, Nominal
from offenders.workflow.contacts import (
    FOLLOWS,
    NOT_SAID,
    UNDECIDED,
    CareSaid,
    ContactFacts,
    contact_found,
    contact_shared,
    decision_changed,
    decision_known,
    finding_was_none,
    notice_submitted,
    open_contact,
    social_care_was_sent,
)
from partners.models import Agency, Outcome, Recipient, Reply
from partners.replies import HANDLERS
from partners.workflow import recipients
from ppn import workflow as ppn
from ppn.models import Ppn, Subject

State = ChildContact.State
PARTNER = System("social care's answer on an offender's contact with a child")
DECIDED = {
    Outcome.NO_FURTHER_ACTION: CareDecision.NFA,
    Outcome.EARLY_HELP: CareDecision.EARLY_HELP,
    Outcome.IN_NEED: CareDecision.ASSESSMENT,
    Outcome.STRATEGY: CareDecision.STRATEGY,
    Outcome.SECTION_47: CareDecision.S47,
    Outcome.SECTION_47_JOINT: CareDecision.S47,
}
"""What an agency answers -> what is kept of it here. Every other answer is kept as something else, with its words."""
KINDS = {Evidence.Kind.SAME_HOME: ContactKind.LIVES_WITH, Evidence.Kind.SEEN: ContactKind.SEEN_TOGETHER}


def _opened_by(notice: Ppn) -> list[ChildContact]:
    """Contacts that wait for this notice: the one it was raised from, and others of the same offender that it names."""
    waiting = ChildContact.objects.filter(state=State.LEARNED).select_related("child")
    own = [*waiting.filter(pk=notice.arises_from), *waiting.filter(finding=notice.arises_from)]
    names = {each.name.casefold() for each in Subject.objects.filter(ppn=notice, part=Subject.Part.CHILD)}
    others = waiting.filter(nominal__in=[each.nominal_id for each in own])
    also = [each for each in others if each.child_named.casefold() in names]
    return list({each.pk: each for each in [*own, *also]}.values())


def submitted(notice: Ppn) -> None:
    """A notice that was raised from a contact settles that contact's notice, and the link it was found by."""
    if notice.arises_from is None:
        return
    with acting(FOLLOWS):
        found = [notice_submitted(each, by=FOLLOWS, notice=notice) for each in _opened_by(notice)]
    by = notice.submitted_by
    for contact in found:
        with acting(by):
            finding = findings.finding_about(contact.finding)
        if finding and finding.pk != notice.arises_from:
            findings.answered_by_notice(finding, by=by, notice=notice.reference)


def shared(notice: Ppn) -> None:
    """Social care has been sent it."""
    sent = social_care_was_sent(notice)
    if sent:
        _told(notice.pk, sent.sent_at)


def told_otherwise(recipient: Recipient) -> None:
    """Social care hears of a notice in another way that is on record."""
    agency = recipient.agency
    if recipient.kind == Ppn._meta.label_lower and agency and agency.kind == Agency.Kind.SOCIAL_CARE:
        _told(recipient.record, now())


def _told(notice: UUID, at: datetime) -> None:
    with acting(FOLLOWS):
        for contact in ChildContact.objects.filter(ppn=notice, state=State.NOTICE):
            contact_shared(contact, by=FOLLOWS, at=at)


def answered(reply: Reply) -> None:
    """Social care decided, or decided otherwise. An answer of another agency is none to this question."""
    if reply.what not in (Reply.What.DECISION, Reply.What.CHANGED) or reply.agency.kind != Agency.Kind.SOCIAL_CARE:
        return
    outcome = Outcome(reply.outcome)
    words = f"{outcome.label}. {reply.said}".strip()
    said = CareSaid(
        decision=DECIDED.get(outcome, CareDecision.OTHER).value,
        decided_at=reply.said_at,
        who=f"{reply.who}, {reply.agency}",
        protects=words if reply.said.strip() else f"{words} {NOT_SAID}",
    )
    with acting(PARTNER):
        for contact in ChildContact.objects.filter(ppn=reply.record):
            if contact.state in UNDECIDED:
                decision_known(contact, by=PARTNER, said=said)
            elif contact.state in (State.DECIDED, State.CLOSED):
                decision_changed(contact, by=PARTNER, said=said)


def linked(finding: Finding) -> bool:
    """What we know puts a child with a person posing a risk: where that person is managed, it is a contact that nobody
    has reported. Says whether it was not on record."""
    with acting(FOLLOWS):
        risk, child = finding.risk, finding.child
        nominal = Nominal.objects.filter(person__same_as=risk.same_as_id, state__in=OURS).first()
        new = nominal is not None and open_contact(nominal, child) is None
        if nominal and new:
            facts = _facts(finding, list(Evidence.objects.filter(finding=finding.pk).order_by("found_at", "pk")))
            contact_found(ChildContact(), by=FOLLOWS, nominal=nominal, facts=facts, finding=finding)
    return new


def _put(finding: Finding) -> None:
    linked(finding)


def _facts(finding: Finding, evidence: Iterable[Evidence]) -> ContactFacts:
    kinds = list(dict.fromkeys(Evidence.Kind(each.kind) for each in evidence))
    words = "; ".join(str(kind.label) for kind in kinds)
    return ContactFacts(
        child=finding.child,
        child_said=finding.child.name,
        relation=words[:200] or "Not known",
        kind=next((KINDS[kind] for kind in kinds if kind in KINDS), ContactKind.OTHER).value,
        what=f"Found by Longstop ({finding.reference}): {words}. Nobody has reported it.",
        discovered_at=finding.known_since,
    )


def decided(finding: Finding) -> None:
    """That there is no contact, or that what we know is wrong, is so for the contact too. “The child is protected” is
    not: that has to stand in the plan."""
    if finding.decision not in (Finding.Decision.NO_CONTACT, Finding.Decision.WRONG) or not finding.decided_by:
        return
    with acting(FOLLOWS):
        for contact in ChildContact.objects.filter(finding=finding.pk, state=State.LEARNED, recorded_by=None):
            because = f"{finding}: {finding.because}"
            finding_was_none(contact, by=FOLLOWS, because=because, decided_by=finding.decided_by)


def look_for_contacts(nominal: Nominal | None = None) -> int:
    """Links that wait for a decision and are no contact yet become one: of somebody who is managed from now on, and of
    everybody every few minutes. Returns how many were not on record."""
    with acting(FOLLOWS):
        ours = Nominal.objects.filter(state__in=OURS).figures().values("person__same_as")
        waiting = Finding.objects.filter(state=Finding.State.OPEN, risk__same_as__in=ours)
        waiting = waiting.select_related("child", "risk")
        if nominal is not None:
            waiting = waiting.filter(risk__same_as=nominal.person.same_as_id)
        known = ChildContact.objects.filter(finding__isnull=False).figures().values("finding")
        waiting = waiting.exclude(pk__in=known)
        return sum(linked(finding) for finding in waiting.order_by("known_since", "pk"))


ppn.submit.watchers.append(submitted)
ppn.share.watchers.append(shared)
recipients.cover.watchers.append(told_otherwise)
HANDLERS[Ppn._meta.label_lower].append(answered)
findings.put_to_somebody.watchers.append(_put)
findings.add_evidence.watchers.append(_put)
findings.decide.watchers.append(decided)
