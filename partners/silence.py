"""What an agency still owes us, as conditions: one definition for the list, its chips, the home page and the filing."""

from __future__ import annotations

from django.db.models import Q

from partners.models import Delivery, Expects, Purpose
from partners.workflow.delivery import OWED

State = Delivery.State

NOT_DELIVERED = Q(state__in=[State.WAITING, State.FAILED])
NOT_ACKNOWLEDGED = Q(state=State.DELIVERED, expects__contains=[Expects.RECEIPT]) & ~Q(purpose=Purpose.WITHDRAWAL)
TOLD = Q(state__in=[State.DELIVERED, State.ACKNOWLEDGED]) & ~Q(purpose=Purpose.WITHDRAWAL)
NOT_DECIDED = TOLD & Q(expects__contains=[Expects.DECISION], decided_at=None)
NO_OUTCOME = TOLD & Q(expects__contains=[Expects.OUTCOME], outcome_at=None)
NOT_DESTROYED = Q(purpose=Purpose.WITHDRAWAL, state__in=OWED)
ASKS = Q(state=State.ACKNOWLEDGED, asked_at__isnull=False)
SILENT = NOT_DELIVERED | NOT_ACKNOWLEDGED | NOT_DECIDED | NO_OUTCOME | NOT_DESTROYED | ASKS


def chips() -> dict[str, tuple[str, Q]]:
    """Name -> (label, condition): somebody is silent in each of these ways, perhaps in several."""
    return {
        "not_delivered": ("Not delivered", NOT_DELIVERED),
        "not_acknowledged": ("Not acknowledged", NOT_ACKNOWLEDGED),
        "no_decision": ("No decision", NOT_DECIDED),
        "no_outcome": ("No outcome", NO_OUTCOME),
        "asks": ("Waits for our answer", ASKS),
        "not_destroyed": ("Not destroyed", NOT_DESTROYED),
    }
