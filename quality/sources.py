"""Where a theme was found: the page of that review, scrutiny or recommendation, for those who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from offenders.models import ScrutinyItem
from quality.codes import Source

PAGES: dict[str, type[Any]] = {Source.PEER_SCRUTINY.value: ScrutinyItem}
"""Source -> the records it finds themes in. Each part that finds themes adds its own."""


def pages_of(found: Iterable[tuple[str, UUID | None]]) -> dict[UUID, str]:
    """(source, record) -> the address of each that whoever asks may see."""
    keys: dict[str, list[UUID]] = defaultdict(list)
    for source, record in found:
        if source in PAGES and record:
            keys[source].append(record)
    return {
        record.pk: record.get_absolute_url()
        for source, wanted in keys.items()
        for record in PAGES[source].objects.filter(pk__in=wanted)
    }
