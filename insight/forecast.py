"""When a queue clears or breaks, if it goes on as it did: plain Python, no database, the same answer each time.

What came in and what was finished, day by day and hour by hour, is lived again: days are drawn with replacement from
the queue's own past and put together to many possible months. Nobody finishes what is not there, so a completion takes
from what waits and never from nothing. What is not known of the past (it is short) widens what is said of the future.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from random import Random

HOURS = 24
DAYS_AHEAD = 28
LEAST_DAYS = 28
PATHS = 300
LOWER, UPPER = 0.1, 0.9
"""Of ten months that could follow, one is below and one above: the interval holds eight."""
HALF_LIFE = 21.0
"""Days after which what was seen counts half: a queue that changes is believed."""
PRIOR_WEEKS = 1.0
"""How many weeks the other days of its kind weigh, where one day of the week was seen few times."""
LEAST_OPEN = 7
"""Days on which work was left over, before what can be finished in a day is learned from them alone."""
STEERED = -2.6
"""Dickey-Fuller: a queue that nobody steers looks as steered as this in one of ten pasts."""
CHANCE = 5.0
"""Divided by the days seen: how strong a pull chance alone seems to have (the mean of the same distribution)."""
MOSTLY_DRY = 0.35
"""Share of days on which nothing was left: there it is the empty queue that holds the numbers together."""
CLEAR = 0.5
WORKED = 0.25
"""A day with less than this share of the busiest day's completions is one on which that work is not done."""


@dataclass(frozen=True)
class Day:
    """One day as it was. `arrived`, `done`: for each local hour. `ran_dry`: at some hour nothing was left to do."""

    weekday: int
    arrived: tuple[float, ...]
    done: tuple[float, ...]
    ran_dry: bool = False


@dataclass(frozen=True)
class WhatIf:
    """What could be changed. `people` more (or fewer) from day number `from_day` on (0 = what is left of today), each
    of whom finishes `each` a day on days when the work is done; `arrivals`: 1.13 = thirteen in a hundred more."""

    people: float = 0
    from_day: int = 1
    each: float = 0.0
    arrivals: float = 1.0


AS_IT_IS = WhatIf()


@dataclass(frozen=True)
class Ahead:
    """The end of one day to come: half of the months are below `median`, eight of ten between `low` and `high`."""

    number: int
    low: int
    median: int
    high: int


@dataclass(frozen=True)
class Forecast:
    """What may follow. Shares are of the months that were lived; a day is None where fewer than half get there."""

    days: tuple[Ahead, ...]
    clears: float
    clears_on: int | None
    breaks: float
    breaks_on: int | None
    a_day_in: float
    a_day_out: float


class TooLittleKnown(ValueError):
    """There is not enough of the past to say anything. The message is plain English, for the person."""


@dataclass(frozen=True)
class Steering:
    """More is finished when more waits, and less when less does: others help out, and go again. `pull`: the share of
    what waits beyond the `usual` that is finished more in a day; 0 = the past does not show it. `calm`: how far days
    differ by chance, as a share of how far they do; the rest was the pull itself."""

    usual: float = 0.0
    pull: float = 0.0
    calm: float = 1.0


@dataclass
class Rhythm:
    """One stream, arrivals or completions: how much on each day of the week, when in the day, how far days differ."""

    levels: list[float] = field(default_factory=list)
    shares: list[list[float]] = field(default_factory=list)
    factors: dict[bool, list[float]] = field(default_factory=dict)
    unsure: float = 0.0

    def draw(self, weekday: int, rng: Random, level: float, calm: float) -> float:
        return self.levels[weekday] * (1 + calm * (rng.choice(self.factors[weekday > 4]) - 1)) * level

    def level(self, rng: Random, calm: float) -> float:
        """How far the true level may be from the one that was seen: drawn once for each month."""
        return max(0.0, rng.gauss(1.0, self.unsure * calm))


def forecast(
    history: Sequence[Day],
    backlog: int,
    *,
    seed: str,
    limit: int | None = None,
    what_if: WhatIf = AS_IT_IS,
    hours_gone: int = 0,
    days: int = DAYS_AHEAD,
    paths: int = PATHS,
) -> Forecast:
    """What may follow the last day of `history`, with so much waiting. Raises TooLittleKnown.

    Day number 0 is the day after the last one of `history`; of it so many `hours_gone` are over. `seed` makes it the
    same each time; a what-if with the same seed lives the same days.
    """
    if len(history) < LEAST_DAYS:
        raise TooLittleKnown(
            f"Too little is known: {len(history)} days have been seen, and a forecast needs at least {LEAST_DAYS}."
        )
    coming, going = rhythm([each.arrived for each in history], history), capacity(history)
    first = (history[-1].weekday + 1) % 7
    weekdays = [(first + number) % 7 for number in range(days + 1)]
    spans = [_spans(coming, going, weekday, 0 if number else hours_gone) for number, weekday in enumerate(weekdays)]
    rng = Random(seed)  # noqa: S311 - the same each time is what is wanted
    steering = steering_of(history, backlog)
    lived = [_live(rng, coming, going, weekdays, spans, float(backlog), what_if, steering) for _ in range(paths)]
    return _said(lived, coming, going, limit, what_if)


