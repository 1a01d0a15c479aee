"""Every clock of the register, told as a story: how it begins, when it is due, who hears of it and when. Written by
hand from what the force has promised. It begins on a Monday at nine; times are in hours from then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from access.roles import Role
from access.time import now
from online.workflow.cases import not_seen_elsewhere, seen_elsewhere
from tests.online.register_scenes import offered, unreadable
from tests.online.scenes import received, triaged

DAY = 24.0
NICHE = {"system": "Niche", "ref": "44260012345"}


@dataclass
class Scene:
    clock: Any
    cast: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]


def fresh(scene: Scene) -> Any:
    return received(scene.rory)


def looked_at(scene: Scene) -> Any:
    """Rory has it from now on."""
    return triaged(scene.rory)


def not_there_after_all(scene: Scene) -> Any:
    """Recorded as visible, and nobody finds it: the time counts from when it was received."""
    case = seen_elsewhere(received(scene.rory), by=scene.rory, at=now(), **NICHE)
    return not_seen_elsewhere(case, by=scene.rory, because="The number belongs to a burglary")


def a_row(scene: Scene) -> Any:
    return unreadable(scene.rory)


def an_offer(scene: Scene) -> Any:
    return offered(received(scene.rory), scene.dina)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story: when it is due, and who is told when, each in hours after its beginning."""

    code: str
    when: str
    story: Callable[[Scene], Any]
    due: float
    tells: list[tuple[float, str]]

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


SEEN = [(12, "rory"), (19.2, "dina"), (24, "delia"), (36, "dmitri"), (96, "sue")]
TABLE = [
    Row("OC1", "received", fresh, 8, [(0, "rory"), (6.4, "dina"), (8, "delia"), (12, "dmitri"), (32, "sue")]),
    Row("OC2", "received", fresh, 24, SEEN),
    Row("OC2", "triaged", looked_at, 24, SEEN),
    Row("OC2", "not there after all", not_there_after_all, 24, SEEN),
    Row("OC5", "received", fresh, 30 * DAY, [(30 * DAY, "delia"), (60 * DAY, "dmitri"), (90 * DAY, "sue")]),
    Row("OC1R", "unreadable", a_row, 24, [(0, "rory"), (19.2, "dina"), (24, "delia"), (36, "dmitri"), (96, "sue")]),
    Row(  # two working days from a Monday are two days
        "OC18",
        "offered",
        an_offer,
        2 * DAY,
        [(38.4, "dina"), (48, "dina"), (72, "delia"), (96, "dmitri"), (192, "sue")],
    ),
]
POSTS = {
    "rory": Role.CHILD_ABUSE_RESEARCHER,
    "dina": Role.CHILD_ABUSE_SERGEANT,
    "delia": Role.CHILD_ABUSE_INSPECTOR,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
}


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
