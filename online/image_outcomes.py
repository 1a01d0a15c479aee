"""How reports of shared images ended, month by month, by outcome: 21 and 22 stand beside the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from online.codes import Outcome
from online.models import SharedImage

MONTHS = 6


@dataclass(frozen=True)
class Row:
    """One outcome, and how many each month, the latest last."""

    outcome: str
    counts: list[int]
    total: int


def months_until(at: datetime) -> list[datetime]:
    """The first moment of each of the last months, by local time."""
    today = timezone.localdate(at)
    numbers = [today.year * 12 + today.month - 1 - back for back in range(MONTHS - 1, -1, -1)]
    return [timezone.make_aware(datetime(number // 12, number % 12 + 1, 1)) for number in numbers]


def outcomes(at: datetime) -> tuple[list[datetime], list[Row]]:
    """As whoever looks may see them. One statement, however many there are."""
    months = months_until(at)
    resolved = SharedImage.objects.filter(state=SharedImage.State.RESOLVED, resolved_at__gte=months[0]).figures()
    found = resolved.annotate(month=TruncMonth("resolved_at")).values_list("outcome", "month").annotate(n=Count("pk"))
    counted = {(outcome, timezone.localtime(month).strftime("%Y-%m")): n for outcome, month, n in found}
    keys = [timezone.localtime(each).strftime("%Y-%m") for each in months]
    rows = []
    for outcome in Outcome:
        counts = [counted.get((outcome.value, key), 0) for key in keys]
        rows.append(Row(str(outcome.label), counts, sum(counts)))
    return months, rows
