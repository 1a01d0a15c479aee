"""Every clock of learning and training, told as a story: how it begins, how long it is, who hears of it and when.
Written by hand, and not read from the code that it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from quality.workflow import training
from tests.conftest import MovableClock
from tests.quality.attendance_scenes import rows_of, taken_in
from tests.quality.learning_scenes import done, found, given
from tests.quality.publication_scenes import checked, written
from tests.quality.training_scenes import proposed, required, took

HOUR, DAY, NOW = timedelta(hours=1), timedelta(days=1), timedelta(0)


@dataclass
class Scene:
    """The cast on Monday 2 March at nine in the morning."""

    clock: MovableClock
    cast: dict[str, User]

    def __post_init__(self) -> None:
        self.began: datetime = self.clock.at

    def __getattr__(self, name: str) -> Any:
        return self.cast[name]


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


def found_twice(scene: Scene) -> Any:
    return found(scene.reva, 2)


def an_action(scene: Scene) -> Any:
    return given(scene.quinn, scene.connie)


def an_action_of_a_call_taker(scene: Scene) -> Any:
    return given(scene.quinn, scene.callie)


def a_done_action(scene: Scene) -> Any:
    return done(scene.quinn, scene.connie)


def never_taken(scene: Scene) -> Any:
    """Cora is posted since a year ago: the time has run since."""
    return required(scene.cora)


def taken_today(scene: Scene) -> Any:
    due = required(scene.cora)
    took(scene.cora, scene.quinn)
    return due


def taken_eleven_months_ago(scene: Scene) -> Any:
    due = required(scene.cora)
    took(scene.cora, scene.quinn, (scene.began - 334 * DAY).date())
    return due


def training_is_proposed(scene: Scene) -> Any:
    return proposed(scene.callie, scene.reva)


def training_is_booked(scene: Scene) -> Any:
    need = training_is_proposed(scene)
    return training.book_training(need, by=scene.callie, booked_for=(scene.began + 3 * DAY).date())


def an_unreadable_row(scene: Scene) -> Any:
    return rows_of(taken_in(scene.quinn, "Nobody Known;27/02/2026;"))[0]


def a_draft(scene: Scene) -> Any:
    return written(scene.reva)


def a_draft_of_the_lead(scene: Scene) -> Any:
    return written(scene.quinn)


def a_checked_report(scene: Scene) -> Any:
    return checked(scene.quinn, written(scene.reva))


def _never_taken(length: timedelta) -> list[tuple[timedelta, str]]:
    posted = -365 * DAY
    return [
        (posted + length / 2, "cora"),
        (posted + length, "sam"),
        (posted + length * 1.5, "quinn"),
        (posted + length * 2, "sue"),
    ]


def _taken(began: timedelta, year: timedelta) -> list[tuple[timedelta, str]]:
    warned = began + year * (10 / 12)
    return [(warned, "cora"), (warned, "quinn"), (began + year, "sam"), (began + year * (13 / 12), "sue")]


FORTNIGHT = 14 * DAY
MIDNIGHT = -9 * HOUR
BOOKED = 11 * DAY + MIDNIGHT
YEAR = 365 * DAY
LAST_YEAR = timedelta(days=-334, hours=-10)  # it was summer time then
APRIL = timedelta(days=29, hours=14)  # midnight by the wall, an hour sooner than by UTC
JULY = APRIL + 91 * DAY

TABLE = [
    Row("QB1", "found twice", found_twice, 14 * DAY, [(NOW, "quinn"), (14 * DAY, "sue")]),
    Row(
        "GV5L",
        "an action of a supervisor",
        an_action,
        28 * DAY,
        [(21 * DAY, "connie"), (28 * DAY, "fin"), (35 * DAY, "quinn"), (42 * DAY, "sue")],
    ),
    Row(
        "GV5L",
        "an action of a call taker",
        an_action_of_a_call_taker,
        28 * DAY,
        [(21 * DAY, "callie"), (28 * DAY, "connie"), (35 * DAY, "quinn"), (42 * DAY, "sue")],
    ),
    Row("Q7", "a done action", a_done_action, JULY, [(APRIL, "reva"), (JULY, "quinn"), (JULY + 14 * DAY, "sue")]),
    Row("QB2", "never taken", never_taken, 91 * DAY, _never_taken(91 * DAY), begins=-365 * DAY),
    Row("Q6", "taken today", taken_today, YEAR, _taken(MIDNIGHT, YEAR), begins=MIDNIGHT),
    Row(
        "Q6",
        "taken eleven months ago, recorded today",
        taken_eleven_months_ago,
        YEAR,
        _taken(LAST_YEAR, YEAR),
        begins=LAST_YEAR,
    ),
    Row(
        "QB3",
        "proposed",
        training_is_proposed,
        28 * DAY,
        [(14 * DAY, "callie"), (28 * DAY, "connie"), (42 * DAY, "quinn")],
    ),
    Row(
        "QB4",
        "booked for Thursday: a week after it has to be on record",
        training_is_booked,
        BOOKED,
        [(BOOKED, "callie"), (BOOKED * 1.25, "connie"), (BOOKED * 1.5, "quinn")],
    ),
    Row(
        "QB6",
        "a draft of the reviewer: the lead reads it",
        a_draft,
        FORTNIGHT,
        [(FORTNIGHT / 2, "quinn"), (FORTNIGHT, "quinn"), (FORTNIGHT * 2, "sue")],
    ),
    Row(
        "QB6",
        "a draft of the lead: the reviewer reads it",
        a_draft_of_the_lead,
        FORTNIGHT,
        [(FORTNIGHT / 2, "reva"), (FORTNIGHT, "sue"), (FORTNIGHT * 2, "sue")],
    ),
    Row("QB7", "checked", a_checked_report, 7 * DAY, [(3.5 * DAY, "quinn"), (14 * DAY, "sue")]),
    Row("QB5", "a row nobody could read", an_unreadable_row, 7 * DAY, [(5.6 * DAY, "quinn"), (14 * DAY, "sue")]),
]
