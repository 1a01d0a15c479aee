"""The force, hour by hour: what waits is taken by whoever is there, in the order in which the queue ranks it.

Pure: no database and no clock. Everything is drawn from the seed, and what one thing draws does not depend on what
happened to another. Three things always hold, whatever the profile: what arrived in a queue is done or still open;
nobody works on two things at once; nobody works while they are not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from heapq import heappop, heappush
from math import ceil, exp
from random import Random
from typing import Any

from simulator.arriving import A_DAY, MINUTES, Item, arrivals, waiting_before
from simulator.profile import CLOSEST_TO_BREACH, HOURS, Profile, Queue, Team
from simulator.rota import Rota


class What(StrEnum):
    """What happens to a piece of work in a queue."""

    ARRIVED = "arrived"
    BEGAN = "began"
    REACHED = "reached"  # whoever went is there
    PUT_DOWN = "put_down"  # the turn ended: somebody else goes on
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Happening:
    """`at`: minutes since the simulation began. `post`: whose number in the team; -1 = nobody's."""

    at: float
    what: What
    queue: str
    item: Item
    post: int = -1


@dataclass(slots=True)
class Post:
    """One place on a rota: whoever holds it does one thing at a time."""

    number: int
    lane: int
    is_there: bool = False
    came: float = 0
    item: Item | None = None
    since: float = 0
    turn: int = 0  # what was planned for an earlier turn is void


TRAVEL_SPREAD = 0.5  # of the logarithm of minutes on the way. Ours
REACHES, ENDS, COMES, STRIKES = range(4)
"""In this order at the same minute: what was under way, what comes in, then who comes and goes."""


@dataclass
class Run:
    """Everything that happened, in the order of time. `days` may end within a day, at a full hour."""

    profile: Profile
    starts: datetime
    days: float
    happenings: list[Happening] = field(default_factory=list)
    work: list[tuple[str, int, float, float]] = field(default_factory=list)
    """Team, post, from, until: each stretch somebody worked."""
    turns: list[tuple[str, int, float, float]] = field(default_factory=list)
    """Team, post, from, until: each stretch somebody was there."""


