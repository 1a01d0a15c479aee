"""When shifts begin and end. A force sets its own; a shift is as long as the clock says on the nights it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models

from sla.calendar import DAY, local


class Shift(models.TextChoices):
    EARLY = "early", "Early"
    LATE = "late", "Late"
    NIGHT = "night", "Night"
    OFFICE = "office", "Office hours"


OURS: dict[str, tuple[time, time]] = {
    Shift.EARLY.value: (time(7), time(15)),
    Shift.LATE.value: (time(15), time(23)),
    Shift.NIGHT.value: (time(23), time(7)),
    Shift.OFFICE.value: (time(8), time(17)),
}
"""Our own choice, until a force has set its own: no authority says when a police shift begins."""


@dataclass(frozen=True)
class Hours:
    """One shift of one day: from the first moment until the last, which is the first of the next."""

    starts: datetime
    ends: datetime


def hours_of(day: date, begins: time, ends: time) -> Hours:
    """A shift that ends no later than it begins, by the clock, ends on the next day. On the night the clocks go forward
    a night shift of eight hours by the clock lasts seven, and nine when they go back."""
    last = day if ends > begins else day + DAY
    return Hours(local(day, begins), local(last, ends))


def lasts(hours: Hours) -> timedelta:
    return timedelta(seconds=hours.ends.timestamp() - hours.starts.timestamp())
