"""The forecast tried on months of a simulated force, whose future is known: how often what it said held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from insight.forecast import DAYS_AHEAD, HOURS, Day, forecast, held
from insight.forecast_months import HORIZONS, SEEN, Score
from simulator.engine import Run, What, open_at, simulate
from simulator.profile import Profile

QUEUES = {
    "mash": "Notices not yet reviewed",
    "triage": "Triage hub",
    "phone_first": "Resolution centre, first contact",
    "visor": "ViSOR hub tasks",
    "approvals": "Approvals by a supervisor",
}
DAYS = SEEN + DAYS_AHEAD + 1


@dataclass(frozen=True)
class Tried:
    """One force, and how often what was said of each of its queues held."""

    profile: str
    scores: Sequence[Score]


def days_of(run: Run, queue: str) -> Iterator[tuple[Day, int]]:
    """Each day of 24 hours of a queue, with what waits at its end; named after the day that its noon is in."""
    hours = run.days * HOURS
    arrived, done = [0] * int(hours), [0] * int(hours)
    for each in run.happenings:
        if each.queue == queue and each.at >= 0 and each.what in (What.ARRIVED, What.DONE):
            (arrived if each.what == What.ARRIVED else done)[int(each.at // 60)] += 1
    waiting = len(open_at(run.happenings, -1e-9).get(queue, {}))
    for number in range(int(run.days)):
        these = slice(number * HOURS, (number + 1) * HOURS)
        lowest = waiting
        for came, went in zip(arrived[these], done[these], strict=True):
            waiting += came - went
            lowest = min(lowest, waiting)
        at = (run.starts + timedelta(hours=number * HOURS + HOURS / 2)).astimezone(run.profile.zone)
        yield Day(at.weekday(), tuple(arrived[these]), tuple(done[these]), lowest == 0), waiting


def tried(profile: Profile, seeds: Sequence[int], starts: datetime, *, paths: int) -> Tried:
    """Twelve weeks of the force for each seed: eight that the forecast knows, against the four that came."""
    scores = {queue: Score(name) for queue, name in QUEUES.items()}
    for seed in seeds:
        run = simulate(profile, seed, starts, DAYS)
        for queue, score in scores.items():
            days = list(days_of(run, queue))
            said = forecast([day for day, _ in days[:SEEN]], days[SEEN - 1][1], seed=f"{queue} {seed}", paths=paths)
            was = [waiting for _, waiting in days[SEEN:]]
            for horizon in HORIZONS:
                score.said += 1
                score.right += held(said, was, horizon)
    return Tried(profile.name, list(scores.values()))


def shares(all_tried: Sequence[Tried]) -> tuple[int, int]:
    """How many were said, and how many held, in all forces and queues."""
    scores = [score for each in all_tried for score in each.scores]
    return sum(each.said for each in scores), sum(each.right for each in scores)
