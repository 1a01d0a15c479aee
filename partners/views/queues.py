"""Lists: partners that are silent, decisions not to share that wait for a second person, disagreements."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from access.roles import Can
from partners.filters import DeliveryFilter, DisagreementFilter, RecipientFilter
from partners.models import Delivery, Disagreement, Recipient
from partners.rows import delivery_as_work, disagreement_as_work, recipient_as_work
from partners.silence import SILENT, chips
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work


class Silence(QueuePage):
    """Every agency that was sent something and has not done what it owes, the longest silence first."""

    may = Can.SEE_SHARING
    heading = "Partner silence"
    lead = "What was sent and has not arrived, or has not been answered. The longest silence comes first."
    filterset_class = DeliveryFilter
    due_field = "sent_at"
    empty = {"title": "Everybody has answered", "text": "What is sent appears here until it is answered."}

    def records(self) -> QuerySet[Delivery]:
        return Delivery.objects.filter(SILENT).select_related("agency", "team")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {"all": ("All", Q()), **chips()}

    def row(self, record: Delivery, clock: Clock | None) -> Work:
        return delivery_as_work(record, clock)


class ToCountersign(QueuePage):
    """Decisions not to share. A second person decides, and not the one who proposed it."""

    may = Can.COUNTERSIGN
    heading = "Decisions not to share"
    lead = "Somebody proposes that an agency is not told. You agree, or it is sent."
    filterset_class = RecipientFilter
    due_field = "due_at"
    empty = {
        "title": "Nothing waits for you",
        "text": "Decisions not to share appear here the moment they are proposed.",
    }

    def records(self) -> QuerySet[Recipient]:
        return Recipient.objects.select_related("agency", "refused_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return {
            "waiting": ("Waiting", Q(state=Recipient.State.REFUSAL_PROPOSED)),
            "refused": ("Not shared", Q(state=Recipient.State.REFUSED)),
        }

    def row(self, record: Recipient, clock: Clock | None) -> Work:
        return recipient_as_work(record, clock)


class Disagreements(QueuePage):
    """We disagree with an agency, or they with us."""

    may = Can.SEE_SHARING
    heading = "Disagreements with partners"
    filterset_class = DisagreementFilter
    due_field = "due_at"
    empty = {"title": "Nobody disagrees", "text": "Raise one from the page of what was sent."}

    def records(self) -> QuerySet[Disagreement]:
        return Disagreement.objects.select_related("agency", "raised_by")

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        stages = Disagreement.State
        return {
            "open": ("Open", ~Q(state=stages.SETTLED)),
            "overdue": ("Overdue", ~Q(state=stages.SETTLED) & Q(due_at__lt=at)),
            "settled": ("Settled", Q(state=stages.SETTLED)),
        }

    def row(self, record: Disagreement, clock: Clock | None) -> Work:
        return disagreement_as_work(record, clock)