def rhythm(values: Sequence[Sequence[float]], days: Sequence[Day]) -> Rhythm:
    """What one stream is like, from what was seen of it: the newest days count most."""
    found = Rhythm()
    weights = [0.5 ** ((len(days) - 1 - place) / HALF_LIFE) for place in range(len(days))]
    kinds = [day.weekday > 4 for day in days]
    totals = [sum(each) for each in values]
    means = {kind: _mean_of(kind, kinds, totals, weights) for kind in (False, True)}
    for weekday in range(7):
        own = [place for place, day in enumerate(days) if day.weekday == weekday]
        weight = sum(weights[place] for place in own)
        seen = sum(totals[place] * weights[place] for place in own)
        found.levels.append((seen + PRIOR_WEEKS * means[weekday > 4]) / (weight + PRIOR_WEEKS))
        found.shares.append(_shares(values, days, weekday))
    for kind in (False, True):
        pool = [totals[place] / found.levels[day.weekday] for place, day in enumerate(days)
                if kinds[place] == kind and found.levels[day.weekday] > 0]  # fmt: skip
        found.factors[kind] = _around_one(pool)
    found.unsure = _unsure(totals, found.levels, days, weights)
    return found


def steering_of(history: Sequence[Day], backlog: int) -> Steering:
    """Whether what waited was drawn back to what usually waits: the change of each day against what waited before it
    (Dickey and Fuller 1979). Only where that is hardly chance, and less the pull that chance alone seems to have."""
    if sum(day.ran_dry for day in history) > MOSTLY_DRY * len(history):
        return Steering()
    changes = [sum(day.arrived) - sum(day.done) for day in history]
    before = [backlog - sum(changes[place:]) for place in range(len(changes))]
    usual = sum(before) / len(before)
    means = [_mean_of_weekday(weekday, history, changes) for weekday in range(7)]
    moved = [change - means[day.weekday] for change, day in zip(changes, history, strict=True)]
    apart = [each - usual for each in before]
    squares = sum(each * each for each in apart)
    if not squares or backlog > _quantile(sorted(before), UPPER):
        return Steering()  # more waits than it was ever held to: nobody holds it now
    slope = sum(m * a for m, a in zip(moved, apart, strict=True)) / squares
    left = sum((m - slope * a) ** 2 for m, a in zip(moved, apart, strict=True)) / len(history)
    if not left or slope / sqrt(left / squares) > STEERED:
        return Steering()
    streams = _spread([sum(day.arrived) for day in history], history) + _spread([sum(d.done) for d in history], history)
    calm = min(sqrt(left / streams), 1.0) if streams else 1.0
    return Steering(usual, min(max(-slope - CHANCE / len(history), 0.0), 1.0), calm)


def _spread(totals: Sequence[float], history: Sequence[Day]) -> float:
    """How far the days of one stream differ from others of their name: the variance."""
    means = [_mean_of_weekday(weekday, history, totals) for weekday in range(7)]
    return sum((each - means[day.weekday]) ** 2 for each, day in zip(totals, history, strict=True)) / len(history)


def _mean_of_weekday(weekday: int, history: Sequence[Day], changes: Sequence[float]) -> float:
    own = [change for change, day in zip(changes, history, strict=True) if day.weekday == weekday]
    return sum(own) / len(own) if own else 0.0


def _mean_of(kind: bool, kinds: Sequence[bool], totals: Sequence[float], weights: Sequence[float]) -> float:
    own = [place for place, each in enumerate(kinds) if each == kind]
    return _mean([totals[place] for place in own], [weights[place] for place in own])


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    whole = sum(weights)
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / whole if whole else 0.0


def _around_one(pool: list[float]) -> list[float]:
    mean = sum(pool) / len(pool) if pool else 0.0
    return [each / mean for each in pool] if mean else [1.0]


def _shares(values: Sequence[Sequence[float]], days: Sequence[Day], weekday: int) -> list[float]:
    """When in the day: the hours of this day of the week, with those of its kind where it was seen few times."""
    own, kind = [0.0] * HOURS, [0.0] * HOURS
    for each, day in zip(values, days, strict=True):
        for hour, number in enumerate(each):
            own[hour] += number * (day.weekday == weekday)
            kind[hour] += number * ((day.weekday > 4) == (weekday > 4))
    whole = sum(kind)
    mixed = [number + PRIOR_WEEKS * alike / whole if whole else 0.0 for number, alike in zip(own, kind, strict=True)]
    total = sum(mixed)
    return [each / total for each in mixed] if total else [1 / HOURS] * HOURS


