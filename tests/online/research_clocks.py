"""Every clock of research and of levels, told as a story: how it begins, when it is due, who hears of it and when.
Written by hand from what the force has promised. It begins on a Monday at nine; times are in hours from then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from access.roles import Role
from tests.online.research_scenes import at_an_end, heard, named, researched
from tests.online.scenes import assessed, attributed, level_of, received, triaged

DAY = 24.0


@dataclass
class Scene:
    clock: Any
    cast: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]


def named_by_the_sender(scene: Scene) -> Any:
    return named(scene.rory)


def at_an_address(scene: Scene) -> Any:
    return attributed(scene.rory)


def waits_for_a_sergeant(scene: Scene) -> Any:
    return level_of(assessed(scene.rory, "medium"))


def waits_and_is_very_high(scene: Scene) -> Any:
    return level_of(assessed(scene.rory, "very_high"))


def set_by_the_sergeant(scene: Scene) -> Any:
    """The sergeant ran it: whoever else holds that post does not exist, so the inspector decides."""
    return level_of(assessed(scene.dina, "medium"))


def very_high(scene: Scene) -> Any:
    return assessed(scene.rory, "very_high")


def high(scene: Scene) -> Any:
    return assessed(scene.rory, "high")


def medium(scene: Scene) -> Any:
    return assessed(scene.rory, "medium")


def low(scene: Scene) -> Any:
    return assessed(scene.rory, "low")


def nothing_done(scene: Scene) -> Any:
    return received(scene.rory)


def only_triaged(scene: Scene) -> Any:
    return triaged(scene.rory)


def something_done(scene: Scene) -> Any:
    return researched(triaged(scene.rory), scene.rory)


def nothing_more_to_find(scene: Scene) -> Any:
    """A Monday at nine; somebody is to look again on the Wednesday of the next week."""
    return at_an_end(triaged(scene.rory), scene.dina, days=9)


def something_new(scene: Scene) -> Any:
    return heard(assessed(scene.rory), scene.iris)


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


def _acted_on(when: str, story: Callable[[Scene], Any], due: float) -> Row:
    tells = [(due * 0.5, "dina"), (due * 0.8, "delia"), (due, "dmitri"), (due * 1.5, "sue")]
    return Row("OC4", when, story, due, tells)


FIRST = [(12, "rory"), (19.2, "dina"), (24, "delia"), (36, "dmitri"), (96, "sue")]
THREE_DAYS = [
    *[(72, "dina"), (144, "delia"), (216, "dmitri"), (288, "sue")],
    *[(720, "sue"), (1440, "sue"), (2160, "sue")],
]
TABLE = [
    Row("OC3", "named", named_by_the_sender, 24, FIRST),
    Row("OC3A", "attributed", at_an_address, 24, FIRST),
    Row(
        "OC3R",
        "medium",
        waits_for_a_sergeant,
        24,
        [(0, "dina"), (19.2, "dina"), (24, "delia"), (36, "dmitri"), (48, "sue")],
    ),
    Row(
        "OC3R",
        "very high",
        waits_and_is_very_high,
        4,
        [(0, "dina"), (3.2, "dina"), (4, "delia"), (6, "dmitri"), (8, "sue")],
    ),
    Row(
        "OC3R",
        "own",
        set_by_the_sergeant,
        24,
        [(0, "delia"), (19.2, "delia"), (24, "delia"), (36, "dmitri"), (48, "sue")],
    ),
    _acted_on("very high", very_high, DAY),
    _acted_on("high", high, 7 * DAY),
    _acted_on("medium", medium, 14 * DAY),
    _acted_on("low", low, 30 * DAY),
    Row("OC6", "received", nothing_done, 72, THREE_DAYS),
    Row("OC6", "triaged", only_triaged, 72, THREE_DAYS),
    Row("OC6", "researched", something_done, 72, THREE_DAYS),
    Row(  # nine on the Wednesday, the midnight after it, and three, seven and fourteen days later
        "OC6R",
        "no further research",
        nothing_more_to_find,
        9 * DAY + 15,
        [
            (9 * DAY, "dina"),
            (9 * DAY + 15, "dina"),
            (12 * DAY + 15, "delia"),
            (16 * DAY + 15, "dmitri"),
            (23 * DAY + 15, "sue"),
        ],
    ),
    Row(
        "OC10",
        "news",
        something_new,
        24,
        [(0, "rory"), (12, "rory"), (19.2, "dina"), (24, "delia"), (36, "dmitri"), (48, "sue")],
    ),
]
POSTS = {
    "rory": Role.CHILD_ABUSE_RESEARCHER,
    "dina": Role.CHILD_ABUSE_SERGEANT,
    "delia": Role.CHILD_ABUSE_INSPECTOR,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
}


def moments(row: Row, began: datetime) -> list[tuple[datetime, str]]:
    return [(began + timedelta(hours=after), who) for after, who in row.tells]
