"""Since when a version of the API is deprecated and when it ends: said in each answer of it, as RFC 9745 and RFC 8594
have it. A version that has to go is marked here, with dates; nothing else of it changes until it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils.http import http_date

Answer = TypeVar("Answer", bound=HttpResponseBase)
AT_LEAST = timedelta(days=366)
"""How long a version goes on after it was deprecated. A promise to agencies: docs/partner-api.md names 12 months."""


@dataclass(frozen=True)
class Version:
    """One version of the API. `instead`: the address of what replaces it. Raises ValueError where it ends too soon."""

    name: str
    deprecated_at: datetime | None = None
    ends_at: datetime | None = None
    instead: str = ""

    def __post_init__(self) -> None:
        if self.deprecated_at is None and not self.ends_at:
            return
        if self.deprecated_at is None or self.ends_at is None or not self.instead:
            raise ValueError(f"{self.name}: say since when it is deprecated, when it ends and what replaces it")
        if self.ends_at - self.deprecated_at < AT_LEAST:
            raise ValueError(f"{self.name} ends sooner than agencies were promised")

    def told_in(self, answer: Answer) -> Answer:
        """The answer, which says what its reader has to know of this version."""
        if self.deprecated_at and self.ends_at:
            answer["Deprecation"] = f"@{int(self.deprecated_at.timestamp())}"
            answer["Sunset"] = http_date(self.ends_at.timestamp())
            answer["Link"] = f'<{self.instead}>; rel="successor-version"'
        return answer


V1 = Version("v1")