class Engine:
    def __init__(self, profile: Profile, seed: int | str, starts: datetime, days: float) -> None:
        self.profile, self.seed, self.hours = profile, seed, round(days * HOURS)
        self.rota = Rota(profile, seed, starts, self.hours)
        self.run = Run(profile, starts, days)
        self._heap: list[tuple[float, int, int, Any]] = []
        self._order = 0
        self._waiting: dict[tuple[str, int], list[tuple[float, float, int, Item]]] = {}
        self._posts = {
            key: [_post(team, n) for n in range(team.posts + team.lent)] for key, team in profile.teams.items()
        }
        self._served = {key: [q for q in profile.queues.values() if q.team == key] for key in profile.teams}
        self._count = dict.fromkeys(profile.teams, 0)

    def simulate(self) -> Run:
        for backlog, item in waiting_before(self.profile, self.seed):
            self._put(item.since if item.since < 0 else 0, item, backlog.queue)
        for item in arrivals(self.profile, self.seed, self.rota):
            self._plan(item.since, COMES, (item, self.profile.sources[item.source].into))
        for hour in range(self.hours):
            self._plan(hour * MINUTES, STRIKES, hour)
        end = self.hours * MINUTES
        while self._heap and self._heap[0][0] < end:
            at, what, _, about = heappop(self._heap)
            self._live(at, what, about)
        self._stop_everybody(end)
        self.run.happenings.sort(key=lambda each: each.at)
        return self.run

    def _live(self, at: float, what: int, about: Any) -> None:
        if what == STRIKES:
            self._strike(at, about)
        elif what == COMES:
            self._put(at, *about)
        else:
            self._goes_on(at, what, *about)

    def _plan(self, at: float, what: int, about: Any) -> None:
        self._order += 1
        heappush(self._heap, (at, what, self._order, about))

    def _say(self, at: float, what: What, item: Item, post: int = -1) -> None:
        self.run.happenings.append(Happening(at, what, item.queue, item, post))

    # Work comes in, and goes on to where it is done next

    def _put(self, at: float, item: Item, key: str) -> None:
        queue = self.profile.queues[key]
        item.queue, item.came, item.reached = key, at, None
        item.passed.append(key)
        # Of the item alone: what this one draws does not depend on what happened to any other.
        draw = Random(f"{self.seed}/{key}/{item.source}/{item.number}")
        item.left = queue.median_minutes * exp(draw.gauss(0, queue.spread))
        item.drawn = queue.travel_minutes * exp(draw.gauss(0, TRAVEL_SPREAD))
        item.travel, item.left, item.goes_on = item.drawn, item.left + item.drawn, draw.random()
        self._say(at, What.ARRIVED, item)
        if not queue.team:
            self._plan(max(at, 0) + item.left, ENDS, (None, item, 0))
            return
        item.lane = item.number % self.profile.teams[queue.team].lanes
        self._wait(item, queue)
        if at >= 0:
            self._give(self.profile.teams[queue.team], at)

    def _wait(self, item: Item, queue: Queue, *, at_once: bool = False) -> None:
        """In the place the queue gives it; what somebody has begun and put down comes before everything."""
        due = item.since + queue.due_hours[item.rank] * MINUTES
        place = (due, item.since) if queue.order == CLOSEST_TO_BREACH else (item.rank, item.since)
        self._order += 1
        heappush(
            self._waiting.setdefault((queue.key, item.lane), []),
            (*((-1.0, item.since) if at_once else place), self._order, item),
        )
        self._count[queue.team] += 1

    def _next(self, team: Team, lane: int) -> Item | None:
        """What this team does next; of its queues the first that holds anything of the best place."""
        heaps = [heap for queue in self._served[team.key] if (heap := self._waiting.get((queue.key, lane)))]
        if not heaps:
            return None
        self._count[team.key] -= 1
        return heappop(min(heaps, key=lambda heap: heap[0][:3]))[3]

    # Who is there takes what waits

    def _strike(self, at: float, hour: int) -> None:
        """The hour strikes: some go, some come, some are lent."""
        for key, team in self.profile.teams.items():
            there = set(self.rota.there(team, hour))
            there.update(range(team.posts, team.posts + self._lent(team, bool(there))))
            posts = self._posts[key]
            for post in posts:
                if post.is_there and post.number not in there:
                    self._leaves(team, post, at)
            for post in posts:
                if not post.is_there and post.number in there:
                    post.is_there, post.came = True, at
                    if post.item:
                        self._works(post, at)
            self._give(team, at)

    def _lent(self, team: Team, anybody: bool) -> int:
        """How many others lend for an hour: more where more waits, nobody where nobody is on duty to show them."""
        over = self._count[team.key] - team.lent_above
        return min(team.lent, ceil(over / team.lent_each)) if anybody and over > 0 else 0

    def _leaves(self, team: Team, post: Post, at: float) -> None:
        item, post.is_there = post.item, False
        self.run.turns.append((team.key, post.number, post.came, at))
        if item is None:
            return
        self._pause(team, post, item, at)
        if team.hands_over or post.number >= team.posts:
            post.item = None
            if item.reached is None:  # nobody had got there: the next has to travel again
                item.left, item.travel = item.left - item.travel + item.drawn, item.drawn
            self._say(at, What.PUT_DOWN, item, post.number)
            self._wait(item, self.profile.queues[item.queue], at_once=True)

    def _pause(self, team: Team, post: Post, item: Item, at: float) -> None:
        worked = at - post.since
        item.left, item.travel = max(item.left - worked, 0), max(item.travel - worked, 0)
        self.run.work.append((team.key, post.number, post.since, at))
        post.turn += 1

    def _give(self, team: Team, at: float) -> None:
        """Everybody who is there and free takes what comes first."""
        for post in self._posts[team.key]:
            if post.is_there and post.item is None and (item := self._next(team, post.lane)):
                post.item = item
                self._say(at, What.BEGAN, item, post.number)
                self._works(post, at)

    def _works(self, post: Post, at: float) -> None:
        item = post.item
        assert item  # noqa: S101 - only called for somebody who has something
        post.since = at
        post.turn += 1
        if item.reached is None:
            self._plan(at + item.travel, REACHES, (post, item, post.turn))
        self._plan(at + item.left, ENDS, (post, item, post.turn))

    def _goes_on(self, at: float, what: int, post: Post | None, item: Item, turn: int) -> None:
        if post is None:
            self._is_done(at, item, -1)
        elif post.turn != turn or post.item is not item:
            return
        elif what == REACHES:
            item.reached, item.travel = at, 0
            if self.profile.queues[item.queue].travel_minutes:
                self._say(at, What.REACHED, item, post.number)
        else:
            team = self.profile.teams[self.profile.queues[item.queue].team]
            self._pause(team, post, item, at)
            post.item = None
            self._is_done(at, item, post.number)
            self._give(team, at)

    def _is_done(self, at: float, item: Item, post: int) -> None:
        queue = self.profile.queues[item.queue]
        self._say(at, What.DONE, item, post)
        until = 0.0
        for where, share in queue.then.items():
            until += share
            if item.goes_on < until:
                return self._put(at, item, where)
        return None

    def _stop_everybody(self, end: float) -> None:
        for key, posts in self._posts.items():
            for post in posts:
                if post.is_there:
                    self.run.turns.append((key, post.number, post.came, end))
                if post.is_there and post.item:
                    self.run.work.append((key, post.number, post.since, end))


def _post(team: Team, number: int) -> Post:
    return Post(number, number % team.lanes)


def simulate(profile: Profile, seed: int | str, starts: datetime, days: float) -> Run:
    """`days` of this force from `starts` (aware) on."""
    return Engine(profile, seed, starts, days).simulate()


def without_what_was_over(run: Run, minute: float) -> Run:
    """Only what was still going on at that minute or came in later, each with the whole of its life."""
    last = {id(each.item): each for each in run.happenings}
    over = {key for key, each in last.items() if each.what == What.DONE and each.at < minute}
    return replace(run, happenings=[each for each in run.happenings if id(each.item) not in over])


def open_at(happenings: Iterable[Happening], minute: float) -> dict[str, dict[int, Happening]]:
    """What is open in each queue at that minute: when each came into it, by the identity of the item."""
    found: dict[str, dict[int, Happening]] = {}
    for each in happenings:
        if each.at > minute:
            break
        if each.what == What.ARRIVED:
            found.setdefault(each.queue, {})[id(each.item)] = each
        elif each.what == What.DONE:
            found.setdefault(each.queue, {}).pop(id(each.item))
    return found


def days_old(happening: Happening, minute: float) -> float:
    """How old the piece of work was then, counted from when the force first knew."""
    return (minute - happening.item.since) / A_DAY


def by_queue(happenings: Sequence[Happening]) -> Iterator[tuple[str, list[Happening]]]:
    for key in dict.fromkeys(each.queue for each in happenings):
        yield key, [each for each in happenings if each.queue == key]
