"""Handing a document that went with what an agency was sent to somebody there, or to its system."""

from __future__ import annotations

from typing import cast

from access.actor import Acting, Actor, current
from access.roles import Can
from documents.models import Attachment, State
from documents.opening import opened
from partners.actor import on_behalf
from partners.models import DisclosedDocument, Disclosure
from partners.workflow.looking import looked
from workflow.transitions import NotNow

WITHDRAWN = "The police have withdrawn this document: it did not belong to what you were sent. Destroy your copy."


class WithdrawnSince(NotNow):
    """It was sent, and is not theirs any more."""


def hand_document(sent: DisclosedDocument, *, to: Actor, how: str, may: Can) -> bytes:
    """The bytes as they were sent. What they are handed is in the ledger as what it is to the police, too.

    `how`: a `Delivery.Told`. Raises NotYours, WithdrawnSince, NotNow where it cannot be opened, vault.Damaged.
    """
    handed = cast(Acting, current()).handed_over
    with on_behalf(to, may=may):
        attachment = Attachment.objects.get(pk=sent.attachment_id)
        if attachment.state == State.WITHDRAWN:
            raise WithdrawnSince(WITHDRAWN)
        content = opened(attachment)
    looked(to, [sent.disclosure_id], how=how, may=may)
    handed.setdefault(Disclosure._meta.label_lower, set()).add(sent.disclosure_id)
    handed.setdefault(Attachment._meta.label_lower, set()).add(attachment.pk)
    return content
