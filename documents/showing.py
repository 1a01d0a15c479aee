"""What the page of a record says of its photos and documents: `{% include "documents/list.html" %}`."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from access.actor import actor
from access.guarded import Guarded
from documents.holders import HOLDERS
from documents.models import Attachment, State
from documents.rows import STATE_KINDS, open_url, state_in_words, what_it_is


def documents_of(record: Guarded) -> dict[str, Any]:
    """Context for `documents/list.html`: what the acting person may see of this record's documents, newest first."""
    holder, who = HOLDERS.of(record), actor()
    if holder is None or not who.can(holder.may_see):
        return {"documents": [], "documents_add_url": ""}
    found = Attachment.objects.filter(kind=holder.kind, record=record.pk).exclude(state=State.WITHDRAWN)
    found = found.select_related("added_by", "released_by").order_by("-added_at", "pk")
    add = reverse("document-new", args=[holder.kind, record.pk]) if who.can(holder.may_add) else ""
    return {"documents": [shown(each) for each in found], "documents_add_url": add}


def shown(attachment: Attachment) -> dict[str, Any]:
    return {
        "attachment": attachment,
        "what": what_it_is(attachment),
        "state": State(attachment.state).label,
        "state_kind": STATE_KINDS[State(attachment.state)],
        "words": state_in_words(attachment),
        "url": attachment.get_absolute_url(),
        "open_url": open_url(attachment),
    }
