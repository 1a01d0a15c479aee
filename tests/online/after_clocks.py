"""Every clock of what follows enforcement, told as a story: how it begins, when it is due, who hears of it and when.
Written by hand from what the force has promised. It begins on a Monday at nine; times are in days from then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from access.roles import Role
from access.time import now
from online.models import Bail
from online.workflow import bail, suspects
from tests.online.after_scenes import (
    arrested_in,
    bail_of,
    device_in,
    examined,
    on_bail,
    plan_of,
    referral_of,
    referred,
    searched,
    works_at_a_nursery,
)


@dataclass
class Scene:
    clock: Any
    cast: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]


def works(scene: Scene) -> Any:
    return referral_of(works_at_a_nursery(searched(scene.cast), scene.rory))


def told(scene: Scene) -> Any:
    return referred(works(scene), scene.iris)


def with_a_child(scene: Scene) -> Bail:
    """For sixty days, and a child is linked."""
    return on_bail(scene.cast)


def without_a_child(scene: Scene) -> Bail:
    return bail_of(arrested_in(searched(scene.cast), scene.iris), scene.iris)


def longer(scene: Scene) -> Bail:
    """An inspector extends it to a hundred and fifty days."""
    return bail.bail_extended(
        with_a_child(scene),
        by=scene.iris,
        rule="inspector",
        authorised_by="Inspector Ida Marrow",
        until=now() + timedelta(days=150),
        because="The telephone is still being examined",
    )


def broken(scene: Scene) -> Bail:
    return bail.bail_breached(with_a_child(scene), by=scene.iris, known_at=now(), what="Seen outside her school")


def released(scene: Scene) -> Any:
    return plan_of(with_a_child(scene).suspect)


def seized(scene: Scene) -> Any:
    return device_in(searched(scene.cast), scene.iris)


def looked_at(scene: Scene) -> Any:
    return examined(seized(scene), scene.iris)


def arrest(scene: Scene) -> Any:
    return arrested_in(searched(scene.cast), scene.iris)


def free(scene: Scene) -> Any:
    because = "Bail is not needed: he lives alone"
    return suspects.released_under_investigation(arrest(scene), by=scene.iris, at=now(), because=because)


def carried_out(scene: Scene) -> Any:
    return searched(scene.cast)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story: when it is due, and who is told when, each in days after its beginning."""

    code: str
    when: str
    story: Callable[[Scene], Any]
    due: float
    tells: list[tuple[float, str]]

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


TABLE = [
    Row("OC11", "works", works, 1, [(0, "iris"), (0.5, "dina"), (1, "delia"), (1.5, "dmitri"), (2, "sue")]),
    Row("OC11A", "told", told, 3, [(3, "iris"), (4.5, "dina"), (6, "delia"), (9, "dmitri")]),
    Row(
        "OC12",
        "a child is linked",
        with_a_child,
        60,
        [(32, "iris"), (46, "iris"), (53, "iris"), (53, "dina"), (58, "delia"), (60, "dmitri"), (61, "sue")],
    ),
    Row(
        "OC12",
        "no child",
        without_a_child,
        60,
        [(32, "iris"), (46, "iris"), (53, "iris"), (53, "dina"), (58, "delia"), (60, "delia"), (61, "sue")],
    ),
    Row(
        "OC12",
        "extended",
        longer,
        150,
        [(122, "iris"), (136, "iris"), (143, "iris"), (143, "dina"), (148, "delia"), (150, "dmitri"), (151, "sue")],
    ),
    Row("OC12B", "broken", broken, 1, [(0, "dina"), (0.5, "dina"), (1, "delia"), (2, "dmitri")]),
    Row("OC13", "released", released, 1, [(0, "iris"), (0.5, "dina"), (1, "delia"), (1.5, "dmitri"), (2, "sue")]),
    Row("OC17E", "seized", seized, 90, [(45, "iris"), (72, "dina"), (90, "delia"), (135, "dmitri")]),
    Row(
        "OC17",
        "examined",
        looked_at,
        7,
        [(3.5, "iris"), (5.6, "dina"), (7, "delia"), (14, "dmitri"), (21, "sue")],
    ),
    Row("OC20A", "arrested", arrest, 1, [(0.5, "iris"), (0.8, "dina"), (1, "delia"), (2, "dmitri")]),
    Row("OC20", "free", free, 28, [(28, "dina"), (56, "delia"), (84, "dmitri"), (112, "sue")]),
    Row("OC21", "carried out", carried_out, 28, [(28, "dina"), (56, "delia"), (84, "dmitri")]),
]
POSTS = {
    "iris": Role.CHILD_ABUSE_INVESTIGATOR,
    "dina": Role.CHILD_ABUSE_SERGEANT,
    "delia": Role.CHILD_ABUSE_INSPECTOR,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
}


def moments(row: Row, began: datetime) -> list[tuple[datetime, str]]:
    return [(began + timedelta(days=after), who) for after, who in row.tells]
