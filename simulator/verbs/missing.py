"""Children who are reported missing, looked for and found."""

from __future__ import annotations

from collections.abc import Iterator

from cohort.codes import Risk
from demo.chronicle import Event
from demo.invented import household
from demo.missing import ordinary
from demo.missing_child import Missing
from simulator.arriving import MINUTES
from simulator.engine import What
from simulator.stage import Stage

AGES = (9, 17)
AT_FIRST = 3.0
"""Hours after the report, in which they are looked for like any other. Ours."""


class LookedForAtFirst(Missing):
    """As inspectors found it at medium risk: an officer goes there, and then little is done to find the child."""

    def worked_on(self, until: float, *, every: float) -> Iterator[Event]:
        yield from super().worked_on(min(until, AT_FIRST), every=every)


def events(stage: Stage) -> Iterator[Event]:
    """What is done for each is as in the demonstration; when they are reported and found is simulated."""
    scene = stage.scene
    for item, happened in stage.lives("missing"):
        found = next((each.at for each in happened if each.what == What.DONE), None)
        until = stage.run.days * 24 * MINUTES if found is None else found
        is_left = item.kind == Risk.MEDIUM and scene.writer.chance(stage.conduct("medium_risk_left"))
        child = (LookedForAtFirst if is_left else Missing)(
            scene, household(scene.rng, scene.today, AGES), stage.at(item.since), item.kind
        )
        over = (stage.ends - child.reported_at).total_seconds() / 3600
        after = (until - item.since) / MINUTES + (1 if found is None else 0)
        yield from ordinary(child, over, after)
