"""The invented force on which the simulation plays: who works in it, where its families live, whom it manages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from access.roles import Role
from access.time import holding
from accounts.models import User
from demo.agencies import open_agencies
from demo.figures import Figures
from demo.offender_staff import STAFF
from demo.people import (
    BY_PHONE,
    CANNOT_SIGN_IN,
    CAST,
    COLLEAGUES,
    CONTROL_ROOM,
    HUB,
    MASH,
    OFFENDERS,
    OFFENDERS_EAST,
    OFFENDERS_SOUTH,
    OFFENDERS_WEST,
    RESPONSE,
    VISOR,
    Player,
    hire,
)
from demo.scene import Scene
from demo.seed import schools_are_told_of_missing_children
from demo.town import build
from demo.writing import Writer, texts
from simulator.arriving import MINUTES, Item
from simulator.engine import Happening, Run

LANES = [OFFENDERS, OFFENDERS_EAST, OFFENDERS_SOUTH, OFFENDERS_WEST]
POSTS: dict[str, tuple[Role, str]] = {
    "crews": (Role.OFFICER, RESPONSE),
    "hub": (Role.TRIAGE_OFFICER, HUB),
    "phone": (Role.RESOLUTION_OFFICER, BY_PHONE),
    "mash": (Role.COORDINATOR, MASH),
    "mash_sergeants": (Role.MASH_SERGEANT, MASH),
    "visor": (Role.HUB_ADMINISTRATOR, VISOR),
    "sergeants": (Role.OFFENDER_SERGEANT, ""),
    "managers": (Role.OFFENDER_MANAGER, ""),
    "officers": (Role.OFFICER, RESPONSE),
    "call_takers": (Role.CONTACT_OFFICER, CONTROL_ROOM),
}
"""What each team of a profile is in Longstop; "" = the team of its lane."""
HIRED, BEFORE = timedelta(days=400), timedelta(days=3)


@dataclass
class Stage:
    run: Run
    begins: datetime
    scene: Scene
    staff: dict[str, list[User]]
    refused: list[str] = field(default_factory=list)
    """What a verb would not do, in its own words: nothing that was simulated is dropped in silence."""

    def at(self, minutes: float) -> datetime:
        return self.run.starts + timedelta(minutes=minutes)

    @property
    def ends(self) -> datetime:
        return self.run.starts + timedelta(days=self.run.days)

    def who(self, team: str, post: int) -> User:
        everybody = self.staff[team]
        return everybody[post % len(everybody)]

    def anybody(self, team: str) -> User:
        return self.scene.rng.choice(self.staff[team])

    def conduct(self, name: str) -> float:
        return self.run.profile.conduct.get(name, 0)

    def lives(self, *sources: str) -> Iterator[tuple[Item, list[Happening]]]:
        """Each piece of work of these sources and everything that happened to it, the oldest first."""
        found: dict[int, list[Happening]] = {}
        for each in self.run.happenings:
            if each.item.source in sources:
                found.setdefault(id(each.item), []).append(each)
        for happened in sorted(found.values(), key=lambda each: (each[0].item.since, each[0].item.number)):
            yield happened[0].item, happened


def oldest(run: Run) -> float:
    """Days before the beginning from which the oldest piece of work comes."""
    return max((-each.item.since / MINUTES / 24 for each in run.happenings), default=0)


def build_stage(run: Run, seed: int | str, password_hash: str = CANNOT_SIGN_IN) -> Stage:
    """Everybody hired, every town built, as it was before the oldest piece of work came in. `password_hash`: with which
    the cast signs in, if at all."""
    begins = run.starts - timedelta(days=oldest(run)) - BEFORE
    with holding(begins):
        people = hire(begins - HIRED, password_hash=password_hash)
        people |= hire(begins - HIRED, players=[*COLLEAGUES, *STAFF])
        staff = {team: list(hire(begins - HIRED, players=players).values()) for team, players in _players(run, seed)}
        build(people["ines"])
        schools_are_told_of_missing_children(people["ines"])
        agencies = open_agencies()
    number = Random(f"{seed}/words").randrange(2**32)
    ends = run.starts + timedelta(days=run.days)
    scene = Scene(ends, Figures(), people, agencies, writer=Writer(number), rng=Random(number))
    return Stage(run, begins, scene, staff)


def _players(run: Run, seed: int | str) -> Iterator[tuple[str, list[Player]]]:
    names, rng = texts("names"), Random(f"{seed}/names")
    taken = {f"{player.first_name} {player.last_name}" for player in [*CAST, *COLLEAGUES, *STAFF]}
    for team, (role, house_team) in POSTS.items():
        players: list[Player] = []
        while len(players) < _how_many(run, team):
            first, last = rng.choice(names[rng.choice(["she", "he"])]), rng.choice(names["surnames"])
            if f"{first} {last}" not in taken:
                taken.add(f"{first} {last}")
                at = house_team or LANES[len(players) % len(LANES)]
                players.append(Player(f"{team.replace('_', '')}-{len(players) + 1}", first, last, role, at))
        yield team, players


def _how_many(run: Run, team: str) -> int:
    known = run.profile.teams.get(team)
    if known is None:
        return max(len(LANES), round(run.profile.conduct.get(team, 0)))
    return max(known.posts + known.lent, len(LANES) if team == "sergeants" else 1)
