"""Every clock of the ViSOR hub, of transfers and of peer scrutiny, told as a story: how it begins, how long it is, who
hears of it and when. Written by hand, and not read from the code that it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from access.actor import System, acting
from accounts.models import User
from offenders.models import Nominal
from offenders.workflow import hub_tasks
from tests.conftest import MovableClock
from tests.offenders.hub_scenes import (
    a_round,
    asked,
    coming,
    everything_is_checked,
    going,
    graded,
    on_visor,
    task_of,
)
from tests.offenders.scenes import managed

HOUR, DAY, NOW = timedelta(hours=1), timedelta(days=1), timedelta(0)


@dataclass
class Scene:
    """The cast on a Monday at nine in the morning, with somebody Omar manages."""

    clock: MovableClock
    cast: dict[str, User]

    def __post_init__(self) -> None:
        self.began: datetime = self.clock.at
        self.nominal: Nominal = managed(self.cast["hana"], self.cast["omar"], "Conrad Fernfold")

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]

    def leaves(self, after: timedelta, kind: str = "travel_out") -> Any:
        return task_of(self.hana, self.nominal, kind=kind, happens_at=self.began + after)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story. Times are after nine on Monday; `begins`: when it counts from."""

    code: str
    when: str
    story: Callable[[Scene], Any]
    length: timedelta
    tells: list[tuple[timedelta, str]]
    begins: timedelta = NOW

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


def change(scene: Scene) -> Any:
    return task_of(scene.hana, scene.nominal)


def release(scene: Scene) -> Any:
    return task_of(scene.hana, scene.nominal, kind="release")


def leaves_in_a_month(scene: Scene) -> Any:
    return scene.leaves(30 * DAY)


def leaves_in_two_days_less(scene: Scene) -> Any:
    return scene.leaves(34 * HOUR)


def leaves_tonight(scene: Scene) -> Any:
    return scene.leaves(12 * HOUR)


def is_out_tomorrow_at_seven(scene: Scene) -> Any:
    return scene.leaves(22 * HOUR, kind="release")


def listed_for_wednesday(scene: Scene) -> Any:
    return scene.leaves(48 * HOUR, kind="difference")


def known_since_friday(scene: Scene) -> Any:
    """It lay in a mailbox over the weekend: the time has run since."""
    return task_of(scene.hana, scene.nominal, kind="release", received_at=scene.began - 3 * DAY)


def leaves_sooner(scene: Scene) -> Any:
    task = scene.leaves(30 * DAY)
    with acting(System("test")):
        about = {"what": "Leaves sooner", "received_at": scene.began, "happens_at": scene.began + 34 * HOUR}
        return hub_tasks.take_up(task, by=System("test"), **about)


def to_be_checked(scene: Scene) -> Any:
    everything_is_checked(scene.imran)
    return on_visor(change(scene), scene.hana)


def wrong_on_visor(scene: Scene) -> Any:
    return hub_tasks.find_error(to_be_checked(scene), by=scene.hugo, found="Another number")


def question(scene: Scene) -> Any:
    return asked(change(scene), scene.hana, scene.omar)


def question_of_a_task_that_is_due_tonight(scene: Scene) -> Any:
    return asked(scene.leaves(34 * HOUR), scene.hana, scene.omar)


def comes(scene: Scene) -> Any:
    return coming(scene.hana)


def goes(scene: Scene) -> Any:
    return going(scene.nominal, scene.omar)


def round_of_the_north(scene: Scene) -> Any:
    return a_round(scene.nominal)[0]


def asked_for_by_another_team(scene: Scene) -> Any:
    return graded(a_round(scene.nominal)[1], scene.seb)


def _of(length: timedelta, last: timedelta) -> list[tuple[timedelta, str]]:
    return [(length * 0.5, "hana"), (length * 0.8, "hugo"), (length, "imran"), (last, "dmitri")]


TABLE = [
    Row("RS9", "a release", release, DAY, _of(DAY, 2 * DAY)),
    Row("RS9", "leaves in a month", leaves_in_a_month, DAY, _of(DAY, 2 * DAY)),
    Row("RS9", "leaves the day after tomorrow", leaves_in_two_days_less, 10 * HOUR, _of(10 * HOUR, 34 * HOUR)),
    Row("RS9", "leaves tonight: the inspector hears at once", leaves_tonight, NOW, _of(NOW, DAY)),
    Row("RS9", "is out tomorrow at seven", is_out_tomorrow_at_seven, 22 * HOUR, _of(22 * HOUR, 46 * HOUR)),
    Row("RS9", "leaves sooner than first said", leaves_sooner, 10 * HOUR, _of(10 * HOUR, 34 * HOUR)),
    Row("RS10", "a change", change, 3 * DAY, _of(3 * DAY, 7 * DAY)),
    Row("RS10", "a list says Wednesday", listed_for_wednesday, 2 * DAY, _of(2 * DAY, 4 * DAY)),
    Row("RS10", "wrong on ViSOR, and it runs again", wrong_on_visor, 3 * DAY, _of(3 * DAY, 7 * DAY)),
    Row("RS9V", "to be checked", to_be_checked, 2 * DAY, [(1.6 * DAY, "hana"), (2 * DAY, "hugo"), (4 * DAY, "imran")]),
    Row(
        "RS9Q",
        "a question",
        question,
        DAY,
        [(NOW, "omar"), (0.8 * DAY, "stella"), (DAY, "hugo"), (2 * DAY, "imran")],
    ),
    Row(
        "RS9Q",
        "a question of a task that is due tonight",
        question_of_a_task_that_is_due_tonight,
        10 * HOUR,
        [(NOW, "omar"), (8 * HOUR, "stella"), (10 * HOUR, "hugo"), (20 * HOUR, "imran")],
    ),
    Row(
        "RS20", "to us", comes, 2 * DAY, [(DAY, "stella"), (1.6 * DAY, "imran"), (2 * DAY, "dmitri"), (4 * DAY, "sue")]
    ),
    Row(
        "RS20",
        "from us: five working days are a week",
        goes,
        7 * DAY,
        [(3.5 * DAY, "stella"), (5.6 * DAY, "imran"), (7 * DAY, "dmitri"), (14 * DAY, "sue")],
    ),
    Row(
        "RS22",
        "a fortnight",
        round_of_the_north,
        14 * DAY,
        [(11.2 * DAY, "seb"), (14 * DAY, "imran"), (21 * DAY, "dmitri")],
    ),
    Row(
        "RS22A",
        "four weeks",
        asked_for_by_another_team,
        28 * DAY,
        [(22.4 * DAY, "omar"), (28 * DAY, "stella"), (42 * DAY, "imran")],
    ),
]
