"""A force as the simulator sees it: what arrives and when, who is there, how long it takes, where it goes then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, exp
from zoneinfo import ZoneInfo

HOURS, DAYS = 24, 7
NEARLY = 1e-6
FEW = 3
"""Posts that a smaller force still has where the whole one has as many."""
CLOSEST_TO_BREACH, CLASS_FIRST = "closest_to_breach", "class_first"
CLASSES = ("first", "second", "last")
"""What is to be done first, second, and when nothing else waits."""
CHILD = ("yes", "not_known", "no")


@dataclass(frozen=True)
class Leave:
    """Somebody's work waits in their absence: from this day up to and without that."""

    lane: int
    first: date
    until: date


@dataclass(frozen=True)
class Team:
    """Posts on the rota by hour, Monday to Friday, Saturday, Sunday. `away`: the share who are on leave, sick or taken
    for other work. `lent`: how many more others lend by the hour while more than `lent_above` wait, one for each
    `lent_each`. `lanes`: parts that do not do each other's work; posts are dealt to them in turn."""

    key: str
    weekdays: Sequence[float]
    saturdays: Sequence[float]
    sundays: Sequence[float]
    away: float
    lanes: int = 1
    hands_over: bool = False
    lent: int = 0
    lent_above: float = 0
    lent_each: float = 1
    leave: Sequence[Leave] = ()

    def rostered(self, weekday: int, hour: int) -> int:
        """How many are on the rota in this hour; Monday is 0."""
        by_hour = self.saturdays if weekday == DAYS - 2 else self.sundays if weekday == DAYS - 1 else self.weekdays
        return int(by_hour[hour])

    @property
    def posts(self) -> int:
        return int(max([*self.weekdays, *self.saturdays, *self.sundays]))


@dataclass(frozen=True)
class Queue:
    """Where something waits for a team; without a team it only passes time, such as for an answer."""

    key: str
    team: str
    order: str
    median_minutes: float
    spread: float
    due_hours: Sequence[float]
    travel_minutes: float
    then: Mapping[str, float]

    @property
    def mean_minutes(self) -> float:
        """Of a lognormal with this median and spread."""
        return self.median_minutes * exp(self.spread**2 / 2)


@dataclass(frozen=True)
class Kind:
    """One kind of what arrives. `classes` and `child` are shares in the order of CLASSES and CHILD."""

    key: str
    share: float
    classes: Sequence[float]
    child: Sequence[float]


@dataclass(frozen=True)
class Source:
    """What comes in from outside, so many on an average day."""

    key: str
    into: str
    per_day: float
    by_hour: Sequence[float]
    by_day: Sequence[float]
    kinds: Sequence[Kind]


@dataclass(frozen=True)
class Backlog:
    """What waited already when the simulation began: so many of one class, the oldest of them so many days old."""

    queue: str
    source: str
    rank: int
    waiting: int
    oldest_days: float
    newest_days: float


@dataclass(frozen=True)
class Profile:
    name: str
    zone: ZoneInfo
    teams: Mapping[str, Team]
    queues: Mapping[str, Queue]
    sources: Mapping[str, Source]
    backlogs: Sequence[Backlog]
    conduct: Mapping[str, float]

    def scaled(self, size: float) -> Profile:
        """A smaller or larger force of the same kind: arrivals, posts and backlogs. Nobody works faster, and a post
        that cannot be divided has only part of its time: what it does takes that much longer."""
        takes = {key: _takes_longer(team, size) for key, team in self.teams.items()}
        return replace(
            self,
            teams={key: _scaled(team, size, takes[key]) for key, team in self.teams.items()},
            queues={
                key: replace(each, median_minutes=each.median_minutes * takes.get(each.team, 1))
                for key, each in self.queues.items()
            },
            sources={key: replace(each, per_day=each.per_day * size) for key, each in self.sources.items()},
            backlogs=[replace(each, waiting=round(each.waiting * size)) for each in self.backlogs],
            # Shares stay what they are; how many people there are does not.
            conduct={key: max(1, round(each * size)) if each > 1 else each for key, each in self.conduct.items()},
        )


def _scaled(team: Team, size: float, takes_longer: float) -> Team:
    return replace(
        team,
        weekdays=_posts(team, team.weekdays, size),
        saturdays=_posts(team, team.saturdays, size),
        sundays=_posts(team, team.sundays, size),
        lent=_whole(team.lent * size * takes_longer),
        lent_above=team.lent_above * size,
        lent_each=team.lent_each * size / takes_longer,
    )


def _posts(team: Team, by_hour: Sequence[float], size: float) -> Sequence[float]:
    """Lanes do not do each other's work, so none of them can be left out; nor may all be away where one of them is."""
    least = max(team.lanes, FEW)
    return [max(_whole(each * size), min(each, least)) for each in by_hour]


def _whole(number: float) -> int:
    """Rounded up; a hair above a whole number is that number."""
    return ceil(number - NEARLY)


def _takes_longer(team: Team, size: float) -> float:
    """How many times the hours on the rota are what they should be at this size."""
    hours = sum(_week(team.weekdays, team.saturdays, team.sundays))
    there = sum(_week(*(_posts(team, each, size) for each in (team.weekdays, team.saturdays, team.sundays))))
    return there / (hours * size) if hours else 1


def _week(weekdays: Sequence[float], saturdays: Sequence[float], sundays: Sequence[float]) -> list[float]:
    return [*list(weekdays) * (DAYS - 2), *saturdays, *sundays]
