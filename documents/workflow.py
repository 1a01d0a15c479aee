"""The life of a photo or document: added, checked or put in quarantine, let out, withdrawn."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from access.actor import NotYours, System
from access.roles import Can, Role
from access.time import now
from accounts.models import User
from documents import vault
from documents.holders import HOLDERS
from documents.intake import Upload, examined
from documents.kinds import Refused
from documents.models import Attachment, State
from sla.lengths import Basis, Length
from sla.policy import Deadline, Ladder, Level
from workflow.transitions import NotNow, must_say, transition

CHECK = System("check of documents for malware")


@transition(target=State.WAITING.value, may=Can.ADD_DOCUMENT)
def add(attachment: Attachment, *, by: User, to: Any, upload: Upload, caption: str) -> None:
    """A photo or document is added to a record. Nobody can open it before it has been checked."""
    attachment.added_by = by
    _take_in(attachment, by, to, upload, caption)


@transition(target=State.WAITING.value, may=Can.ADD_DOCUMENT)
def receive(attachment: Attachment, *, by: System, to: Any, upload: Upload, caption: str, received_from: str) -> None:
    """An agency sends a document for a record. Nobody can open it before it has been checked."""
    if not isinstance(by, System):
        raise NotYours("Whoever has a document here adds it in their own name.")
    must_say(received_from, "who sent it")
    attachment.received_from = received_from.strip()
    _take_in(attachment, by, to, upload, caption)


def _take_in(attachment: Attachment, by: User | System, to: Any, upload: Upload, caption: str) -> None:
    must_say(caption, "what it shows")
    _belongs_to(attachment, to, by)
    try:
        kind = examined(upload, no_images=HOLDERS.takes_no_images(to))
    except Refused as refusal:
        raise NotNow(str(refusal)) from refusal
    attachment.name, attachment.caption, attachment.media_type = upload.name, caption.strip(), kind.media_type
    attachment.size, attachment.sha256 = upload.size, hashlib.sha256(upload.content).hexdigest()
    attachment.added_at = now()
    # The file first: if what follows fails, a file is left that belongs to nobody, and never a record without its file.
    attachment.stored_as = vault.put(upload.content)


@transition(
    source=[State.WAITING.value, State.QUARANTINED.value, State.RELEASED.value],
    target=State.CLEAN.value,
    may=Can.RELEASE_DOCUMENT,
)
def found_clean(attachment: Attachment, *, by: System) -> None:
    """The scanner has looked at it and found nothing. It can be opened."""
    _only_the_scanner(by)
    attachment.scanned_at = now()


@transition(
    source=[State.WAITING.value, State.QUARANTINED.value, State.RELEASED.value],
    target=State.INFECTED.value,
    may=Can.RELEASE_DOCUMENT,
)
def found_malware(attachment: Attachment, *, by: System, malware: str) -> None:
    """The scanner has found malware. Nobody can open it; it is kept, encrypted, as evidence of what was sent."""
    _only_the_scanner(by)
    attachment.scanned_at, attachment.malware = now(), malware.strip()[:200] or "not named"


@transition(source=State.WAITING.value, target=State.QUARANTINED.value, may=Can.RELEASE_DOCUMENT)
def not_scanned(attachment: Attachment, *, by: System, because: str) -> None:
    """Nothing could check it. It is in quarantine until a scanner has, or until a sergeant lets it out."""
    _only_the_scanner(by)
    attachment.quarantined_because = because


@transition(source=State.QUARANTINED.value, target=State.RELEASED.value, may=Can.RELEASE_DOCUMENT)
def release(attachment: Attachment, *, by: User, because: str) -> None:
    """A sergeant lets it out of quarantine unchecked, and says why. A scanner that comes back still looks at it."""
    must_say(because, "why it must be seen before it is checked")
    _must_let_see(attachment, by)
    attachment.released_by, attachment.released_at, attachment.released_because = by, now(), because.strip()


@transition(
    source=[each.value for each in State if each != State.WITHDRAWN], target=State.WITHDRAWN.value, may=Can.ADD_DOCUMENT
)
def withdraw(attachment: Attachment, *, by: User, because: str) -> None:
    """It was added to the wrong record. It is off the list and cannot be opened; it is kept, with the reason."""
    must_say(because, "why it does not belong here")
    _must_let_see(attachment, by)
    if attachment.added_by_id != by.pk and not by.can(Can.RELEASE_DOCUMENT):
        added = f"{attachment.added_by}, who added it, or " if attachment.added_by else ""
        raise NotYours(f"Only {added}a MASH sergeant may withdraw it.")
    attachment.withdrawn_by, attachment.withdrawn_at, attachment.withdrawn_because = by, now(), because.strip()


def _belongs_to(attachment: Attachment, record: Any, by: User | System) -> None:
    holder = HOLDERS.of(record)
    if holder is None:
        raise NotNow("Photos and documents cannot be added to this record.")
    holder.must_let_add(by)
    record = holder.get(record.pk)  # one that they may not see is not there
    case = holder.case(record)
    if case is None:
        raise NotNow("This record has no case yet, which says who may see what is added. Submit a notice first.")
    attachment.kind, attachment.record, attachment.reference = holder.kind, record.pk, record.reference
    attachment.case, attachment.team = case, record.team


def _must_let_see(attachment: Attachment, by: User) -> None:
    """Whoever may not see the record may do nothing with what belongs to it."""
    if holder := HOLDERS.by_kind.get(attachment.kind):
        holder.must_let_see(by)
        holder.get(attachment.record)


def _only_the_scanner(by: System | User) -> None:
    if not isinstance(by, System):
        raise NotYours("A scanner says whether a file is clean; a person lets it out of quarantine.")


QUARANTINE = Length(
    "Document in quarantine",
    timedelta(hours=4),
    Basis.LOCAL,
    "Half a tour of duty; no authority found",
    is_our_default=True,
)
AT = Deadline(
    "AT",
    "Document in quarantine",
    model=Attachment,
    starts=[add, receive],
    counts_from=lambda attachment: attachment.added_at,
    length=lambda attachment: QUARANTINE,
    lengths=[QUARANTINE],
    stops=[found_clean, found_malware, release, withdraw],
    publishes="due_at",
    ladder=Ladder([Level(0.5, Role.MASH_SERGEANT), Level(1.0, Role.MASH_INSPECTOR)]),
)
