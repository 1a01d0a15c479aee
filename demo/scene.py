"""What every part of the demo needs at hand: what time it is, who is there, and how much there is to be of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from accounts.models import User
from demo.figures import RHYTHM, Figures
from demo.people import CAST, COLLEAGUES
from demo.writing import Writer
from partners.models import Agency

LEAVE_BEGAN = timedelta(days=2)  # ago


@dataclass(frozen=True)
class Scene:
    now: datetime
    figures: Figures
    writer: Writer
    people: dict[str, User]
    agencies: dict[str, list[Agency]]

    @property
    def today(self) -> date:
        return localtime(self.now).date()

    def ago(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours, minutes=minutes)

    def hours(self, least: float, most: float) -> timedelta:
        """Any length of time between these."""
        return timedelta(hours=self.writer.rng.uniform(least, most))

    def anybody_like(self, username: str) -> User:
        """A person who does the same work as this one."""
        role = next(player.role for player in CAST if player.username == username)
        return self.people[self.writer.rng.choice([p.username for p in [*CAST, *COLLEAGUES] if p.role == role])]

    def one_of(self, *usernames: str) -> User:
        return self.people[self.writer.rng.choice(usernames)]

    def sergeant_at(self, moment: datetime) -> User:
        """Who decides in the sergeant's place: Sam, and since Sam's leave began Ines."""
        return self.people["ines" if moment >= self.now - LEAVE_BEGAN else "sam"]

    def in_the_day_before(self, end: datetime) -> datetime:
        """A moment in the 24 hours before, at an hour when work arrives."""
        while True:
            moment = end - self.hours(0, 24)
            if self.writer.rng.random() < RHYTHM[localtime(moment).hour] / max(RHYTHM):
                return moment

    def arrivals(self, number: int, by_day: Sequence[float], oldest: timedelta) -> list[datetime]:
        """So many moments, spread over the days before now in these proportions; the first of them is the oldest."""
        days = self.writer.rng.choices(range(len(by_day)), by_day, k=number - 1)
        moments = [self._since(self.now - timedelta(days=day), self.now - oldest) for day in days]
        return sorted([self.now - oldest, *moments])

    def _since(self, end: datetime, oldest: datetime) -> datetime:
        while (moment := self.in_the_day_before(end)) <= oldest:
            pass
        return moment
