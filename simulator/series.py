"""What came in and what was finished in each hour, as plain lists: for whoever tries a forecast on a force it knows."""

from __future__ import annotations

from datetime import UTC, datetime

from simulator.engine import What, simulate
from simulator.profile import Profile
from simulator.rota import HOUR

JUNE = datetime(2022, 5, 31, 23, tzinfo=UTC)  # midnight of 1 June by the local clock
A_MONTH = 30


def series(
    profile: Profile, seed: int | str, queue: str, *, starts: datetime = JUNE, days: int = A_MONTH
) -> list[tuple[datetime, int, int]]:
    """For each hour its beginning (aware, UTC), how many arrived in the queue and how many were done. What waited
    before the simulation began is in neither."""
    hours = days * 24
    arrived, done = [0] * hours, [0] * hours
    for each in simulate(profile, seed, starts, days).happenings:
        if each.queue == queue and each.at >= 0 and each.what in (What.ARRIVED, What.DONE):
            (arrived if each.what == What.ARRIVED else done)[int(each.at // 60)] += 1
    first = starts.astimezone(UTC)
    return [(first + hour * HOUR, arrived[hour], done[hour]) for hour in range(hours)]


def waiting_at_the_start(profile: Profile, queue: str) -> int:
    """How many waited in this queue when the simulation began."""
    return sum(each.waiting for each in profile.backlogs if each.queue == queue)


def local_midnight(profile: Profile, day: datetime) -> datetime:
    """When this day begins by the profile's clock (UTC)."""
    return day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=profile.zone).astimezone(UTC)
