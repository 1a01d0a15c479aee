"""A moment as another system writes it: with its offset from UTC. Without one nobody knows which hour of a night in
October it is."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from rest_framework import serializers

from access.time import now

NO_ZONE = "Say which zone it is in: 2026-03-02T09:00:00Z"
LATER = "This is later than now."
_ZONE = re.compile(r"(z|[+-]\d\d:?\d\d)$", re.IGNORECASE)


def says_its_zone(written: str) -> bool:
    return bool(_ZONE.search(written.strip()))


class Moment(serializers.DateTimeField):
    """A moment with its offset from UTC."""

    def to_internal_value(self, value: Any) -> datetime:
        if isinstance(value, str) and not says_its_zone(value):
            raise serializers.ValidationError(NO_ZONE, "no_zone")
        moment: datetime = super().to_internal_value(value)
        return moment


class NotLaterThanNow(Moment):
    """One that is not in the future."""

    def to_internal_value(self, value: Any) -> datetime:
        moment = super().to_internal_value(value)
        if moment > now():
            raise serializers.ValidationError(LATER, "future")
        return moment
