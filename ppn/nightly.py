"""Notices are read again: a link or a flag that nobody knew of may raise what was not raised before."""

from __future__ import annotations

from access.actor import signed
from access.time import now, today
from ppn.models import OPEN, Ppn, State
from ppn.repeats import months_before
from ppn.workflow import look_again, reopen
from ppn.workflow.strategy import LOOKS
from sla.lengths import Basis, Number

MONTHS = Number(
    "Months for which filed notices are read again each night",
    12,
    Basis.LOCAL,
    "No authority found",
    is_our_default=True,
)
BATCH = 200


def look_again_at_filed() -> int:
    """Read the strategy triggers of every notice filed of late again. One with something new is opened, and a sergeant
    has to decide. Returns how many were opened."""
    since = months_before(today(), MONTHS.in_force(now())[0])
    with signed(LOOKS):
        filed = Ppn.objects.filter(state=State.FILED, submitted_at__date__gte=since).order_by("submitted_at", "pk")
        return sum(_looked_at(ppn) for ppn in list(filed.iterator(BATCH)))


def look_again_at_open() -> int:
    """The same for every notice that is not filed yet. Returns how many had something new."""
    with signed(LOOKS):
        waiting = Ppn.objects.filter(state__in=OPEN).order_by("submitted_at", "pk")
        return sum(bool(look_again(ppn)) for ppn in list(waiting.iterator(BATCH)))


def _looked_at(ppn: Ppn) -> bool:
    new = look_again(ppn)
    if not new:
        return False
    reasons = "; ".join(f"{trigger.code}, {trigger.why}" for trigger in new)
    reopen(ppn, by=LOOKS, because=f"New since it was filed: {reasons}")
    return True
