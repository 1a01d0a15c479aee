"""Every clock of approvals, new information and children in contact with an offender, told as a story: how it begins,
when it is due, who hears of it and when. Written by hand from what the force has promised. It begins on a Monday at
nine; times are in days from then, and a working day is a day until Friday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from access.roles import Role
from offenders.models import ChildContact
from offenders.workflow import approvals
from tests.offenders.scenes import managed
from tests.offenders.watch_scenes import (
    a_grandchild,
    approval_of,
    as_it_is,
    at_risk,
    contact_with,
    decided,
    heard,
    low_for_years,
    notice_from,
    proposed,
    shared,
    waiting,
)

HOUR = 1 / 24


@dataclass
class Scene:
    clock: Any
    cast: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]


def _managed(scene: Scene, risk: str = "") -> Any:
    nominal = managed(scene.stella, scene.omar)
    return at_risk(nominal, risk) if risk else nominal


def low(scene: Scene) -> Any:
    return waiting(_managed(scene, "low"), scene.omar)


def high(scene: Scene) -> Any:
    return waiting(_managed(scene, "high"), scene.omar)


def by_the_sergeant(scene: Scene) -> Any:
    """The sergeant of the team wrote it: whoever else holds that post there does not exist, so the inspector's."""
    return waiting(_managed(scene, "low"), scene.stella)


def low_for_an_inspector(scene: Scene) -> Any:
    return waiting(_managed(scene, "medium"), scene.omar, role=Role.OFFENDER_INSPECTOR)


def high_for_an_inspector(scene: Scene) -> Any:
    return waiting(_managed(scene), scene.omar, role=Role.OFFENDER_INSPECTOR)


def news(scene: Scene) -> Any:
    return heard(_managed(scene), scene.olga)


def news_of_reactive(scene: Scene) -> Any:
    """Low for years and not visited; then comes a Monday at nine."""
    nominal = low_for_years(scene.clock, scene.stella, scene.omar)
    approvals.approve(approval_of(proposed(nominal, scene.omar)), by=scene.imran)
    scene.clock.set(datetime(2029, 3, 5, 9, tzinfo=UTC))
    return heard(as_it_is(nominal), scene.olga)


def learned(scene: Scene) -> ChildContact:
    return contact_with(_managed(scene), scene.omar, a_grandchild(scene.omar))


def notice(scene: Scene) -> ChildContact:
    contact = learned(scene)
    notice_from(contact, scene.omar)
    found: ChildContact = as_it_is(contact)
    return found


def told(scene: Scene) -> ChildContact:
    contact = learned(scene)
    shared(notice_from(contact, scene.omar), scene.cora, scene.sam)
    found: ChildContact = as_it_is(contact)
    return found


def known(scene: Scene) -> ChildContact:
    return decided(notice(scene), scene.omar)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story: when it is due, and who is told when, each in days and nights after its beginning."""

    code: str
    when: str
    story: Callable[[Scene], Any]
    due: float
    tells: list[tuple[float, str]]

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


TABLE = [
    Row("RS18", "low", low, 3, [(0, "stella"), (2.4, "stella"), (3, "imran"), (4.5, "dmitri"), (6, "sue")]),
    Row("RS18", "high", high, 1, [(0, "stella"), (0.8, "stella"), (1, "imran"), (1.5, "dmitri"), (2, "sue")]),
    Row("RS18", "own", by_the_sergeant, 3, [(0, "imran"), (2.4, "imran"), (3, "imran"), (4.5, "dmitri"), (6, "sue")]),
    Row("RS18I", "medium", low_for_an_inspector, 3, [(0, "imran"), (2.4, "imran"), (3, "dmitri"), (4.5, "sue")]),
    Row("RS18I", "not assessed", high_for_an_inspector, 1, [(0, "imran"), (0.8, "imran"), (1, "dmitri"), (1.5, "sue")]),
    Row("RS24", "news", news, 2, [(0, "omar"), (1.6, "omar"), (2, "stella"), (3, "imran"), (4, "dmitri")]),
    Row(
        "RS24R",
        "reactive",
        news_of_reactive,
        2,
        [(0, "omar"), (0, "stella"), (1.6, "stella"), (2, "imran"), (3, "dmitri")],
    ),
    Row(
        "RS16",
        "learned",
        learned,
        12 * HOUR,
        [(0, "omar"), (6 * HOUR, "stella"), (9.6 * HOUR, "imran"), (12 * HOUR, "dmitri"), (24 * HOUR, "sue")],
    ),
    Row("RS16S", "notice", notice, 1, [(0.8, "omar"), (1, "stella"), (1.5, "imran"), (2, "dmitri")]),
    Row(  # working days 1, 4, 7, 10, 13 and 20 from a Monday; before the last the clocks go forward
        "RS17",
        "shared",
        told,
        1,
        [(1, "omar"), (4, "omar"), (9, "stella"), (14, "imran"), (17, "dmitri"), (28 - HOUR, "sue")],
    ),
    Row("RS17P", "decided", known, 7, [(0, "omar"), (5.6, "omar"), (7, "stella"), (10.5, "imran"), (14, "dmitri")]),
]
POSTS = {
    "omar": Role.OFFENDER_MANAGER,
    "stella": Role.OFFENDER_SERGEANT,
    "imran": Role.OFFENDER_INSPECTOR,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
}


def moments(row: Row, began: datetime) -> list[tuple[datetime, str]]:
    return [(began + timedelta(days=after), who) for after, who in row.tells]
