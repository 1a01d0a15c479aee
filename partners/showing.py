"""What the page of a record says of its sharing: `{% include "partners/sharing.html" %}`."""

from __future__ import annotations

from typing import Any

from access.actor import actor
from access.guarded import Guarded
from access.roles import Can
from partners.content import in_words
from partners.models import Delivery, Disagreement, Disclosure, Recipient
from partners.rows import DELIVERY_KINDS, RECIPIENT_KINDS, what_is_missing
from partners.workflow import open_recipients, recipients_of


def sharing_of(record: Guarded) -> dict[str, Any]:
    """Context for `partners/sharing.html`: whom it is to go to, what went, what came back."""
    if not actor().can(Can.SEE_SHARING):
        return {"sharing": None}
    about = {"kind": record._meta.label_lower, "record": record.pk}
    sent = Disclosure.objects.filter(**about).select_related("agency", "sent_by", "delivery__agency")
    disagreements = Disagreement.objects.filter(**about).select_related("agency")
    return {
        "sharing": {
            "recipients": [_recipient(each) for each in recipients_of(record)],
            "sent": [_sent(each) for each in sent.order_by("-sent_at", "agency__name")],
            "disagreements": list(disagreements.order_by("raised_at")),
            "in_the_way": open_recipients(record),
        }
    }


def _recipient(recipient: Recipient) -> dict[str, Any]:
    state = Recipient.State(recipient.state)
    return {"recipient": recipient, "state": state.label, "state_kind": RECIPIENT_KINDS[state]}


def _sent(disclosure: Disclosure) -> dict[str, Any]:
    delivery: Delivery | None = getattr(disclosure, "delivery", None)
    state = Delivery.State(delivery.state) if delivery else None
    return {
        "disclosure": disclosure,
        "content": in_words(disclosure.content),
        "state": state.label if state else "Not tracked",
        "state_kind": DELIVERY_KINDS[state] if state else "done",
        "owed": what_is_missing(delivery) if delivery else "",
    }
