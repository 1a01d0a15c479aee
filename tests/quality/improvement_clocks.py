"""Every clock of the scrutiny group and of recommendations, told as a story: how it begins, how long it is, who hears
of it and when. Written by hand, and not read from the code that it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from quality.workflow import scrutiny
from quality.workflow.improvement_actions import say_done
from tests.conftest import MovableClock
from tests.quality.improvement_scenes import asked_for, begun, month_of, owned, proposed, recommended, red
from tests.quality.scrutiny_scenes import TUESDAY, asked_of, found, held, kim, paper_of, papers_sent, planned

HOUR, DAY, NOW = timedelta(hours=1), timedelta(days=1), timedelta(0)
PUBLISHED = -7 * DAY - 9 * HOUR
"""Midnight of the day the report was published, from the Monday at nine on which it is taken down."""


@dataclass
class Scene:
    """The cast on a Monday at nine in the morning."""

    clock: MovableClock
    cast: dict[str, User]

    def __post_init__(self) -> None:
        self.began: datetime = self.clock.at

    def __getattr__(self, name: str) -> User:
        return self.cast[name]


@dataclass
class Row:
    code: str
    story: Callable[[Scene], Any]
    length: timedelta
    tells: list[tuple[timedelta, str]]
    begins: timedelta = NOW
    what: str = ""

    def __str__(self) -> str:
        return f"{self.code} {self.what}".strip()


def _partners(scene: Scene) -> Any:
    council = kim(scene.sam).agency
    meeting = papers_sent(scene.cast)
    held(meeting, scene.chidi)
    paper = found(paper_of(meeting), scene.chidi)
    return asked_of(paper, scene.chidi, owner_kind="partner", agency=council)


def _done(scene: Scene) -> Any:
    action = asked_for(begun(scene.greta, scene.chidi), scene.chidi, scene.connie)
    return say_done(action, person=scene.connie, said="On every desk")


TABLE = [
    Row(
        "Q4",
        lambda scene: scrutiny.ensure_meeting(),
        92 * DAY,
        [(46 * DAY, "chidi"), (73.6 * DAY, "chidi"), (92 * DAY, "sue"), (115 * DAY, "alma")],
        what="nobody has planned it",
    ),
    Row(
        "Q4P",
        lambda scene: planned(scene.chidi, meets_at=TUESDAY),  # Easter Monday is no working day
        36 * DAY,
        [(28.8 * DAY, "reva"), (32.4 * DAY, "chidi"), (36 * DAY, "sue")],
    ),
    Row(
        "QC1",
        lambda scene: papers_sent(scene.cast),
        DAY,
        [(43 * DAY + 12 * HOUR, "chidi"), (44 * DAY, "sue")],
        begins=43 * DAY,
    ),
    Row(
        "QC2",
        lambda scene: held(papers_sent(scene.cast), scene.chidi),
        28 * DAY - HOUR,  # over the night the clocks go forward, at nine by the wall
        [(14 * DAY - HOUR / 2, "chidi"), (28 * DAY - HOUR, "quinn"), (42 * DAY - 1.5 * HOUR, "sue")],
    ),
    Row(
        "GV1",
        lambda scene: recommended(scene.greta),
        42 * DAY,
        [(PUBLISHED + 21 * DAY, "greta"), (PUBLISHED + 33.6 * DAY, "sue"), (PUBLISHED + 42 * DAY, "alma")],
        begins=PUBLISHED,
    ),
    Row(
        "GV2",
        lambda scene: owned(scene.greta, scene.chidi),
        90 * DAY - HOUR,  # until the end of 23 May, by the summer's clock
        [
            (PUBLISHED + 45 * DAY - HOUR / 2, "chidi"),
            (PUBLISHED + 72 * DAY - 0.8 * HOUR, "chidi"),
            (PUBLISHED + 90 * DAY - HOUR, "alma"),
        ],
        begins=PUBLISHED,
        what="somebody answers for it",
    ),
    Row(
        "GV2",
        lambda scene: recommended(scene.greta, timescale="immediately"),
        29 * DAY,
        [
            (PUBLISHED + 14.5 * DAY, "greta"),
            (PUBLISHED + 23.2 * DAY, "greta"),
            (PUBLISHED + 29 * DAY, "alma"),
        ],
        begins=PUBLISHED,
        what="immediately, and nobody answers for it",
    ),
    Row(
        "GV6",
        lambda scene: recommended(scene.greta),
        7 * DAY,
        [(5.6 * DAY, "greta"), (7 * DAY, "sue"), (14 * DAY, "alma")],
    ),
    Row(
        "GV7",
        lambda scene: owned(scene.greta, scene.chidi),
        30 * DAY,
        [(24 * DAY, "chidi"), (30 * DAY, "greta"), (45 * DAY, "alma")],
    ),
    Row(
        "GV8",
        lambda scene: proposed(scene.greta, scene.chidi),
        14 * DAY,
        [(NOW, "alma"), (11.2 * DAY, "alma"), (14 * DAY, "greta")],
    ),
    Row(
        "GV3",
        lambda scene: recommended(scene.greta),
        31 * DAY,
        [(31 * DAY, "greta"), (46.5 * DAY, "sue")],
    ),
    Row(
        "GV9",
        lambda scene: red(begun(scene.greta, scene.chidi), scene.chidi),
        61 * DAY,
        [(48.8 * DAY, "chidi"), (61 * DAY, "greta"), (76.25 * DAY, "alma")],
    ),
    Row(
        "GV3R",
        lambda scene: month_of(red(begun(scene.greta, scene.chidi), scene.chidi)),
        7 * DAY,
        [(NOW, "chidi"), (5.6 * DAY, "greta"), (7 * DAY, "alma")],
    ),
    Row(
        "GV5",
        lambda scene: asked_for(begun(scene.greta, scene.chidi), scene.chidi, scene.connie),
        28 * DAY + 14 * HOUR,  # until the end of 30 March, by the summer's clock
        [
            ((28 * DAY + 14 * HOUR) * 0.8, "connie"),
            (28 * DAY + 14 * HOUR, "quinn"),
            ((28 * DAY + 14 * HOUR) * 1.5, "sue"),
        ],
        what="an officer's",
    ),
    Row(
        "GV5",
        _partners,
        28 * DAY + 14 * HOUR,
        [
            ((28 * DAY + 14 * HOUR) * 0.8, "quinn"),
            (28 * DAY + 14 * HOUR, "quinn"),
            ((28 * DAY + 14 * HOUR) * 1.5, "sue"),
        ],
        what="a partner agency's",
    ),
    Row("GV5C", _done, 14 * DAY, [(11.2 * DAY, "quinn"), (14 * DAY, "sue")]),
]
