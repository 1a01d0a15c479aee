"""What has become of something that an agency was sent: for whoever there still asks for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from access.actor import System, acting
from access.time import now
from partners.models import Disclosure, Purpose

LOOKS = System("what became of it")
REPLACING = [Purpose.CORRECTION.value, Purpose.WITHDRAWAL.value]


def what_replaced(agency: int, key: UUID, kind: str = "") -> Disclosure | None:
    """The last correction or withdrawal of what this agency was sent under `key`. None where there is none, and alike
    where that was never theirs, has run out or was never there. Longstop reads it: whoever asks is handed nothing."""
    with acting(LOOKS, apart=True):
        of_kind: dict[str, Any] = {"kind": kind} if kind else {}
        was = Disclosure.objects.filter(pk=key, agency=agency, available_until__gt=now(), **of_kind).first()
        if was is None:
            return None
        later = {"agency": agency, "kind": was.kind, "record": was.record, "number__gt": was.number}
        last: Disclosure | None = Disclosure.objects.filter(purpose__in=REPLACING, **later).order_by("-number").first()
        return last
