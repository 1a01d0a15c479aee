"""What was sent goes by mail, one at a time; whoever dies on the way leaves the row for the next.

A mail that was taken by the server while its row could not be saved is sent again with the same message identifier, by
which mail systems know it as the same.
"""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from access.actor import System, signed
from partners.content import in_words
from partners.models import Delivery, Purpose
from partners.workflow.delivery import WAITING, delivered, failed, knock

log = logging.getLogger(__name__)

MAILER = System("mail to partners")
AT_ONCE = 200
SUBJECTS = {
    Purpose.SHARE: "Information about a child or adult at risk",
    Purpose.CORRECTION: "CORRECTION of what we sent",
    Purpose.WITHDRAWAL: "TAKEN BACK: please destroy what we sent",
}
KNOCK = (
    "Something from the police waits for you.\n\nReference: {reference}\n\nThis mailbox is not known to be secure, so "
    "nothing about anybody is in this mail. We will telephone you. You can telephone us first: ask for the MASH and "
    "give the reference.\n"
)

NOT_BY_MAIL = (
    "The documents are not in this mail: they wait for you for as long as what was sent stands. Your agency's system "
    "can fetch them, and so can whoever of you is let in to our pages for agencies. Otherwise telephone the MASH, give "
    "the reference, and ask for them."
)


def deliver_waiting(at_once: int = AT_ONCE) -> int:
    """Mail what waits, up to so many. Returns how many were dealt with."""
    done = 0
    while done < at_once and _deliver_one():
        done += 1
    return done


def _deliver_one() -> bool:
    """Claim one that nobody else holds, mail it, say what came of it. False = nothing waits."""
    with signed(MAILER) as at:
        waiting = Delivery.objects.filter(state=WAITING, knocked_at=None, try_at__lte=at).order_by("try_at", "pk")
        delivery = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if delivery is None:
            return False
        _deliver(delivery)
    return True


def _deliver(delivery: Delivery) -> None:
    if not delivery.agency.mailbox:
        failed(delivery, by=MAILER, because="No mailbox of theirs is known")
        return
    try:
        letter(delivery).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.warning("%s was not delivered: %s", delivery.pk, type(error).__name__)
        failed(delivery, by=MAILER, because=f"The mail could not be sent: {type(error).__name__}: {error}")
    else:
        (delivered if delivery.agency.mailbox_is_secure else knock)(delivery, by=MAILER)


def letter(delivery: Delivery) -> EmailMessage:
    """What goes by mail: everything to a mailbox that the force has checked, to any other only that something waits."""
    secure = delivery.agency.mailbox_is_secure
    about = SUBJECTS[Purpose(delivery.purpose)] if secure else "Something waits for you"
    body = as_letter(delivery.disclosure.content) if secure else KNOCK.format(reference=delivery.reference)
    return EmailMessage(
        subject=f"{settings.FORCE_NAME}: {about}, {delivery.reference}",
        body=body,
        to=[delivery.agency.mailbox],
        headers={"Message-ID": f"<{delivery.pk}@{settings.MAIL_DOMAIN}>"},
    )


def as_letter(content: Any) -> str:
    """What was sent, and where its documents are: none goes by mail, where nobody could take it back."""
    return as_text(content) + (f"\n{NOT_BY_MAIL}\n" if content.get("documents") else "")


def as_text(content: object) -> str:
    """What was sent, as plain text that reads in any mail program."""
    parts = []
    for heading, lines in in_words(content):
        said = [f"{label}: {text}" if label else text for label, text in lines]
        parts.append("\n".join([*([heading.upper(), ""] if heading else []), *said]))
    return "\n\n".join(parts) + "\n"
