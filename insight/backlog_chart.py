"""Where the lines of a backlog's drawing go. Every drawing has a table beside it that says the same in numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from insight.backlog_flow import Span
from insight.forecast import Forecast
from insight.forecast_words import day_of

WIDTH, HEIGHT = 480, 230
LEFT, RIGHT, TOP, BOTTOM = 44, 6, 12, 26
INNER_WIDTH, INNER_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM


@dataclass(frozen=True)
class Mark:
    """A word at a place on an axis. `anchor`: which side of the place the word stands."""

    at: float
    word: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Lines:
    """What waited at the end of each day, and what may wait. Strings are points of a line or of an area."""

    past: str
    median: str
    band: str
    limit: float | None
    today: float
    down: tuple[Mark, ...]
    across: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def lines(days: Sequence[Span], said: Forecast | None, *, today: date, limit: int) -> Lines:
    """The days that were, the last of which is today, and the days that may come."""
    to_come = list(said.days) if said else []
    firsts = [day.first for day in days]
    last = day_of(today, to_come[-1].number) if to_come else today
    span = max(1, (last - firsts[0]).days)
    highest = max([1, *(day.waiting for day in days), *(day.high for day in to_come)])
    shown_limit = limit if limit <= 2 * highest else None
    top = max(highest, shown_limit or 0)

    def across(day: date) -> float:
        return round(LEFT + (day - firsts[0]).days / span * INNER_WIDTH, 1)

    def up(many: float) -> float:
        return round(TOP + INNER_HEIGHT * (1 - many / top), 1)

    def points(pairs: Sequence[tuple[date, float]]) -> str:
        return " ".join(f"{across(day)},{up(many)}" for day, many in pairs)

    past = [(day.first, float(day.waiting)) for day in days]
    ahead = [(day_of(today, each.number), each) for each in to_come]
    upper = [(day, float(each.high)) for day, each in ahead]
    lower = [(day, float(each.low)) for day, each in reversed(ahead)]
    return Lines(
        past=points(past),
        median=points([(day, float(each.median)) for day, each in ahead]),
        band=points([*upper, *lower]),
        limit=up(shown_limit) if shown_limit is not None else None,
        today=across(today),
        down=(Mark(up(0), "0"), Mark(up(top), f"{top}")),
        across=_dates(firsts[0], today, last, across),
    )


def _dates(first: date, today: date, last: date, across: Callable[[date], float]) -> tuple[Mark, ...]:
    begins = Mark(across(first), f"{first:%-d %b}", "start")
    if last - today <= timedelta(days=7):
        return begins, Mark(across(today), f"{today:%-d %b}", "end")
    return begins, Mark(across(today), f"{today:%-d %b}"), Mark(across(last), f"{last:%-d %b}", "end")


@dataclass(frozen=True)
class Bar:
    """One week: two bars beside each other, what came in and what was finished."""

    left: float
    width: float
    came_top: float
    came_height: float
    done_left: float
    done_top: float
    done_height: float


@dataclass(frozen=True)
class Bars:
    bars: tuple[Bar, ...]
    down: tuple[Mark, ...]
    across: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def bars(weeks: Sequence[Span]) -> Bars:
    """What came in and what was finished, week by week."""
    most = max([1, *(each.arrived for each in weeks), *(each.done for each in weeks)])
    step = INNER_WIDTH / max(1, len(weeks))
    width = step * 0.36
    made, marks = [], []
    for place, week in enumerate(weeks):
        came, done = (round(INNER_HEIGHT * many / most, 1) for many in (week.arrived, week.done))
        left, base = round(LEFT + place * step + step * 0.1, 1), TOP + INNER_HEIGHT
        made.append(Bar(left, round(width, 1), base - came, came, round(left + width + 2, 1), base - done, done))
        if place % 2 == 0:
            marks.append(Mark(round(LEFT + (place + 0.5) * step, 1), f"{week.first:%-d %b}"))
    return Bars(tuple(made), (Mark(TOP + INNER_HEIGHT, "0"), Mark(TOP, f"{most}")), tuple(marks))
