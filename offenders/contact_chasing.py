"""Social care is asked again by itself for what it decided on a child, until the decision is known. Nobody here has to
think of it; the offender manager sees what was sent, and is told each time."""

from __future__ import annotations

import logging
from datetime import datetime

from access.actor import System, acting, signed
from access.time import now
from govuk.times import exactly
from offenders.models import ChildContact
from offenders.watch_lengths import FIRST_CHASE, NEXT_CHASE
from offenders.workflow.contacts import chase_decision, social_care_was_sent
from partners.content import Content
from partners.disclose import Grounds
from partners.models import Basis, Disclosure, Informed
from partners.workflow import disclose
from workflow.transitions import NotNow

log = logging.getLogger(__name__)
CHASES = System("reminders of a decision on a child")
State = ChildContact.State
TO_REMIND = Grounds(
    Basis.PUBLIC_TASK.value,
    "So that the child is protected from somebody whom police manage",
    Informed.NO_OTHER.value,
    "Nothing about the child is in it that they were not sent before",
)


def next_chase(contact: ChildContact) -> datetime | None:
    """When social care is asked next; None = it has not been told yet, or has decided."""
    if contact.state != State.SHARED or contact.shared_at is None:
        return None
    if contact.chased_at is None:
        return FIRST_CHASE.due(contact.shared_at, now())[0]
    return NEXT_CHASE.due(contact.chased_at, now())[0]


def reminder(sent: Disclosure) -> Content:
    """What they read: which notice, and when they were sent it. No name is in it."""
    lines = [
        ("Notice", sent.reference),
        ("Sent to you", exactly(sent.sent_at)),
        ("We do not know", "What you decided, and how the child is protected now"),
    ]
    section = {"heading": "Please tell us", "lines": [{"label": label, "text": text} for label, text in lines]}
    return {"reference": sent.reference, "about": "Your decision on this child is still to come", "sections": [section]}


def chase_all() -> int:
    """Ask every authority whose time has come. Each for itself: one that cannot be asked stops no other, and its own
    clock tells somebody. Returns how many were asked."""
    done = 0
    with acting(CHASES):
        waiting = ChildContact.objects.filter(state=State.SHARED)
        for key in list(waiting.order_by("shared_at", "pk").figures().values_list("pk", flat=True)):
            contact = ChildContact.objects.select_related("ppn").get(pk=key)
            moment = next_chase(contact)
            if moment is None or moment >= now():
                continue
            try:
                _ask(contact)
                done += 1
            except NotNow as refusal:  # answered meanwhile
                log.info("%s was not chased: %s", key, refusal)
    return done


def _ask(contact: ChildContact) -> None:
    sent = social_care_was_sent(contact.ppn) if contact.ppn else None
    if sent is None:
        raise NotNow("Social care was told in another way: ask them by telephone.")
    with signed(CHASES):
        chase_decision(contact, by=CHASES, said=f"A reminder was sent to {sent.agency}")
        disclose(contact.ppn, to=[sent.agency], content=reminder(sent), grounds=TO_REMIND, by=CHASES, expects=())
