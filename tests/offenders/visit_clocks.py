"""Every clock of visits, assessments and plans, told as a story: how it begins, how long it is, who hears of it and
when. Written by hand from what was promised, and not read from the code that it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from access.roles import Role
from access.time import now
from accounts.models import User
from offenders.workflow import assessments, nominals, visits
from tests.conftest import MovableClock
from tests.offenders.scenes import managed
from tests.offenders.visit_scenes import (
    TEST,
    anew,
    approved,
    assessed_by,
    plan_drafted,
    plan_sent,
    planned_visit,
    returned,
    task,
    tried_in_vain,
    visited,
)

POSTS = {
    "omar": Role.OFFENDER_MANAGER,
    "stella": Role.OFFENDER_SERGEANT,
    "imran": Role.OFFENDER_INSPECTOR,
    "dmitri": Role.DMM_CHAIR,
}
FAR = timedelta(days=1)


@dataclass
class Scene:
    """The cast, and the moment when police were told."""

    clock: MovableClock
    cast: dict[str, User]

    def __post_init__(self) -> None:
        self.began: datetime = self.clock.at

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]

    def after(self, days: float) -> None:
        self.clock.set(self.began + timedelta(days=days))

    def managed(self, **said: Any) -> Any:
        return managed(self.stella, self.omar, **said)

    def of_risk(self, risk: str, **said: Any) -> Any:
        """Somebody whose risk has been assessed, and who was not visited yet."""
        nominal = self.managed(**said)
        approved(assessed_by(nominal, self.omar, risk), self.stella)
        return anew(nominal)

    def seen(self, nominal: Any, **said: Any) -> Any:
        visited(nominal, self.omar, next_visit_on=(now() + FAR).date(), **said)
        return anew(nominal)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story. Times are in days after police were told."""

    code: str
    when: str
    story: Callable[[Scene], Any]
    length: float
    tells: list[tuple[float, str]]
    begins: float = 0

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


def seen(risk: str) -> Callable[[Scene], Any]:
    return lambda scene: scene.seen(scene.of_risk(risk))


def seen_and_not_assessed(scene: Scene) -> Any:
    return scene.seen(scene.managed())


def with_a_plan(days: int, risk: str = "medium") -> Callable[[Scene], Any]:
    def story(scene: Scene) -> Any:
        nominal = scene.seen(scene.of_risk(risk))
        approved(plan_sent(nominal, scene.omar, interval_days=days), scene.stella)
        return anew(nominal)

    return story


def risk_rises_after_the_plan(scene: Scene) -> Any:
    nominal = with_a_plan(150)(scene)
    approved(assessed_by(nominal, scene.omar, "very_high"), scene.stella)
    return anew(nominal)


def released(scene: Scene) -> Any:
    nominal = scene.seen(scene.managed(lead_agency="probation"))
    inside = nominals.taken_in(nominal, by=TEST, whereabouts="sentence")
    scene.after(10)
    return nominals.let_out(inside, by=TEST, at=now())


def made_active(scene: Scene) -> Any:
    nominal = nominals.made_reactive(scene.seen(scene.of_risk("low")), by=TEST)
    scene.after(100)
    return nominals.made_active(nominal, by=TEST, because="Seen at a playground", at=now())


def in_vain(risk: str) -> Callable[[Scene], Any]:
    return lambda scene: tried_in_vain(scene.of_risk(risk), scene.omar)


def in_vain_again(scene: Scene) -> Any:
    nominal = in_vain("medium")(scene)
    scene.after(5)
    return tried_in_vain(nominal, scene.omar)


def planned_and_failed(scene: Scene) -> Any:
    visit = planned_visit(scene.managed(), scene.omar)
    scene.after(2)
    said = {"tried_at": now(), "officers": "Omar and Olga", "what_happened": "Nobody answered"}
    return visits.visit_failed(visit, by=scene.omar, planned_for=now() + FAR, **said)


def planned_and_failed_once(scene: Scene) -> Any:
    return anew(planned_and_failed(scene).nominal)


def moved(scene: Scene) -> Any:
    visit = planned_visit(scene.managed(), scene.omar)
    return visits.plan_visit_again(visit, by=scene.omar, planned_for=now() + FAR * 4, because="Court")


def something_happened(scene: Scene) -> Any:
    nominal = seen("medium")(scene)
    scene.after(7)
    return assessments.reassessment_needed(nominal, by=TEST, because="Seen at a playground", at=now())


def something_happened_before_any_visit(scene: Scene) -> Any:
    about = {"because": "Seen at a playground", "at": now()}
    return assessments.reassessment_needed(scene.managed(), by=TEST, **about)


def a_task(scene: Scene, days: float = 20) -> Any:
    plan = plan_drafted(scene.managed(), scene.omar)
    return task(plan, scene.omar, what="Walk past the angling club on two Saturdays", days=days)


def returned_visit(scene: Scene) -> Any:
    return returned(visited(scene.managed(), scene.omar), scene.stella)


