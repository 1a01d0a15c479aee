"""Every clock of the children whom an online case concerns and of enforcement, told as a story: how it begins, when it
is due, who hears of it and when. Written by hand from what the force has promised. It begins on a Monday at nine; times
are in hours from then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from access.roles import Role
from online.models import Enforcement
from online.workflow.enforcing import carry_out, plan_enforcement
from tests.online.gate_scenes import maisie, notice_from, overridden, very_high
from tests.online.scenes import as_it_is, assessed, attributed, check_of, child_of, plan, with_a_child, without_a_child

DAY = 24


@dataclass
class Scene:
    clock: Any
    cast: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]


def looked_for(scene: Scene) -> Any:
    return check_of(attributed(scene.rory))


def looked_for_soon(scene: Scene) -> Any:
    """Very high before anybody has looked: four hours from when the address was attributed."""
    return check_of(assessed(scene.rory, "very_high"))


def linked(scene: Scene) -> Any:
    return child_of(attributed(scene.rory), scene.rory)


def linked_soon(scene: Scene) -> Any:
    return maisie(with_a_child(scene.rory, scene.dina, "very_high"))


def raised(scene: Scene) -> Any:
    """Linked first, and then the level rises."""
    case = with_a_child(scene.rory, scene.dina)
    return maisie(very_high(case, scene.cast))


def noticed(scene: Scene) -> Any:
    """The end of the next day: 39 hours from nine on Monday."""
    child = linked(scene)
    notice_from(child, scene.rory)
    return as_it_is(child)


def noticed_soon(scene: Scene) -> Any:
    """The end of the same day: 15 hours from nine."""
    child = linked_soon(scene)
    notice_from(child, scene.rory)
    return as_it_is(child)


def noticed_and_raised(scene: Scene) -> Any:
    case = with_a_child(scene.rory, scene.dina)
    notice_from(maisie(case), scene.rory)
    return maisie(very_high(case, scene.cast))


def decided(scene: Scene) -> Any:
    return overridden(with_a_child(scene.rory, scene.dina), scene.delia)


def happened(scene: Scene) -> Any:
    """A warrant is carried out, and a child had become known since it was planned."""
    case = without_a_child(scene.rory, scene.dina)
    enforcement = plan_enforcement(Enforcement(), by=scene.dina, case=case, facts=plan())
    child_of(case, scene.rory)
    about = {"done_at": scene.clock.at, "result": "One man arrested", "children_seen": "yes", "devices": 1}
    return carry_out(enforcement, by=scene.iris, although="The door stood open", **about).happened


def in_touch(scene: Scene) -> Any:
    return linked(scene)


def planned(scene: Scene) -> Any:
    """Planned for ten: nothing is recorded by two."""
    case = without_a_child(scene.rory, scene.dina)
    facts = plan(planned_for=scene.clock.at + timedelta(hours=1))
    return plan_enforcement(Enforcement(), by=scene.dina, case=case, facts=facts)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story: when it is due, and who is told when, each in hours after nine on Monday."""

    code: str
    when: str
    story: Callable[[Scene], Any]
    due: float
    tells: list[tuple[float, str]]
    began: float = 0

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


def _looked_for(due: float) -> list[tuple[float, str]]:
    people = ["rory", "dina", "delia", "dmitri", "sue"]
    return [(due * share, who) for share, who in zip([0, 0.5, 1, 1.5, 2], people, strict=True)]


def _notice(due: float) -> list[tuple[float, str]]:
    people = ["rory", "dina", "delia", "dmitri", "sue"]
    return [(due * share, who) for share, who in zip([0, 0.5, 0.8, 1, 2], people, strict=True)]


def _discussion(due: float) -> list[tuple[float, str]]:
    people = ["sam", "dina", "delia", "dmitri", "sue"]
    return [(due * share, who) for share, who in zip([0, 0, 0.8, 1, 1.5], people, strict=True)]


OWED = [(0, "delia"), (0, "sam"), (3.2, "delia"), (4, "dmitri"), (6, "sue")]
TABLE = [
    Row("OC7", "attributed", looked_for, 24, _looked_for(24)),
    Row("OC7", "very high", looked_for_soon, 4, _looked_for(4)),
    Row("OC8", "known", linked, 24, _notice(24)),
    Row("OC8", "very high", linked_soon, 4, _notice(4)),
    Row("OC8", "raised", raised, 4, _notice(4)),
    Row("OC9", "noticed", noticed, 39, _discussion(39)),
    Row("OC9", "very high", noticed_soon, 15, _discussion(15)),
    Row("OC9", "raised", noticed_and_raised, 15, _discussion(15)),
    Row("OC9O", "decided", decided, 4, OWED),
    Row("OC9O", "happened", happened, 4, OWED),
    Row("OC19", "planned", planned, 5, [(3, "iris"), (5, "dina"), (7, "delia"), (9, "dmitri")], began=1),
]
AGAIN = Row(
    "OC16",
    "linked",
    in_touch,
    14 * DAY,
    [(14 * n * DAY, who) for n, who in enumerate(["iris", "dina", "delia", "dmitri", "sue", "sue"], start=1)],
)
POSTS = {
    "rory": Role.CHILD_ABUSE_RESEARCHER,
    "iris": Role.CHILD_ABUSE_INVESTIGATOR,
    "dina": Role.CHILD_ABUSE_SERGEANT,
    "delia": Role.CHILD_ABUSE_INSPECTOR,
    "sam": Role.MASH_SERGEANT,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
}


def moments(row: Row, nine: datetime) -> list[tuple[datetime, str]]:
    return [(nine + timedelta(hours=after), who) for after, who in row.tells]
