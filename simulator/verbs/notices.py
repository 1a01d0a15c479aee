"""A notice is submitted, read in the MASH, shared and filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from access.actor import acting
from accounts.models import User
from demo.chronicle import Event, when
from demo.filing import filed, schools_told
from demo.mash import CHECK_SAYS, SCREENED, assessment_of, sharing
from demo.notices import NO, Draft, draft
from ppn import workflow
from ppn.models import DomesticAbuseRisk, Ppn, State, StrategyDecision
from simulator.arriving import Item
from simulator.engine import Happening, What
from simulator.stage import Stage

KINDS = {
    "child_at_risk": ("neglect", "hurt", "parent_in_crisis", "exploitation", "online", "person_posing_risk"),
    "domestic_abuse": ("domestic_abuse",),
}
TRIES = 60
WHY_NOT = "Each child is seen by those who know them; nothing points to significant harm"


def events(stage: Stage) -> Iterator[Event]:
    for item, happened in stage.lives("notices"):
        ppn, written = Ppn(), _written(stage, item)
        yield from _comes_in(stage, ppn, written, item)
        for each in happened:
            yield from _step(stage, ppn, written, each)


def _written(stage: Stage, item: Item) -> Draft:
    """Of this kind, with this answer about a child; at high risk where it is to be read first."""
    kinds = KINDS.get(item.kind) or (("missing",) if item.child == "yes" else ("adult_at_risk",))
    kind, scene = stage.scene.rng.choice(kinds), stage.scene
    for _ in range(TRIES):
        written = draft(scene.writer, scene.today, kind)
        if written.child == item.child:
            break
    if item.kind != "domestic_abuse":
        return written
    risk = DomesticAbuseRisk.HIGH if item.rank == 0 else scene.rng.choice(_NOT_HIGH)
    return replace(written, da_risk=risk.value)


_NOT_HIGH = [DomesticAbuseRisk.STANDARD, DomesticAbuseRisk.MEDIUM]


def _comes_in(stage: Stage, ppn: Ppn, written: Draft, item: Item) -> Iterator[Event]:
    scene, at, officer = stage.scene, stage.at(item.since), stage.anybody("officers")
    late = scene.writer.chance(stage.conduct("submitted_late"))
    notice = written.notice(at - (scene.hours(25, 120) if late else scene.hours(0.3, 10)))
    yield when(at, workflow.submit, ppn, by=officer, notice=notice, subjects=written.subjects)
    screened, checked = at + scene.hours(0.03, 0.4), at + scene.hours(0.5, 11)
    if scene.writer.chance(SCREENED) and screened < stage.ends:
        yield when(screened, schools_told, ppn, by=officer)
    if scene.writer.chance(stage.conduct("checked")) and checked < stage.ends:
        yield when(checked, workflow.check, ppn, by=scene.people["rashid"], said=scene.writer.line(CHECK_SAYS, {}))


def _step(stage: Stage, ppn: Ppn, written: Draft, each: Happening) -> Iterator[Event]:
    at = stage.at(each.at)
    if each.queue == "mash" and each.what == What.BEGAN:
        yield Event(at, partial(_take, ppn, stage.who("mash", each.post)))
    elif each.queue == "mash" and each.what == What.DONE:
        by = stage.who("mash", each.post)
        yield assessment_of(stage.scene, ppn, written, by, at)
        yield sharing(stage.scene, ppn, written, by, at)
    elif each.queue == "filing" and each.what == What.DONE:
        by, reviewer = stage.who("mash_sergeants", each.post), stage.scene.people["cole"]
        because = "No child there" if written.child == NO else WHY_NOT
        decision = StrategyDecision.NOT_NEEDED.value
        yield when(at, filed, ppn, by=by, reviewer=reviewer, decision=decision, because=because)


def _take(ppn: Ppn, by: User) -> None:
    """Once: whoever goes on for somebody who was lent for an hour works in their name."""
    with acting(by):
        waits = Ppn.objects.filter(pk=ppn.pk, state=State.SUBMITTED).figures().exists()
    if waits:
        workflow.take(ppn, by=by)
