"""Who is there in which hour: the rota, less leave, sickness and what people are taken away for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from simulator.profile import Profile, Team

HOUR = timedelta(hours=1)
NOON = 12


class Rota:
    """Which posts of each team are there in each hour from `starts` on. The same seed keeps the same people at home."""

    def __init__(self, profile: Profile, seed: int | str, starts: datetime, hours: int) -> None:
        self.profile, self.seed, self.starts, self.hours = profile, seed, starts, hours
        self._home: dict[tuple[str, int, int], bool] = {}

    @cached_property
    def local(self) -> Sequence[datetime]:
        """The local time at which each hour begins: in the night of a change there are 23 or 25 to a day."""
        return [(self.starts + hour * HOUR).astimezone(self.profile.zone) for hour in range(self.hours + 1)]

    def there(self, team: Team, hour: int) -> list[int]:
        """Numbers of the posts that are there in this hour."""
        at = self.local[hour]
        rostered = range(team.rostered(at.weekday(), at.hour))
        return [post for post in rostered if not self._is_away(team, post, at)]

    def _is_away(self, team: Team, post: int, at: datetime) -> bool:
        # A night turn belongs to the day on which it began.
        day = (at - timedelta(hours=NOON / 2)).date()
        lane = post % team.lanes
        if any(leave.lane == lane and leave.first <= at.date() < leave.until for leave in team.leave):
            return True
        key = (team.key, post, day.toordinal())
        if key not in self._home:
            self._home[key] = Random(f"{self.seed}/rota/{key}").random() < team.away
        return self._home[key]
