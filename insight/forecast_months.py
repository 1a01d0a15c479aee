"""Invented months of several kinds, to try the forecast on: what it says of four weeks, knowing the eight before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from random import Random

from insight.forecast import DAYS_AHEAD, HOURS, Day, forecast, held

SEEN = 56
"""Days that the forecast may know."""
HORIZONS = (7, 14, 27)
OFFICE = [1 / 9 if 8 <= hour < 17 else 0.0 for hour in range(HOURS)]
ROUND_THE_CLOCK = [1.6 / 32 if hour >= 8 else 1.6 / 128 for hour in range(HOURS)]


@dataclass(frozen=True)
class Kind:
    """What a queue is like. `arrives`, `able`: a day on average; `varies`: how much more than by chance alone the days
    differ (0 = by chance alone); `grows`: of what arrives, a week; `weekend`: share of a weekday that is done then."""

    name: str
    arrives: float
    able: float
    begins: int
    varies: float = 0.0
    grows: float = 0.0
    weekend: float = 1.0
    weekend_arrives: float = 1.0


KINDS = (
    Kind("Stable, never empty", 40, 40, 200, varies=0.05),
    Kind("Stable, often cleared", 30, 33, 20, varies=0.05),
    Kind("Growing: more comes in than is done", 55, 52, 300, varies=0.05),
    Kind("Growing faster each week", 40, 44, 100, varies=0.05, grows=0.01),
    Kind("No work at weekends", 42, 60, 150, varies=0.05, weekend=0.0, weekend_arrives=0.8),
    Kind("Days that differ much", 25, 26, 150, varies=0.4),
    Kind("Few and rare", 2, 2.1, 12),
)


def chance(rng: Random, mean: float) -> int:
    """How many happen where so many do on average (Poisson)."""
    if mean > 60:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    left, many = exp(-mean), -1
    product = 1.0
    while product > left or many < 0:
        product *= rng.random()
        many += 1
        if product <= left:
            break
    return many


def _much(rng: Random, mean: float, varies: float) -> float:
    """The mean of one day, which differs from the mean of all days (so that counts are negative binomial)."""
    return mean * rng.gammavariate(1 / varies, varies) if varies else mean


def lived(kind: Kind, rng: Random, days: int) -> Iterator[tuple[Day, int]]:
    """Each day of it, with what waits at its end."""
    waiting = kind.begins
    for number in range(days):
        weekday, weekend = number % 7, number % 7 > 4
        mean = kind.arrives * (1 + kind.grows) ** (number / 7) * (kind.weekend_arrives if weekend else 1)
        comes, able = _much(rng, mean, kind.varies), _much(rng, kind.able, kind.varies / 2)
        able *= kind.weekend if weekend else 1
        arrived, done, dry = [], [], False
        for hour in range(HOURS):
            into = chance(rng, comes * ROUND_THE_CLOCK[hour])
            out = min(waiting + into, chance(rng, able * OFFICE[hour]))
            waiting += into - out
            dry = dry or waiting == 0
            arrived.append(into)
            done.append(out)
        yield Day(weekday, tuple(arrived), tuple(done), dry), waiting


@dataclass
class Score:
    """How often what was said held."""

    kind: str
    said: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        return self.right / self.said if self.said else 0.0


def tried(months: int, *, seed: str, paths: int, kinds: tuple[Kind, ...] = KINDS) -> list[Score]:
    """Each kind of queue so many times: what was said of its next four weeks, against what came."""
    scores = []
    for kind in kinds:
        score = Score(kind.name)
        for number in range(months):
            rng = Random(f"{seed} {kind.name} {number}")  # noqa: S311 - the same each time
            days = list(lived(kind, rng, SEEN + DAYS_AHEAD))
            said = forecast([day for day, _ in days[:SEEN]], days[SEEN - 1][1], seed=f"{number}", paths=paths)
            was = [waiting for _, waiting in days[SEEN:]]
            for horizon in HORIZONS:
                score.said += 1
                score.right += held(said, was, horizon)
        scores.append(score)
    return scores
