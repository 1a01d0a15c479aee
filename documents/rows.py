"""How a photo or document shows itself in a queue and beside its record."""

from __future__ import annotations

from django.urls import reverse

from documents.intake import megabytes
from documents.kinds import KINDS
from documents.models import Attachment, State
from sla.models import Clock
from sla.work import Work

STATE_KINDS = {
    State.WAITING: "waiting",
    State.QUARANTINED: "stopped",
    State.CLEAN: "done",
    State.RELEASED: "working",
    State.INFECTED: "stopped",
    State.WITHDRAWN: "done",
}


def as_work(attachment: Attachment, clock: Clock | None) -> Work:
    return Work(
        title=attachment.caption,
        url=attachment.get_absolute_url(),
        reference=attachment.reference,
        why=state_in_words(attachment),
        due=clock.due_at if clock else None,
        started=clock.started_at if clock else None,
        state=str(State(attachment.state).label),
        state_kind=STATE_KINDS[State(attachment.state)],
        owner=attachment.came_from,
        holds_up="Whoever needs to see it: nobody can open it" if not attachment.may_be_opened else "Nobody",
    )


def state_in_words(attachment: Attachment) -> str:
    """Where it stands, and why it cannot be opened if it cannot."""
    said = {
        State.WAITING: "Being checked for malware. It can be opened when that is done.",
        State.QUARANTINED: f"In quarantine: {attachment.quarantined_because} A MASH sergeant can let it out.",
        State.CLEAN: "Checked for malware; none was found.",
        State.RELEASED: f"Not checked for malware. {attachment.released_by} let it out: {attachment.released_because}",
        State.INFECTED: f"Refused: it holds malware ({attachment.malware}). Nobody can open it.",
        State.WITHDRAWN: f"Withdrawn by {attachment.withdrawn_by}: {attachment.withdrawn_because}",
    }
    return said[State(attachment.state)]


def what_it_is(attachment: Attachment) -> str:
    """ "A JPEG photo, 3.2 MB"."""
    kind = KINDS.get(attachment.media_type)
    words = kind.words if kind else attachment.media_type
    return f"{words[:1].upper()}{words[1:]}, {megabytes(attachment.size)}"


def open_url(attachment: Attachment) -> str:
    return reverse("document-open", args=[attachment.pk]) if attachment.may_be_opened else ""