def returned_assessment(scene: Scene) -> Any:
    return returned(assessed_by(scene.managed(), scene.omar), scene.stella)


def returned_plan(scene: Scene) -> Any:
    return returned(plan_sent(scene.managed(), scene.omar), scene.stella)


def again(days: float, begins: float = 0) -> list[tuple[float, str]]:
    """A visit that is due after so many days: who hears, and when."""
    shares = ((0.9, "omar"), (1, "stella"), (1.1, "imran"), (1.25, "dmitri"))
    return [(begins + days * share, who) for share, who in shares]


TABLE = [
    Row("RS12", "police were told", Scene.managed, 15,
        [(7.5, "omar"), (12, "stella"), (15, "imran"), (22.5, "dmitri")]),
    Row("RS12", "released", released, 15,
        [(17.5, "omar"), (22, "stella"), (25, "imran"), (32.5, "dmitri")], begins=10),
    Row("RS12", "no longer managed reactively", made_active, 15,
        [(107.5, "omar"), (112, "stella"), (115, "imran"), (122.5, "dmitri")], begins=100),
    Row("RS14", "very high risk", seen("very_high"), 31, again(31)),
    Row("RS14", "high risk", seen("high"), 92, again(92)),
    Row("RS14", "nobody has assessed the risk", seen_and_not_assessed, 92, again(92)),
    Row("RS14", "medium risk", seen("medium"), 183, again(183)),
    Row("RS14", "low risk", seen("low"), 366, again(366)),
    Row("RS14", "the plan says every forty days", with_a_plan(40), 40, again(40)),
    Row("RS14", "the plan says every two hundred days, and a sergeant agreed", with_a_plan(200), 200, again(200)),
    Row("RS14", "the longest that a plan may set", with_a_plan(730), 730, again(730)),
    Row("RS14", "the risk has risen since the plan", risk_rises_after_the_plan, 31, again(31)),
    Row("RS15", "high risk", in_vain("high"), 2, [(1, "omar"), (2, "stella"), (4, "imran")]),
    Row("RS15", "nobody has assessed the risk", lambda s: tried_in_vain(s.managed(), s.omar), 2,
        [(1, "omar"), (2, "stella"), (4, "imran")]),
    Row("RS15", "medium risk", in_vain("medium"), 7, [(3.5, "omar"), (7, "stella"), (14, "imran")]),
    Row("RS15", "low risk", in_vain("low"), 14, [(7, "omar"), (14, "stella"), (28, "imran")]),
    Row("RS15", "in vain once more: from then", in_vain_again, 7,
        [(8.5, "omar"), (12, "stella"), (19, "imran")], begins=5),
    Row("RS15", "a planned visit failed", planned_and_failed_once, 2,
        [(3, "omar"), (4, "stella"), (6, "imran")], begins=2),
    Row("RS14P", "planned for the day after tomorrow", lambda s: planned_visit(s.managed(), s.omar), 1,
        [(3, "omar"), (4, "stella")], begins=2),
    Row("RS14P", "moved to the fourth day", moved, 1, [(5, "omar"), (6, "stella")], begins=4),
    Row("RS14P", "failed and planned for tomorrow", planned_and_failed, 1, [(4, "omar"), (5, "stella")], begins=3),
    Row("RS13", "visited for the first time", seen_and_not_assessed, 21,
        [(16.8, "omar"), (21, "stella"), (23.1, "imran")]),
    Row("RS13", "assessed", seen("medium"), 365, [(292, "omar"), (365, "stella"), (401.5, "imran")]),
    Row("RS13", "assessed before any visit", lambda s: s.of_risk("low"), 365,
        [(292, "omar"), (365, "stella"), (401.5, "imran")]),
    Row("RS13", "something happened before any visit", something_happened_before_any_visit, 21,
        [(16.8, "omar"), (21, "stella"), (23.1, "imran")]),
    Row("RS13O", "released, and probation leads", released, 15,
        [(22, "omar"), (25, "stella"), (32.5, "imran")], begins=10),
    Row("RS13P", "assessed", lambda s: s.of_risk("low"), 14, [(11.2, "omar"), (14, "stella"), (21, "imran")]),
    Row("RS13T", "twenty days were set", a_task, 20, [(15, "omar"), (20, "stella"), (30, "imran")]),
    Row("RS13T", "the longest that may be set", lambda s: a_task(s, 365), 365,
        [(273.75, "omar"), (365, "stella"), (547.5, "imran")]),
    Row("RS18V", "a visit was returned", returned_visit, 3, [(2.4, "omar"), (3, "stella"), (6, "imran")]),
    Row("RS18A", "an assessment was returned", returned_assessment, 3, [(2.4, "omar"), (3, "stella"), (6, "imran")]),
    Row("RS18M", "a plan was returned", returned_plan, 3, [(2.4, "omar"), (3, "stella"), (6, "imran")]),
]  # fmt: skip
