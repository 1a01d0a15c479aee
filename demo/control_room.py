"""The control room and the triage hub: what waits, what is late, who was seen in the last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.calls import G1, G2, G3, G4, NO, NOT_KNOWN, YES, Call, call, outcome, thrive
from demo.chronicle import Event, when
from demo.figures import CHILDREN_IN_PRIORITY_CALLS, CHILDREN_IN_THE_HUB
from demo.notices import draft
from demo.scene import Scene
from demo.writing import texts
from ppn import workflow as notices
from ppn.models import Ppn
from triage import workflow
from triage.models import Incident, Thrive

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOTICE_OF = {"domestic": "domestic_abuse", "crisis": "parent_in_crisis"}  # the calls whose notices we can write


def in_the_hub(scene: Scene) -> Iterator[Event]:
    """Reviewed one by one by the triage hub. Most are within their time; none of them has been decided."""
    rng = scene.writer.rng
    for number in range(scene.figures.in_hub):
        is_late = number < scene.figures.hub_late
        grade = G3 if is_late or rng.random() < 0.6 else G4
        hours = rng.uniform(49, 84) if is_late else (47 if grade == G3 else 90) * rng.random() ** 1.4
        taken = scene.ago(hours=max(hours, 0.05))
        about = call(scene.writer, scene.today, grade, scene.writer.weighed(CHILDREN_IN_THE_HUB))
        incident = Incident()
        yield _taken(scene, incident, about, taken)
        if is_late:
            yield from _reassessed(scene, incident, about, taken + 48 * HOUR, 4 * HOUR, scene.now)


def waiting_for_a_unit(scene: Scene) -> Iterator[Event]:
    """Immediate and priority calls that nobody has got to. Of those that are late some were assessed again, some never."""
    figures = scene.figures
    for grade, number, least, most in (
        (G1, figures.g1_on_time, 1, 13),
        (G1, figures.g1_late, 17, 48),
        (G2, figures.g2_on_time, 1, 58),
        (G2, figures.g2_late, 62, 400),
    ):
        for _ in range(number):
            taken = scene.ago(minutes=scene.writer.rng.triangular(least, most, least))
            about = call(scene.writer, scene.today, grade, scene.writer.weighed(CHILDREN_IN_PRIORITY_CALLS))
            incident = Incident()
            yield _taken(scene, incident, about, taken)
            due, again = (15 * MINUTE, 30 * MINUTE) if grade == G1 else (HOUR, HOUR)
            yield from _reassessed(scene, incident, about, taken + due, again, scene.now)
            if scene.writer.chance(0.4):
                yield _assigned(scene, incident, taken + (scene.now - taken) * scene.writer.rng.uniform(0.2, 0.9))


@dataclass(frozen=True)
class Visit:
    """An incident that police have come to."""

    incident: Incident
    about: Call
    taken: datetime
    arrived: datetime
    has_notice: bool


def attended(scene: Scene) -> tuple[list[Event], int]:
    """What police came to in the last day, and how many notices were submitted from there."""
    events: list[Event] = []
    written = 0
    for visit in _visits(scene):
        events.extend(_visited(scene, visit))
        written += visit.has_notice
    return events, written


def _visits(scene: Scene) -> Iterator[Visit]:
    figures = scene.figures
    # (grade, how many, how many in time, minutes at least, the target, minutes at most)
    for grade, number, in_time, least, target, most in (
        (G1, figures.g1_attended, figures.g1_attended_in_time, 4, 14, 45),
        (G2, figures.g2_attended, figures.g2_attended_in_time, 14, 58, 260),
        (G3, figures.g3_attended, figures.g3_attended, 200, 1500, 1500),
    ):
        for each in range(number):
            is_late = each >= in_time
            response = scene.writer.rng.uniform(*((target * 1.1 + 2, most) if is_late else (least, target)))
            arrived = scene.now - scene.hours(0.4, 23.5 - (response / 60 if grade != G3 else 0))
            # Child and notice, child and none yet, nobody knows, no child: in turn, so that each grade has all.
            child, has_notice = [(YES, True), (NO, False), (YES, False), (NO, False), (NOT_KNOWN, False)][each % 5]
            kind = scene.writer.rng.choice(list(NOTICE_OF)) if child == YES and grade != G3 else ""
            about = call(scene.writer, scene.today, grade, child, kind)
            has_notice = has_notice and bool(kind) and arrived < scene.ago(hours=2)
            yield Visit(Incident(), about, arrived - timedelta(minutes=response), arrived, has_notice)


def _visited(scene: Scene, visit: Visit) -> Iterator[Event]:
    rng, incident, took = scene.writer.rng, visit.incident, visit.arrived - visit.taken
    target = {G1: 15 * MINUTE, G2: HOUR, G3: 48 * HOUR}[visit.about.grade]
    officer = scene.anybody_like("olly")
    yield _taken(scene, incident, visit.about, visit.taken)
    yield _assigned(scene, incident, visit.taken + took * rng.uniform(0.2, 0.8))
    yield from _reassessed(scene, incident, visit.about, visit.taken + target, HOUR, visit.arrived)
    yield when(visit.arrived, workflow.attend, incident, by=officer)
    done = visit.arrived + scene.hours(0.3, 1.5)
    if visit.has_notice:
        written = draft(scene.writer, scene.today, NOTICE_OF[visit.about.kind], visit.about.family)
        facts = {"notice": written.notice(visit.taken, incident.pk), "subjects": written.subjects}
        yield when(done, notices.submit, Ppn(), by=officer, **facts)
    if done + 10 * MINUTE < scene.now and rng.random() < 0.8:
        yield when(
            done + 5 * MINUTE, workflow.record_outcome, incident, by=officer, **outcome(scene.writer, visit.about)
        )
        settled = visit.has_notice or visit.about.contact.child != YES
        closed = done + scene.hours(0.5, 4)
        if settled and closed < scene.now and rng.random() < 0.7:
            yield when(closed, workflow.close, incident, by=scene.one_of("rosa", "connie"), no_ppn_because="")


def _taken(scene: Scene, incident: Incident, about: Call, at: datetime) -> Event:
    facts = {"contact": about.contact, "assessment": thrive(scene.writer, about), "grade": about.grade}
    return when(at, workflow.take_call, incident, by=scene.anybody_like("callie"), **facts)


def _assigned(scene: Scene, incident: Incident, at: datetime) -> Event:
    unit = scene.writer.rng.choice(texts("calls")["units"])
    return when(at, workflow.assign, incident, by=scene.people["dev"], unit=unit)


def _reassessed(
    scene: Scene, incident: Incident, about: Call, due: datetime, every: timedelta, until: datetime
) -> Iterator[Event]:
    """Some are looked at again each time that is due, some once, and some never."""
    times = scene.writer.weighed({99: 30, 1: 30, 0: 40})
    at, trigger = due + every * scene.writer.rng.uniform(0.1, 0.9), Thrive.Trigger.TARGET_MISSED
    while times and at < until:
        by = scene.one_of("connie", "dev")
        facts = {"assessment": thrive(scene.writer, about), "trigger": trigger.value}
        yield when(at, workflow.reassess, incident, by=by, **facts)
        at, trigger, times = at + every * scene.writer.rng.uniform(0.7, 0.99), Thrive.Trigger.INTERVAL, times - 1
