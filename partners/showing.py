"""What the page of a record says of its sharing: `{% include "partners/sharing.html" %}`."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from access.actor import actor
from access.guarded import Guarded
from access.roles import Can
from partners.content import in_words
from partners.models import Delivery, Disagreement, Disclosure, Look, Recipient
from partners.rows import DELIVERY_KINDS, RECIPIENT_KINDS, what_is_missing
from partners.workflow import open_recipients, recipients_of


def sharing_of(record: Guarded) -> dict[str, Any]:
    """Context for `partners/sharing.html`: whom it is to go to, what went, what came back."""
    if not actor().can(Can.SEE_SHARING):
        return {"sharing": None}
    about = {"kind": record._meta.label_lower, "record": record.pk}
    sent = Disclosure.objects.filter(**about).select_related("agency", "sent_by", "delivery__agency")
    disagreements = Disagreement.objects.filter(**about).select_related("agency")
    looks = _looks(about)
    return {
        "sharing": {
            "recipients": [_recipient(each) for each in recipients_of(record)],
            "sent": [_sent(each, looks[each.pk]) for each in sent.order_by("-sent_at", "agency__name")],
            "disagreements": list(disagreements.order_by("raised_at")),
            "in_the_way": open_recipients(record),
        }
    }


def _recipient(recipient: Recipient) -> dict[str, Any]:
    state = Recipient.State(recipient.state)
    return {"recipient": recipient, "state": state.label, "state_kind": RECIPIENT_KINDS[state]}


def _looks(about: dict[str, Any]) -> dict[Any, list[Look]]:
    """Who of an agency looked at what it was sent of this record, whoever looked first at the top."""
    found: dict[Any, list[Look]] = defaultdict(list)
    rows = Look.objects.filter(**{f"disclosure__{name}": value for name, value in about.items()})
    for each in rows.order_by("first_at", "pk"):
        found[each.disclosure_id].append(each)
    return found


def _sent(disclosure: Disclosure, looks: list[Look]) -> dict[str, Any]:
    delivery: Delivery | None = getattr(disclosure, "delivery", None)
    state = Delivery.State(delivery.state) if delivery else None
    return {
        "disclosure": disclosure,
        "content": in_words(disclosure.content),
        "state": state.label if state else "Not tracked",
        "state_kind": DELIVERY_KINDS[state] if state else "done",
        "looks": looks,
        "owed": what_is_missing(delivery) if delivery else "",
    }
