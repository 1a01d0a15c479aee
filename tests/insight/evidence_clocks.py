"""Every clock of evidence packs, told as a story: how it begins, how long it is, who hears of it and when. Written by
hand, and not read from the code that it is held against."""

from __future__ import annotations

from datetime import date
from typing import Any

from insight.workflow import evidence_out
from tests.insight.evidence_scenes import as_it_is, asked, checked, prepared, released
from tests.quality.improvement_clocks import DAY, HOUR, Row, Scene
from tests.stories import called_in


def _call(scene: Scene) -> Any:
    return called_in(scene.callie)


def _closed(scene: Scene) -> Any:
    """The inspector took a copy, and it is closed at once."""
    pack = released(scene.cast, _call(scene))
    evidence_out.take_copy(pack, by=scene.hettie)
    return evidence_out.close_evidence(as_it_is(pack), by=scene.sue, because="The inspection is over")


UNTIL_APRIL = 29 * DAY + 14 * HOUR
"""From Monday 2 March at nine until 31 March is over, which by summer time is an hour sooner than by winter time."""

TABLE = [
    Row(
        "EV1",
        lambda scene: asked(scene.greta, needed_by=date(2026, 3, 31)),
        UNTIL_APRIL,
        [(UNTIL_APRIL / 2, "anya"), (UNTIL_APRIL * 0.75, "greta"), (UNTIL_APRIL, "sue")],
        what="over the night when summer time begins",
    ),
    Row(
        "EV2",
        lambda scene: prepared(scene.anya, _call(scene)),
        2 * DAY,
        [(DAY, "greta"), (2 * DAY, "sue")],
        what="the analyst prepared it",
    ),
    Row(
        "EV3",
        lambda scene: checked(scene.greta, scene.anya, _call(scene)),
        2 * DAY,
        [(DAY, "alma"), (2 * DAY, "sue")],
    ),
    Row(
        "EV4",
        lambda scene: released(scene.cast, _call(scene)),
        29 * DAY,
        [(29 * DAY, "greta"), (29 * DAY * 1.25, "sue")],
        what="Longstop did not close it",
    ),
    Row("EV5", _closed, 14 * DAY, [(7 * DAY, "greta"), (14 * DAY, "sue")]),
]
