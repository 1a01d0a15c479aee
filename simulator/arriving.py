"""What comes in: a Poisson stream for each source, by the hours of the week, and what waited before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp
from random import Random

from simulator.profile import CHILD, DAYS, Backlog, Profile, Source
from simulator.rota import Rota

MINUTES, A_DAY = 60.0, 24 * 60.0
MANY = 30  # from here on the normal curve is a Poisson's: faster, and exp(-rate) stays a number


@dataclass(slots=True)
class Item:
    """One piece of work on its way through the force. Times are minutes since the simulation began; what is older is
    below nought. `left`: minutes of work still to do where it is now; `travel`: of these until somebody is there."""

    number: int
    source: str
    kind: str
    rank: int
    child: str
    since: float
    queue: str = ""
    came: float = 0
    left: float = 0
    travel: float = 0
    drawn: float = 0
    goes_on: float = 0
    lane: int = 0
    reached: float | None = None
    passed: list[str] = field(default_factory=list)


def arrivals(profile: Profile, seed: int | str, rota: Rota) -> Iterator[Item]:
    """Everything that comes in while the simulation runs, source by source; numbered from 0 within each."""
    for source in profile.sources.values():
        rng = Random(f"{seed}/arrivals/{source.key}")
        for number, minute in enumerate(_moments(rng, source, rota)):
            yield _item(rng, source, number, minute)


def _moments(rng: Random, source: Source, rota: Rota) -> Iterator[float]:
    for hour, at in enumerate(rota.local[:-1]):
        rate = source.per_day * DAYS * source.by_day[at.weekday()] * source.by_hour[at.hour]
        yield from sorted((hour + rng.random()) * MINUTES for _ in range(poisson(rng, rate)))


def poisson(rng: Random, rate: float) -> int:
    """How many come where so many come on average."""
    if rate > MANY:
        return max(0, round(rng.gauss(rate, rate**0.5)))
    number, left, floor = 0, rng.random(), exp(-rate)
    while left > floor:
        number, left = number + 1, left * rng.random()
    return number


def _item(rng: Random, source: Source, number: int, minute: float) -> Item:
    kind = rng.choices(source.kinds, [each.share for each in source.kinds])[0]
    rank = rng.choices(range(len(kind.classes)), kind.classes)[0]
    child = rng.choices(CHILD, kind.child)[0]
    return Item(number, source.key, kind.key, rank, child, minute)


def waiting_before(profile: Profile, seed: int | str) -> Iterator[tuple[Backlog, Item]]:
    """What waited already, with the age it had: spread evenly between the newest and the oldest of its class."""
    for backlog in profile.backlogs:
        source = profile.sources[backlog.source]
        rng = Random(f"{seed}/backlog/{backlog.queue}/{backlog.rank}")
        for number, days in enumerate(_ages(rng, backlog)):
            item = _item(rng, source, -1 - number, -days * A_DAY)
            item.rank = backlog.rank
            _of_its_class(rng, source, item)
            yield backlog, item


def _of_its_class(rng: Random, source: Source, item: Item) -> None:
    """A kind that can have this class, and a child as such a kind has one."""
    kinds = [kind for kind in source.kinds if kind.classes[item.rank]] or list(source.kinds)
    kind = rng.choices(kinds, [each.share * max(each.classes[item.rank], 1e-9) for each in kinds])[0]
    item.kind, item.child = kind.key, rng.choices(CHILD, kind.child)[0]


def _ages(rng: Random, backlog: Backlog) -> Sequence[float]:
    """In days; the first is the oldest."""
    if not backlog.waiting:
        return []
    most, least = backlog.oldest_days, min(backlog.newest_days, backlog.oldest_days)
    return [most, *(rng.uniform(least, most) for _ in range(backlog.waiting - 1))]
