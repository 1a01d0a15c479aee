"""The MASH's last eleven days: more arrived each day than could be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from demo.chronicle import Event, when
from demo.figures import OLDEST_NOTICE, STILL_WAITING, SUBMITTED_LATE
from demo.filing import filed, schools_told
from demo.known import assessed
from demo.notices import NO, YES, Draft, draft
from demo.scene import Scene
from demo.writing import texts
from partners.disclose import Grounds
from partners.models import Agency, Basis, Informed
from ppn import workflow
from ppn.models import Decision, Grade, Ppn, StrategyDecision, Type

SCREENED, CHECKED = 0.8, 0.7
CHECK_SAYS = [
    "Good: each child's own words, and where they were.",
    "Clear and quick. Next time ask who is alone with the children.",
    "Thank you. Say who will see the baby again, and by when.",
    "What the child said is there, and what you did. Good work.",
    "Ask which school next time: it has to be told before the bell.",
]


def events(scene: Scene, waiting: int) -> Iterator[Event]:
    """So many notices that wait, and those that the MASH has got further with."""
    yield from _queue(scene, waiting)
    for number, how_far in ((scene.figures.assessed, 1), (scene.figures.shared, 2), (scene.figures.filed, 3)):
        for _ in range(number):
            yield from _reviewed(scene, how_far)


def submission(scene: Scene, ppn: Ppn, written: Draft, at: datetime) -> Event:
    """An officer submits it; one in eight only more than a day after police first knew."""
    late = scene.writer.chance(SUBMITTED_LATE)
    notice = written.notice(at - (scene.hours(25, 120) if late else scene.hours(0.3, 10)))
    by = scene.anybody_like("olly")
    return when(at, workflow.submit, ppn, by=by, notice=notice, subjects=written.subjects)


def _queue(scene: Scene, number: int) -> Iterator[Event]:
    arrived = scene.arrivals(number, STILL_WAITING, OLDEST_NOTICE)
    early = [moment for moment in arrived if moment < scene.ago(hours=10)]
    being_reviewed = set(scene.rng.sample(early, min(scene.figures.under_review, len(early))))
    for at in arrived:
        ppn = Ppn()
        yield submission(scene, ppn, draft(scene.writer, scene.today), at)
        yield from _beside_the_review(scene, ppn, at)
        if at in being_reviewed:
            yield when(scene.now - scene.hours(0.1, 9), workflow.take, ppn, by=scene.one_of("cora", "cole"))


def _reviewed(scene: Scene, how_far: int) -> Iterator[Event]:
    """One notice, from submission to as far as it got: 1 assessed, 2 shared, 3 filed."""
    ppn, written = Ppn(), draft(scene.writer, scene.today)
    reviewer = scene.one_of("cora", "cole")
    taken, done, shared, filed = _moments(scene, how_far)
    submitted = taken - scene.hours(2, 60)
    yield submission(scene, ppn, written, submitted)
    yield from _beside_the_review(scene, ppn, submitted, all_schools=how_far >= 3)
    yield when(taken, workflow.take, ppn, by=reviewer)
    yield assessment_of(scene, ppn, written, reviewer, done)
    if how_far >= 2:
        yield sharing(scene, ppn, written, reviewer, shared)
    if how_far >= 3:
        yield _filing(scene, ppn, written, filed)


def _moments(scene: Scene, how_far: int) -> list[datetime]:
    """When it was taken, assessed, shared and filed, the last of these a while before now."""
    since_the_last = scene.hours(1, 120) if how_far == 3 else scene.hours(0.2, 26)
    steps = [timedelta(0), scene.hours(0.4, 3), scene.hours(0.3, 5), scene.hours(0.5, 9)]
    until_the_last = sum(steps[: how_far + 1], timedelta(0))
    begun = scene.now - since_the_last - until_the_last
    return [begun + sum(steps[: number + 1], timedelta(0)) for number in range(len(steps))]


def assessment_of(scene: Scene, ppn: Ppn, written: Draft, by: User, at: datetime) -> Event:
    mash, writer, words = texts("mash"), scene.writer, written.family.words()
    differs = writer.chance(0.15)
    return when(
        at,
        assessed,
        ppn,
        by=by,
        systems_checked=writer.line(mash["systems"], words),
        assessment=writer.line(mash["assessment"], words),
        grade=Grade.RED.value if differs else written.grade,
        because=writer.line(mash["grade_because"], words) if differs else "",
        decision=_made_of_it(written),
    )


def _made_of_it(written: Draft) -> str:
    if written.child == NO:
        return Decision.OTHER_AGENCY.value
    return (Decision.IN_NEED if written.grade in (Grade.RED, Grade.AMBER) else Decision.INFORMATION).value


def _beside_the_review(scene: Scene, ppn: Ppn, at: datetime, *, all_schools: bool = False) -> Iterator[Event]:
    """What does not wait for the MASH: the safety screen for a school, at the door; and the supervisor's check, where
    somebody was there to do it."""
    screened = at + scene.hours(0.03, 0.4)
    if (all_schools or scene.writer.chance(SCREENED)) and screened < scene.now:
        yield when(screened, schools_told, ppn, by=scene.people["olly"])
    checked = at + scene.hours(0.5, 11)
    if scene.writer.chance(CHECKED) and checked < scene.now:
        yield when(checked, workflow.check, ppn, by=scene.people["rashid"], said=scene.writer.line(CHECK_SAYS, {}))


def sharing(scene: Scene, ppn: Ppn, written: Draft, by: User, at: datetime) -> Event:
    mash, writer = texts("mash"), scene.writer
    why_needed = writer.line(mash["why_needed"], {})
    informed = writer.weighed({Informed.YES.value: 6, Informed.NOT_YET.value: 3, Informed.NO_RISK.value: 2})
    grounds = Grounds(basis=Basis.PUBLIC_TASK.value, why_needed=why_needed, informed=informed, **_more(informed, at))
    summary = writer.line(mash["summary"], {})
    to = recipients(scene, written)
    return when(at, workflow.share, ppn, by=by, agencies=to, summary=summary, grounds=grounds)


def _more(informed: str, at: datetime) -> dict[str, Any]:
    """What is said beside whether the family was told."""
    if informed == Informed.NO_RISK:
        return {"not_informed_because": "He would know who had called, and she is still in the house"}
    if informed == Informed.NOT_YET:
        return {"who_will_tell": "The officer in the case", "tell_by": at + timedelta(days=2)}
    return {}


def recipients(scene: Scene, written: Draft) -> Sequence[Agency]:
    """Children's social care and health for a child; those who work with the adults for the rest."""
    kind, chosen = Agency.Kind, []
    if written.child != NO:
        chosen += [
            scene.rng.choice(scene.agencies[kind.SOCIAL_CARE.value]),
            scene.agencies[kind.HEALTH.value][0],
        ]
    if Type.DOMESTIC_ABUSE.value in written.types:
        chosen += scene.agencies[kind.SPECIALIST.value]
    if Type.EXPLOITATION.value in written.types:
        chosen += scene.agencies[kind.YOUTH_JUSTICE.value]
    return chosen or scene.agencies[kind.ADULT_CARE.value]


def _filing(scene: Scene, ppn: Ppn, written: Draft, at: datetime) -> Event:
    decided = texts("mash")["decision"]
    weights = {StrategyDecision.NOT_NEEDED: 80, StrategyDecision.REQUESTED: 15, StrategyDecision.HELD: 5}
    decision = scene.writer.weighed(weights) if written.child == YES else StrategyDecision.NOT_NEEDED
    lines = decided["adults_only" if written.child == NO else decision.value]
    because = scene.writer.line(lines, {})
    by = scene.sergeant_at(at)
    return when(at, filed, ppn, by=by, reviewer=scene.people["cole"], decision=decision.value, because=because)