def _unsure(totals: Sequence[float], levels: Sequence[float], days: Sequence[Day], weights: Sequence[float]) -> float:
    """The standard error of the level, as a share of it: how many days it rests on, and how far they differ."""
    expected = [levels[day.weekday] for day in days]
    mean = _mean(expected, weights)
    if not mean:
        return 0.0
    spread = _mean([(t - e) ** 2 for t, e in zip(totals, expected, strict=True)], weights)
    rests_on = sum(weights) ** 2 / sum(weight * weight for weight in weights)
    return sqrt(spread / rests_on) / mean


def capacity(history: Sequence[Day]) -> Rhythm:
    """What can be finished in a day. On a day when nothing was left to do, more could have been: such days say only
    that it was at least so much, and are left out where enough others are known."""
    found = rhythm([each.done for each in history], history)
    full = [day for day in history if not day.ran_dry]
    if len(full) == len(history):
        return found
    for kind in (False, True):
        alike = [day for day in history if (day.weekday > 4) == kind]
        busy = [day for day in alike if not day.ran_dry]
        learned = busy if len(busy) >= min(LEAST_OPEN, len(alike)) else None
        most = max((sum(day.done) for day in alike), default=0.0)
        level = sum(sum(day.done) for day in learned) / len(learned) if learned else most
        for weekday in range(5, 7) if kind else range(5):
            found.levels[weekday] = max(level, found.levels[weekday]) if learned is None else level
        if learned:
            found.factors[kind] = _around_one([sum(day.done) for day in learned])
    return found


Span = tuple[float, float]
"""Of what a day brings and of what is finished in it: the share of a few hours."""


def _spans(coming: Rhythm, going: Rhythm, weekday: int, begins: int) -> list[Span]:
    """The hours of a day from that hour on. Hours in which nobody works are taken together."""
    spans, comes = [], 0.0
    for into, out in zip(coming.shares[weekday][begins:], going.shares[weekday][begins:], strict=True):
        comes += into
        if out:
            spans.append((comes, out))
            comes = 0.0
    return [*spans, (comes, 0.0)]


def _live(
    rng: Random,
    coming: Rhythm,
    going: Rhythm,
    weekdays: list[int],
    spans: list[list[Span]],
    backlog: float,
    what_if: WhatIf,
    steering: Steering,
) -> list[float]:
    """One possible month: what waits at the end of each day."""
    calm = steering.calm
    more, able, ends = coming.level(rng, calm) * what_if.arrivals, going.level(rng, calm), []
    busiest = max(going.levels)
    for number, weekday in enumerate(weekdays):
        arrives, finishes = coming.draw(weekday, rng, more, calm), going.draw(weekday, rng, able, calm)
        if what_if.people and number >= what_if.from_day and going.levels[weekday] >= WORKED * busiest:
            finishes = max(0.0, finishes + what_if.people * what_if.each)
        # What is finished beyond the usual follows what waits in the morning; never less than nothing is.
        finishes = max(0.0, finishes + steering.pull * (backlog - steering.usual))
        for into, out in spans[number]:
            backlog += arrives * into - finishes * out
            if backlog < 0:
                backlog = 0.0
        ends.append(backlog)
    return ends


def _said(lived: list[list[float]], coming: Rhythm, going: Rhythm, limit: int | None, what_if: WhatIf) -> Forecast:
    days = []
    for number in range(len(lived[0])):
        ends = sorted(path[number] for path in lived)
        low, middle, high = (_quantile(ends, share) for share in (LOWER, 0.5, UPPER))
        days.append(Ahead(number, round(low), round(middle), round(high)))
    clears, clears_on = _when(lived, lambda waiting: waiting < CLEAR)
    breaks, breaks_on = _when(lived, lambda waiting: limit is not None and waiting > limit)
    in_, out = sum(coming.levels) / 7 * what_if.arrivals, sum(going.levels) / 7
    return Forecast(tuple(days), clears, clears_on, breaks, breaks_on, in_, out)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Between the two values on either side of it."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _when(lived: list[list[float]], happens: Callable[[float], bool]) -> tuple[float, int | None]:
    """In which share of the months it happens, and on which day half of them have come to it."""
    firsts = sorted(
        next((number for number, waiting in enumerate(path) if happens(waiting)), len(path)) for path in lived
    )
    there = sum(first < len(lived[0]) for first in firsts)
    middle = firsts[(len(firsts) - 1) // 2]
    return there / len(lived), middle if middle < len(lived[0]) else None


def held(said: Forecast, was: Sequence[int], number: int) -> bool:
    """Whether what waited at the end of that day lies in the interval that had been said."""
    day = said.days[number]
    return day.low <= was[number] <= day.high
