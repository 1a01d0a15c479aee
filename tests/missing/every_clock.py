"""Every clock of a missing child, told as a story: how it begins, how long it is, who hears of it and when. Written by
hand from what the force has promised, and not read from the code that it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from access.actor import System, acting
from access.roles import Role
from access.time import now
from accounts.models import User
from missing import workflow
from missing.models import Episode, PlanAction
from strategy import workflow as strategy
from tests.cohort.children import trigger_plan
from tests.conftest import MovableClock, hours, minutes
from tests.missing.scenes import (
    ASKED,
    a_child,
    assessed,
    enquired,
    found,
    graded,
    interviewed,
    reported,
    searched_for,
)

TEST = System("test")
NOW = timedelta(0)
LATER = timedelta(days=40)
AN_HOUR = timedelta(hours=1)
POSTS = {
    "connie": Role.CONTACT_SUPERVISOR,
    "fin": Role.FIM,
    "rosa": Role.RESPONSE_SERGEANT,
    "rashid": Role.RESPONSE_INSPECTOR,
    "dmitri": Role.DMM_CHAIR,
    "sue": Role.SUPERINTENDENT,
    "sam": Role.MASH_SERGEANT,
    "ines": Role.MASH_INSPECTOR,
    "chidi": Role.MASH_CHIEF_INSPECTOR,
    "maya": Role.MISSING_COORDINATOR,
    "milo": Role.MISSING_SERGEANT,
}


@dataclass
class Scene:
    """The cast, and the moment of the report."""

    clock: MovableClock
    cast: dict[str, User]

    def __post_init__(self) -> None:
        self.began: datetime = self.clock.at

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]

    def after(self, time: timedelta) -> None:
        self.clock.set(self.began + time)

    def report(self, risk: str = "medium", **said: Any) -> Episode:
        """A call, with a time to look again that no length waits for."""
        return reported(self.callie, risk=risk, **{"next_review_at": now() + LATER, **said})

    def low(self) -> Episode:
        """Graded low by a supervisor in the control room."""
        about = {"because": "Seen by a friend at noon", "next_review_at": now() + LATER}
        return workflow.grade(self.report(), by=self.connie, risk="low", **about)


@dataclass(frozen=True, eq=False)
class Row:
    """One clock in one story. Times are after the moment of the report."""

    code: str
    when: str
    story: Callable[[Scene], Any]
    length: timedelta
    tells: list[tuple[timedelta, str]]
    begins: timedelta = NOW

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


def mins(*levels: tuple[float, str]) -> list[tuple[timedelta, str]]:
    return [(minutes(after), who) for after, who in levels]


def hrs(*levels: tuple[float, str]) -> list[tuple[timedelta, str]]:
    return [(hours(after), who) for after, who in levels]


def medium(scene: Scene) -> Episode:
    return scene.report()


def high(scene: Scene) -> Episode:
    return scene.report("high")


def not_known(scene: Scene) -> Episode:
    return scene.report("not_known")


def low(scene: Scene) -> Episode:
    return scene.low()


def there(scene: Scene) -> Episode:
    return workflow.attend(scene.report(), by=scene.olly)


def low_and_agreed(scene: Scene) -> Episode:
    about = {"because": "Seen by a friend at noon", "next_review_at": now() + LATER}
    return workflow.grade(scene.report(), by=scene.connie, risk="low", attend_within=minutes(40), **about)


def low_and_enquired(scene: Scene) -> Episode:
    return enquired(scene.low(), scene.olly)


def looked_at(scene: Scene, episode: Episode) -> Episode:
    return workflow.review(episode, by=scene.rosa, said="All of it", next_review_at=now() + LATER)


def low_and_reviewed(scene: Scene) -> Episode:
    return looked_at(scene, scene.low())


def to_look_again_in_three_hours(scene: Scene) -> Episode:
    return scene.report(next_review_at=now() + hours(3))


def inspected(scene: Scene, episode: Episode) -> Episode:
    return workflow.inspector_review(episode, by=scene.rashid, said="All of it", next_review_at=now() + LATER)


def high_and_inspected(scene: Scene) -> Episode:
    return inspected(scene, high(scene))


def low_and_inspected(scene: Scene) -> Episode:
    return inspected(scene, scene.low())


def long_reviewed(scene: Scene, *at: timedelta) -> Episode:
    """A superintendent has looked at it at each of these times."""
    episode = scene.report()
    for moment in at:
        scene.after(moment)
        episode = workflow.long_review(episode, by=scene.sue, said="All of it", next_review_at=now() + LATER)
    return episode


def seen_ten_hours_before(scene: Scene) -> Episode:
    return scene.report(last_seen_at=scene.began - hours(10))


def exploited(scene: Scene) -> Episode:
    answers = [each if each.question != "exploitation" else yes(each) for each in ASKED]
    return scene.report(answers=answers)


def yes(said: Any) -> Any:
    return type(said)(said.question, "yes", said.source, "A man picks her up in a grey car")


def offered(scene: Scene) -> Episode:
    return workflow.offer_transfer(
        searched_for(scene.cast), by=scene.rashid, to="Wessmoor Police", because="Seen there"
    )


def action(scene: Scene, due: timedelta = AN_HOUR) -> PlanAction:
    about = {"what": "Look at the bus station", "owner": scene.olly, "due_at": now() + due}
    return workflow.give_action(PlanAction(), by=scene.rosa, episode=scene.report(), **about)


def of_a_trigger_plan(scene: Scene) -> PlanAction:
    child = a_child(scene.callie)
    trigger_plan(scene.maya, child)
    episode = scene.report(child=child)
    with acting(TEST):
        return PlanAction.objects.filter(episode=episode).order_by("reference").first()  # type: ignore[return-value]


def back(scene: Scene, risk: str = "medium") -> Episode:
    return found(graded(scene.cast, risk), scene.olly)


def spoken_to(scene: Scene) -> Episode:
    return interviewed(back(scene), scene.olly)


def about(episode: Episode) -> strategy.About:
    """The agencies are asked to meet about this."""
    with acting(TEST):
        return strategy.About(kind="missing.episode", record=episode.pk, reference=episode.reference, case=episode.case)


TABLE = [
    Row("MC0", "reported", medium, minutes(15), mins((7.5, "connie"), (15, "fin"))),
    Row("MC1", "medium risk", medium, minutes(60),
        mins((60, "connie"), (120, "fin"), (180, "dmitri"), (240, "dmitri"))),
    Row("MC1", "high risk", high, minutes(30), mins((30, "connie"), (60, "fin"), (90, "dmitri"), (120, "dmitri"))),
    Row("MC2", "medium risk", medium, minutes(60), mins((48, "connie"), (60, "fin"), (90, "dmitri"))),
    Row("MC2", "risk not known", not_known, minutes(60), mins((48, "connie"), (60, "fin"), (90, "dmitri"))),
    Row("MC2", "high risk", high, minutes(15), mins((12, "connie"), (15, "fin"), (22.5, "dmitri"))),
    Row("MC2", "low risk, the reporter agreed to forty minutes", low_and_agreed, minutes(40),
        mins((32, "connie"), (40, "fin"), (60, "dmitri"))),
    Row("MC2", "low risk", low, hours(4), hrs((3.2, "connie"), (4, "fin"), (6, "dmitri"))),
    Row("MC3", "reported", medium, minutes(60), mins((60, "connie"), (120, "fin"), (180, "dmitri"))),
    Row("MC4A", "attended", there, minutes(60), mins((60, "rosa"), (90, "rashid"), (120, "dmitri"))),
    Row("MC4", "medium risk", lambda s: assessed(s.cast), minutes(60),
        mins((30, "rosa"), (60, "rashid"), (90, "dmitri"))),
    Row("MC4", "high risk", lambda s: assessed(s.cast, "high"), minutes(30),
        mins((15, "rosa"), (30, "rashid"), (45, "dmitri"))),
    Row("MC5", "medium risk", medium, hours(4), hrs((2, "rosa"), (4, "rashid"), (6, "dmitri"), (12, "sue"))),
    Row("MC5", "high risk", high, hours(2), hrs((1, "rosa"), (2, "rashid"), (3, "dmitri"), (6, "sue"))),
    Row("MC5", "risk not known", not_known, hours(2), hrs((1, "rosa"), (2, "rashid"), (3, "dmitri"), (6, "sue"))),
    Row("MC5", "low risk, after an enquiry", low_and_enquired, hours(12),
        hrs((6, "rosa"), (12, "rashid"), (18, "dmitri"), (36, "sue"))),
    Row("MC6", "medium risk", medium, hours(8), hrs((6.4, "rosa"), (8, "rashid"), (12, "dmitri"))),
    Row("MC6", "high risk", high, hours(4), hrs((3.2, "rosa"), (4, "rashid"), (6, "dmitri"))),
    Row("MC6", "low risk, after a review", low_and_reviewed, hours(24),
        hrs((19.2, "rosa"), (24, "rashid"), (36, "dmitri"))),
    Row("MC6", "the time that was set comes first", to_look_again_in_three_hours, hours(3),
        hrs((2.4, "rosa"), (3, "rashid"), (4.5, "dmitri"))),
    Row("MC7", "high risk, no inspector has looked yet", high, hours(1),
        mins((48, "rashid"), (60, "dmitri"), (120, "sue"))),
    Row("MC7", "high risk, after an inspector's review", high_and_inspected, hours(12),
        hrs((9.6, "rashid"), (12, "dmitri"), (24, "sue"))),
    Row("MC7", "medium risk", medium, hours(24), hrs((19.2, "rashid"), (24, "dmitri"), (48, "sue"))),
    Row("MC7", "low risk, after an inspector's review", low_and_inspected, hours(48),
        hrs((38.4, "rashid"), (48, "dmitri"), (96, "sue"))),
    Row("MC8", "no superintendent has looked yet", medium, hours(72), hrs((57.6, "dmitri"), (72, "sue"))),
    Row("MC8", "one has, on the third day", lambda s: long_reviewed(s, hours(71)), hours(168),
        hrs((134.4, "dmitri"), (168, "sue"))),
    Row("MC8", "and on the seventh", lambda s: long_reviewed(s, hours(71), hours(160)), hours(672),
        hrs((537.6, "dmitri"), (672, "sue"))),
    Row("MC8", "the first on the eighth day stands for the seventh", lambda s: long_reviewed(s, hours(192)), hours(672),
        hrs((537.6, "dmitri"), (672, "sue"))),
    Row("MC8", "two on the first day stand for none", lambda s: long_reviewed(s, hours(1), hours(2)), hours(72),
        hrs((57.6, "dmitri"), (72, "sue"))),
    Row("MC8", "and after four weeks", lambda s: long_reviewed(s, hours(71), hours(160), hours(600)), hours(672),
        hrs((1137.6, "dmitri"), (1272, "sue")), begins=hours(600)),
    Row("MC9", "nobody knows when the child was last seen", medium, hours(72),
        hrs((57.6, "rashid"), (72, "dmitri"), (108, "sue"))),
    Row("MC9", "last seen ten hours before the report", seen_ten_hours_before, hours(72),
        hrs((47.6, "rashid"), (62, "dmitri"), (98, "sue")), begins=-hours(10)),
    Row("MC11", "exploited: at once", exploited, hours(4), hrs((0, "sam"), (4, "ines"), (24, "chidi"))),
    Row("MC11", "missing for a day, from when last seen", seen_ten_hours_before, hours(4),
        hrs((14, "sam"), (18, "ines"), (38, "chidi")), begins=hours(14)),
    Row("MCT", "offered to another force", offered, hours(24), hrs((24, "rashid"), (48, "dmitri"))),
    Row("MCA", "an hour was set", action, minutes(60), mins((60, "rosa"), (90, "rashid"))),
    Row("MCA", "the longest that may be set", lambda s: action(s, hours(168)), hours(168),
        hrs((168, "rosa"), (252, "rashid"))),
    Row("MCA", "a first action of the trigger plan", of_a_trigger_plan, minutes(60),
        mins((60, "rosa"), (90, "rashid"))),
    Row("MC13", "medium risk", back, hours(4), hrs((3.2, "rosa"), (4, "rashid"), (8, "dmitri"))),
    Row("MC13", "high risk", lambda s: back(s, "high"), hours(1),
        mins((48, "rosa"), (60, "rashid"), (120, "dmitri"))),
    Row("MC13", "low risk", lambda s: back(s, "low"), hours(24), hrs((19.2, "rosa"), (24, "rashid"), (48, "dmitri"))),
    Row("MC14", "found", back, hours(12), hrs((12, "rosa"), (24, "rashid"))),
    Row("MC15", "found", back, hours(24), hrs((12, "maya"), (24, "milo"), (48, "ines"))),
    Row("MCC", "spoken to", spoken_to, hours(24), hrs((24, "rosa"), (48, "rashid"))),
]  # fmt: skip


@dataclass(frozen=True)
class ByTheWall:
    """A clock that is due by the local time of day. All moments in UTC."""

    code: str
    when: str
    reported: datetime
    due: datetime

    def __str__(self) -> str:
        return f"{self.code} {self.when}"


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


BY_THE_WALL = [
    ByTheWall("MC6S", "Monday morning: late turn at three", utc(3, 2, 9), utc(3, 2, 16)),
    ByTheWall("MC6S", "on the stroke of three: night turn at eleven", utc(3, 2, 15), utc(3, 3, 0)),
    ByTheWall("MC6S", "a minute before seven: early turn", utc(3, 2, 6, 59), utc(3, 2, 8)),
    ByTheWall("MC6S", "the night the clocks go forward is an hour shorter", utc(3, 28, 23, 30), utc(3, 29, 7)),
    ByTheWall("MC6S", "the night they go back is an hour longer", utc(10, 24, 22, 30), utc(10, 25, 8)),
    ByTheWall("MC6S", "before it, in summer: eleven is ten by UTC", utc(10, 24, 21, 59), utc(10, 24, 23)),
    ByTheWall("MC6S", "Good Friday is a day as any other", utc(4, 3, 11), utc(4, 3, 15)),
    ByTheWall("MC10", "Monday at nine: the next is on Tuesday", utc(3, 2, 9), utc(3, 3, 10)),
    ByTheWall("MC10", "a minute before eight: today", utc(3, 2, 7, 59), utc(3, 2, 10)),
    ByTheWall("MC10", "at eight it is for the next one", utc(3, 2, 8), utc(3, 3, 10)),
    ByTheWall("MC10", "Saturday evening: there is one on Sunday", utc(3, 7, 20), utc(3, 8, 10)),
    ByTheWall("MC10", "Easter Sunday too", utc(4, 4, 20), utc(4, 5, 9)),
    ByTheWall("MC10", "the night the clocks go forward", utc(3, 28, 9), utc(3, 29, 9)),
    ByTheWall("MC10", "the night they go back: 26 hours", utc(10, 24, 8), utc(10, 25, 10)),
]
WALL_TELLS = {"MC6S": [(1.0, "rosa"), (1.5, "rashid")], "MC10": [(1.0, "dmitri"), (2.0, "sue")]}
"""After which share of the time from the report who hears."""
