"""Who manages how many, and the fewest moves that bring everybody under what one person can manage. Nothing here is
written: a plan is shown, and somebody decides on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from offenders.codes import HIGH_FIRST, Risk

LOW_FIRST = {risk.value: place for place, risk in enumerate(reversed(HIGH_FIRST))}


@dataclass(frozen=True)
class Managed:
    """One managed person, as the plan needs to know them. `home`: the district they live in; empty = not known."""

    key: Any
    reference: str
    name: str
    manager: Any
    is_registered: bool
    risk: str = Risk.NOT_ASSESSED.value
    home: str = ""


@dataclass(frozen=True)
class Room:
    """What one person can manage: registered sex offenders, and offenders of every kind."""

    registered: int
    all: int


@dataclass(frozen=True)
class Move:
    who: Managed
    to: Any


@dataclass
class Load:
    """What one person manages."""

    registered: int = 0
    all: int = 0
    homes: Counter[str] = field(default_factory=Counter)

    def add(self, who: Managed, number: int = 1) -> None:
        self.registered += number * who.is_registered
        self.all += number
        self.homes[who.home] += number

    def over(self, room: Room) -> int:
        """How many at least have to go to somebody else."""
        return max(0, self.registered - room.registered, self.all - room.all)

    def can_take(self, who: Managed, room: Room) -> bool:
        return self.all < room.all and (not who.is_registered or self.registered < room.registered)


def loads_of(people: Iterable[Managed], managers: Iterable[Any]) -> dict[Any, Load]:
    loads: dict[Any, Load] = defaultdict(Load, {manager: Load() for manager in managers})
    for who in people:
        loads[who.manager].add(who)
    return dict(loads)


def propose(people: Sequence[Managed], rooms: Mapping[Any, Room]) -> list[Move]:
    """The fewest moves: one for each that somebody has too many, the lowest risk first, to whoever has room and the
    fewest, and of those to whoever has others in the same district. Where there is no room for all it is shared as
    evenly as can be. `rooms` holds everybody who may give or take; somebody who leaves has room for none."""
    loads = loads_of(people, rooms)
    left = {manager: _lowest_first(people, manager) for manager in rooms}
    moves: list[Move] = []
    beyond_help: set[Any] = set()
    while (giver := _fullest(loads, rooms, beyond_help)) is not None:
        move = _next(giver, left[giver], loads, rooms)
        if move is None:
            beyond_help.add(giver)
            continue
        left[giver].remove(move.who)
        loads[giver].add(move.who, -1)
        loads[move.to].add(move.who)
        moves.append(move)
    return moves


def _lowest_first(people: Iterable[Managed], manager: Any) -> list[Managed]:
    own = [who for who in people if who.manager == manager]
    return sorted(own, key=lambda who: (LOW_FIRST[who.risk], who.reference))


def _fullest(loads: Mapping[Any, Load], rooms: Mapping[Any, Room], beyond_help: Collection[Any]) -> Any:
    over = {manager: loads[manager].over(room) for manager, room in rooms.items() if manager not in beyond_help}
    found = max(over, key=lambda manager: over[manager], default=None)
    return found if found is not None and over[found] else None


def _next(giver: Any, own: Sequence[Managed], loads: Mapping[Any, Load], rooms: Mapping[Any, Room]) -> Move | None:
    too_many = loads[giver].registered > rooms[giver].registered
    offered = [who for who in own if who.is_registered] if too_many else own
    for fits in (_has_room, _evens_out):
        for who in offered:
            takers = [to for to in rooms if to != giver and fits(giver, to, who, loads, rooms)]
            if takers:
                best = min(takers, key=lambda to: (loads[to].all, -loads[to].homes[who.home] if who.home else 0))
                return Move(who, _near(best, takers, who, loads))
    return None


NEAR = 3
"""So many more somebody may have than the one with the fewest, to keep a district together."""


def _near(best: Any, takers: Sequence[Any], who: Managed, loads: Mapping[Any, Load]) -> Any:
    cheap = [to for to in takers if loads[to].all <= loads[best].all + NEAR]
    return max(cheap, key=lambda to: (loads[to].homes[who.home] if who.home else 0, -loads[to].all))


def _has_room(giver: Any, to: Any, who: Managed, loads: Mapping[Any, Load], rooms: Mapping[Any, Room]) -> bool:
    return loads[to].can_take(who, rooms[to])


def _evens_out(giver: Any, to: Any, who: Managed, loads: Mapping[Any, Load], rooms: Mapping[Any, Room]) -> bool:
    """There is room nowhere: it is still shared, while whoever takes has fewer than whoever gives. Somebody who leaves
    gives everything."""
    if rooms[to].all == 0:
        return False
    return rooms[giver].all == 0 or loads[to].over(rooms[to]) + 1 < loads[giver].over(rooms[giver])


def fingerprint(people: Iterable[Managed]) -> str:
    """Of who manages whom: a plan that was made of something else is not carried out."""
    lines = sorted(f"{who.key} {who.manager} {who.risk} {who.is_registered}" for who in people)
    return sha256("\n".join(lines).encode()).hexdigest()
