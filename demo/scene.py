"""What every part of the demo needs at hand: what time it is, who is there, and how much there is to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from django.utils.timezone import localtime

from accounts.models import Team, User
from accounts.teams import response_areas
from demo.figures import RHYTHM, SEED, Figures
from demo.people import CANNOT_SIGN_IN, CAST, COLLEAGUES
from demo.writing import Writer
from partners.models import Agency

LEAVE_BEGAN = timedelta(days=2)  # ago


@dataclass(frozen=True)
class Scene:
    now: datetime
    figures: Figures
    people: dict[str, User]
    agencies: dict[str, list[Agency]]
    password_hash: str = CANNOT_SIGN_IN
    writer: Writer = field(default_factory=lambda: Writer(SEED))
    # When things happen is chosen apart from what is written, so that the texts are the same at any time of day.
    rng: Random = field(default_factory=lambda: Random(SEED))

    @cached_property
    def areas(self) -> list[Team]:
        """The response teams, each with its area."""
        return list(response_areas())

    @property
    def today(self) -> date:
        return localtime(self.now).date()

    def ago(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours, minutes=minutes)

    def an_area(self) -> Team:
        """Any of the response teams."""
        return self.rng.choice(self.areas)

    def hours(self, least: float, most: float) -> timedelta:
        """Any length of time between these."""
        return timedelta(hours=self.rng.uniform(least, most))

    def anybody_like(self, username: str) -> User:
        """A person who does the same work as this one."""
        role = next(player.role for player in CAST if player.username == username)
        return self.one_of(*(player.username for player in [*CAST, *COLLEAGUES] if player.role == role))

    def one_of(self, *usernames: str) -> User:
        return self.people[self.rng.choice(usernames)]

    def sergeant_at(self, moment: datetime) -> User:
        """Who decides in the sergeant's place: Sam, and since Sam's leave began Ines."""
        return self.people["ines" if moment >= self.now - LEAVE_BEGAN else "sam"]

    def arrivals(self, number: int, by_day: Sequence[float], oldest: timedelta) -> list[datetime]:
        """So many moments, spread over the days before now in these proportions; the first of them is the oldest."""
        days = self.rng.choices(range(len(by_day)), by_day, k=number - 1)
        moments = [self._in_the_day_before(self.ago(days=day)) for day in days]
        first = self.now - oldest
        return sorted([first, *(max(moment, first + self.hours(0.1, 1)) for moment in moments)])

    def _in_the_day_before(self, end: datetime) -> datetime:
        """A moment in the 24 hours before, rather at an hour when much arrives."""
        hours = [localtime(end - timedelta(hours=back + 0.5)).hour for back in range(24)]
        back = self.rng.choices(range(24), [RHYTHM[hour] for hour in hours])[0]
        return end - self.hours(back + 0.02, back + 1)
