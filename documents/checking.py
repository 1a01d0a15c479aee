"""Asking the scanner about documents, and telling their life what it said. The rules are the verbs'."""

from __future__ import annotations

from access.actor import acting
from documents import scanner, vault
from documents.models import Attachment, State
from documents.workflow import CHECK, found_clean, found_malware, not_scanned
from workflow.transitions import NotNow


def check(attachment: Attachment) -> Attachment:
    """Ask about one document. Where nobody answers, one that waits goes to quarantine; any other stays as it is."""
    with acting(CHECK):
        try:
            return _told(attachment)
        except NotNow:  # somebody was quicker
            return Attachment.objects.get(pk=attachment.pk)


def check_all() -> int:
    """Ask about everything that no scanner has looked at yet, what was let out included. Returns how many it was."""
    states = [State.WAITING]
    if scanner.answers():
        states += [State.QUARANTINED, State.RELEASED]
    with acting(CHECK):
        found = list(Attachment.objects.filter(state__in=states).order_by("added_at"))
    for attachment in found:
        check(attachment)
    return len(found)


def _told(attachment: Attachment) -> Attachment:
    try:
        malware = scanner.scan(vault.take(attachment.stored_as, attachment.sha256))
    except (scanner.CannotScan, vault.Damaged) as problem:
        if attachment.state != State.WAITING:
            return attachment
        return not_scanned(attachment, by=CHECK, because=str(problem))
    if malware:
        return found_malware(attachment, by=CHECK, malware=malware)
    return found_clean(attachment, by=CHECK)
