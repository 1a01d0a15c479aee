"""Every clock of the register, told as a story: how it begins, when it is over, who hears of it and when. Written by
hand from what the Act and the force ask for, and not read from the code that it is held against. The stories begin on
Monday 2 March 2026 at nine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from access.roles import Role
from access.time import now
from accounts.models import User
from offenders.workflow import custody, notifications, periods, travel
from tests.conftest import MovableClock
from tests.offenders.register_scenes import (
    applies,
    before_sentence,
    changed,
    duty_of,
    in_custody,
    known_to_police,
    notified,
    ordered,
    registered,
    travels,
)
from tests.offenders.scenes import managed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
POSTS = {
    "omar": Role.OFFENDER_MANAGER,
    "stella": Role.OFFENDER_SERGEANT,
    "imran": Role.OFFENDER_INSPECTOR,
    "hana": Role.HUB_ADMINISTRATOR,
    "hugo": Role.HUB_MANAGER,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
}


@dataclass
class Scene:
    clock: MovableClock
    cast: dict[str, User]

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]

    def known(self, **said: Any) -> Any:
        return known_to_police(self.hana, self.omar, **said)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story. Times are hours after nine on that Monday."""

    code: str
    when: str
    story: Callable[[Scene], Any]
    due: float
    tells: list[tuple[float, str]]

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


def days(*told: tuple[float, str]) -> list[tuple[float, str]]:
    return [(each * 24, who) for each, who in told]


def over_on_wednesday(*, first: float = 48) -> list[tuple[float, str]]:
    """Three days that begin with Monday are over when Wednesday is: 63 hours after nine."""
    return [(first, "omar"), (63, "stella"), (63 + 3 * 24, "imran"), (63 + 7 * 24, "dmitri")]


def no_home(scene: Scene) -> Any:
    nominal = scene.known()
    periods.set_no_fixed_abode(nominal, by=scene.omar, no_fixed_abode=True, because="Sleeps at the station")
    return duty_of(nominal, "weekly")


def back_from_abroad(scene: Scene) -> Any:
    nominal = scene.known()
    notice = travels(nominal, scene.omar, in_days=-0.0001 + 1)
    scene.clock.set(notice.departs_at)
    notice = travel.left(notice, by=scene.omar)
    travel.returned(notice, by=scene.omar, returned_on=date(2026, 3, 3))
    return duty_of(nominal, "travel_return")


def given_late(scene: Scene) -> Any:
    duty = changed(scene.known(), scene.omar, on=date(2026, 2, 20))
    return notified(duty, scene.omar)


def released(scene: Scene) -> Any:
    spell = in_custody(registered(scene.hana, scene.omar), scene.omar)
    return custody.spell_over(spell, by=scene.omar, ended_on=date(2026, 3, 2))


def checked(scene: Scene) -> Any:
    return travel.check_travel(travels(scene.known(), scene.omar), by=scene.hana, said="Nothing found")


def at_level(level: str) -> Callable[[Scene], Any]:
    return lambda scene: managed(scene.stella, scene.omar, level=level)


def missing(scene: Scene) -> Any:
    about = {"whereabouts": "missing", "since": now(), "because": "Not at home"}
    return periods.wanted_or_missing(managed(scene.stella, scene.omar), by=scene.omar, **about)


def year(scene: Scene) -> Any:
    return duty_of(scene.known(), "annual")


def abroad(scene: Scene) -> Any:
    return in_custody(scene.known(), scene.omar, because="abroad", where="Spain")


def excused(scene: Scene) -> Any:
    """Still owed after a breach was decided on: three days that begin with the decision."""
    nominal = scene.known()
    duty = changed(nominal, scene.omar, on=date(2026, 2, 20))
    notifications.consider_breach(duty, by=scene.stella, breach="excused", because="In a coma")
    return duty_of(nominal, "change")


def ends_in_2031(scene: Scene) -> Any:
    return scene.known(disposal="other")


