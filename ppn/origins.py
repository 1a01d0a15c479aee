"""Where a notice comes from: an incident, a finding, a missing episode. Whoever owns the record says what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Origin:
    """What a notice may begin with. `notice` and `subjects` fill the form in; the officer may change every word."""

    reference: str
    url: str
    first_known_at: datetime
    notice: Mapping[str, Any] = field(default_factory=dict)
    subjects: Sequence[Mapping[str, Any]] = ()


ORIGINS: list[Callable[[UUID], Origin | None]] = []
"""Each app above registers how to find its own records; a record that the person may not see is not found."""


def origin_of(key: UUID | None) -> Origin | None:
    return next((origin for find in ORIGINS if (origin := find(key))), None) if key else None
