"""What the home page says about sharing: who is silent, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from access.roles import Can
from accounts.models import User
from documents.models import State as DocumentState
from partners.let_in import ENDED, SOON, systems_of
from partners.models import Delivery, Disagreement, DisclosedDocument, Disclosure, Recipient
from partners.models.disclosure import still_stands
from partners.rows import delivery_as_work, disagreement_as_work, recipient_as_work, system_as_work, withdrawn_as_work
from partners.silence import ASKS, NOT_DELIVERED, SILENT
from sla.work import HOME, Share, nearest_clocks

FEW = 5


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.COUNTERSIGN in acts:
        yield _to_countersign(user)
    if Can.RECORD_REPLY in acts:
        yield _deliveries("Sent, not delivered: telephone", NOT_DELIVERED & Q(due_at__lt=at), "not_delivered")
        yield _deliveries("Partners that wait for our answer", ASKS, "asks")
        yield _disagreements()
        yield _withdrawn_here_and_still_there()
    if Can.KEEP_AGENCY_ACCESS in acts:
        yield _access_that_ends(at)


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    if Can.COUNTERSIGN in acts:
        yield _deliveries("Partners who are silent past their time", SILENT & Q(due_at__lt=at), "all")


def _withdrawn_here_and_still_there() -> Share:
    """A document was withdrawn, most likely because it is about another child, and an agency was sent it."""
    stands = Disclosure.objects.filter(still_stands()).figures().values("pk")
    known = DisclosedDocument.objects.filter(attachment__state=DocumentState.WITHDRAWN, disclosure__in=stands)
    first = list(known.select_related("disclosure__agency", "attachment__withdrawn_by").order_by("pk")[:FEW])
    rows = [withdrawn_as_work(each) for each in first]
    return Share("Documents withdrawn here that an agency was sent: correct or take back", rows, known.count())


def _access_that_ends(at: datetime) -> Share:
    """Whoever is locked out hears nothing by their system: a new secret, or cut them off for good."""
    ending = [each for each in systems_of(at) if each.state in (SOON, ENDED)]
    rows = [system_as_work(each) for each in ending[:FEW]]
    return Share("Partners' systems whose access ends, or has ended", rows, len(ending), reverse("partner-access"))


def _to_countersign(user: User) -> Share:
    waiting = Recipient.objects.filter(state=Recipient.State.REFUSAL_PROPOSED).exclude(refused_by=user)
    first = list(waiting.select_related("agency", "refused_by").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    rows = [recipient_as_work(each, clocks.get(each.pk)) for each in first]
    return Share("Decisions not to share, for a second person", rows, waiting.count(), reverse("to-countersign"))


def _deliveries(heading: str, which: Q, chip: str) -> Share:
    found = Delivery.objects.filter(which)
    first = list(found.select_related("agency", "team").order_by("sent_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    rows = [delivery_as_work(each, clocks.get(each.pk)) for each in first]
    return Share(heading, rows, found.count(), f"{reverse('partner-silence')}?show={chip}")


def _disagreements() -> Share:
    found = Disagreement.objects.exclude(state=Disagreement.State.SETTLED)
    first = list(found.select_related("agency", "raised_by").order_by("due_at", "pk")[:FEW])
    clocks = nearest_clocks(first)
    rows = [disagreement_as_work(each, clocks.get(each.pk)) for each in first]
    return Share("Disagreements with partners", rows, found.count(), reverse("disagreements"))


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
