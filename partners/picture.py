"""What partner agencies were told, on the picture of a person."""

from __future__ import annotations

from collections.abc import Iterable

from cases.picture import PICTURE, Event, Whom
from partners.models import Disclosure


def disclosures(whom: Whom) -> Iterable[Event]:
    for sent in Disclosure.objects.filter(record__in=whom.records).select_related("agency", "sent_by"):
        yield Event(
            when=sent.sent_at,
            what="Shared",
            title=f"Shared with {sent.agency}: {sent.reference}",
            lines=[sent.why_needed],
            by=f"by {sent.sender}",
        )


PICTURE.sources.append(disclosures)