LAST_DAY_OF_THE_PERIOD = (date(2031, 3, 2) - date(2026, 3, 2)).days * 24 - 9.0
TABLE = [
    Row("RS1", "registered", lambda s: duty_of(registered(s.hana, s.omar), "initial"), 63, over_on_wednesday()),
    Row("RS2", "a change", lambda s: changed(s.known(), s.omar), 63, over_on_wednesday()),
    Row("RS2", "owed after an excuse", excused, 63, over_on_wednesday()),
    Row(
        "RS3",
        "a move that did not happen",
        lambda s: changed(s.known(), s.omar, kind="advance_failed"),
        135,
        [(120, "omar"), (135, "stella"), (207, "imran"), (303, "dmitri")],
    ),
    Row(
        "RS4",
        "a year",
        year,
        366 * 24 - 9,
        days((352 - 9 / 24, "omar"), (366 - 9 / 24, "stella"), (369 - 9 / 24, "imran"), (373 - 9 / 24, "dmitri")),
    ),
    Row("RS5", "no fixed abode", no_home, 183, [(168, "omar"), (183, "stella"), (255, "imran"), (351, "dmitri")]),
    Row(
        "RS7", "back on Tuesday", back_from_abroad, 87, [(72, "omar"), (87, "stella"), (159, "imran"), (255, "dmitri")]
    ),
    Row("RS8", "with a child", lambda s: changed(s.known(), s.omar, kind="child_at_home"), 63, over_on_wednesday()),
    Row(
        "RS10N",
        "given",
        lambda s: notified(changed(s.known(), s.omar), s.omar),
        72,
        [(50.4, "hana"), (72, "hugo"), (144, "imran")],
    ),
    Row("RSB", "given late", given_late, 168, [(0, "stella"), (168, "imran"), (336, "dmitri")]),
    Row("RS6", "travel", lambda s: travels(s.known(), s.omar), 24, [(12, "hana"), (24, "hugo"), (36, "imran")]),
    Row(
        "RS6",
        "travel in a day and a half",
        lambda s: travels(s.known(), s.omar, in_days=1.5),
        12,
        [(6, "hana"), (12, "hugo"), (18, "imran")],
    ),
    Row("RS6L", "checked", checked, 264, [(264, "omar"), (288, "stella"), (336, "imran")]),
    Row(
        "RS11",
        "release on the tenth",
        lambda s: in_custody(registered(s.hana, s.omar), s.omar, ends_on=date(2026, 3, 10)),
        207,
        [(191, "omar"), (207, "stella"), (231, "imran"), (255, "dmitri")],
    ),
    Row(
        "RS11A",
        "no day known",
        lambda s: in_custody(registered(s.hana, s.omar), s.omar),
        672,
        [(604.8, "omar"), (672, "stella"), (1008, "imran")],
    ),
    Row("RS11A", "abroad", abroad, 672, [(604.8, "omar"), (672, "stella"), (1008, "imran")]),
    Row("RS11V", "released", released, 24, [(0, "omar"), (24, "hugo"), (48, "imran")]),
    Row("RS19", "level 1", at_level("1"), 8760, days((328.5, "omar"), (365, "stella"), (438, "imran"))),
    Row("RS19", "level 2", at_level("2"), 2688, days((100.8, "omar"), (112, "stella"), (134.4, "imran"))),
    Row("RS19", "level 3", at_level("3"), 1344, days((50.4, "omar"), (56, "stella"), (67.2, "imran"))),
    Row(
        "RS23",
        "five years",
        ends_in_2031,
        LAST_DAY_OF_THE_PERIOD,
        [
            (LAST_DAY_OF_THE_PERIOD - 183 * 24, "stella"),
            (LAST_DAY_OF_THE_PERIOD - 91 * 24, "stella"),
            (LAST_DAY_OF_THE_PERIOD - 30 * 24, "stella"),
            (LAST_DAY_OF_THE_PERIOD, "imran"),
        ],
    ),
    Row(
        "RSP",
        "sentence on the tenth",
        lambda s: before_sentence(s.omar, s.omar, sentence_on=date(2026, 3, 10)),
        207,
        [(207, "omar"), (231, "stella"), (279, "imran")],
    ),
    Row(
        "RSPA",
        "charged",
        lambda s: before_sentence(s.omar, s.omar),
        672,
        [(604.8, "omar"), (672, "stella"), (1008, "imran")],
    ),
    Row("RSW", "missing", missing, 168, [(168, "stella"), (336, "imran"), (504, "dmitri"), (672, "dmitri")]),
    Row(
        "RSO",
        "an order until the end of April",
        lambda s: ordered(managed(s.stella, s.omar), s.omar, ends_on=date(2026, 4, 30)),
        1430,  # in summer time by then
        [(1430 - 720, "omar"), (1430, "omar"), (1430 + 168, "stella")],
    ),
    Row(
        "RS21",
        "an application",
        lambda s: applies(s.hana, s.omar),
        1008,
        [(504, "imran"), (806.4, "sue"), (1008, "dmitri")],
    ),
]
