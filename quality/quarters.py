"""Quarters of the financial year: April to June is its first. They begin when the calendar's do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from govuk.times import MONTHS
from sla.calendar import local

MONTHS_OF_ONE = 3


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months, by their first day."""

    begins: date

    @classmethod
    def of(cls, moment: datetime) -> Quarter:
        day = timezone.localdate(moment)
        return cls(day.replace(month=day.month - (day.month - 1) % MONTHS_OF_ONE, day=1))

    def __str__(self) -> str:
        last = MONTHS[self.begins.month + MONTHS_OF_ONE - 2]
        return f"{MONTHS[self.begins.month - 1]} to {last} {self.begins.year}"

    def moved(self, quarters: int) -> Quarter:
        """So many quarters later; before, with a minus."""
        months = self.begins.year * 12 + self.begins.month - 1 + quarters * MONTHS_OF_ONE
        return Quarter(date(months // 12, months % 12 + 1, 1))

    @property
    def starts(self) -> datetime:
        """Its first moment, by the local clock."""
        return local(self.begins)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return self.moved(1).starts


def last_quarters(at: datetime, how_many: int) -> list[Quarter]:
    """This one and those before it, this one first."""
    this = Quarter.of(at)
    return [this.moved(-number) for number in range(how_many)]
