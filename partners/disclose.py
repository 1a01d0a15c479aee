"""The one way information leaves the force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from access.time import now
from accounts.models import User
from partners.models import Agency, Disclosure


@dataclass(frozen=True)
class Grounds:
    """Why this may be shared: the lawful basis, why the agency needs it, and whether the family was told."""

    basis: str
    why_needed: str
    informed: str


def disclose(
    record: Any, *, to: Iterable[Agency], content: dict[str, Any], grounds: Grounds, by: User
) -> list[Disclosure]:
    """Send each agency the same content about a record. Called inside the transition that decides to share."""
    return Disclosure.objects.bulk_create(
        [
            Disclosure(
                agency=agency,
                case=record.case,
                kind=record._meta.label_lower,
                record=record.pk,
                reference=record.reference,
                content=content,
                basis=grounds.basis,
                why_needed=grounds.why_needed,
                informed=grounds.informed,
                sent_at=now(),
                sent_by=by,
            )
            for agency in to
        ]
    )
