"""The control room and the triage hub: what waits, what is late, and where police have been in the last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.calls import G1, G2, G3, G4, NO, NOT_KNOWN, YES, Call, call, outcome, thrive, voices
from demo.chronicle import Event, when
from demo.figures import CHILDREN_IN_PRIORITY_CALLS, CHILDREN_IN_THE_HUB
from demo.notices import draft
from demo.scene import Scene
from demo.writing import texts
from ppn import workflow as notices
from ppn.models import Ppn
from triage import workflow
from triage.children import words_for_a_child
from triage.models import Incident, Thrive

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TARGETS = {G1: 15 * MINUTE, G2: HOUR, G3: 48 * HOUR}
AGAIN = {G1: 30 * MINUTE, G2: HOUR, G3: 4 * HOUR}  # how often a late one should be assessed again
ALWAYS = 99
NOTICE_OF = {"domestic": "domestic_abuse", "crisis": "parent_in_crisis"}  # the calls whose notices we can write


def in_the_hub(scene: Scene, how_many: int) -> Iterator[Event]:
    """Reviewed one by one by the triage hub. Most are within their time; none of them has been decided."""
    for number in range(how_many):
        is_late = number < scene.figures.hub_late
        grade = G3 if is_late else scene.writer.weighed({G3: 57, G4: 43})
        hours = scene.rng.uniform(49, 84) if is_late else (47 if grade == G3 else 90) * scene.rng.random() ** 1.4
        incident, taken = Incident(), scene.ago(hours=max(hours, 0.05))
        about = call(scene.writer, scene.today, grade, scene.writer.weighed(CHILDREN_IN_THE_HUB), scene.an_area())
        yield taken_call(scene, incident, about, taken)
        yield from said_if_child(scene, incident, about, taken)
        yield from _reassessed(scene, incident, about, taken, scene.now)


def said_if_child(scene: Scene, incident: Incident, about: Call, taken: datetime) -> Iterator[Event]:
    """Where the software thinks of a child somebody says whether one is there, but for the latest."""
    at = taken + scene.hours(0.1, 0.9)
    if about.contact.child == NO and thinks_of_a_child(about) and at < scene.ago(hours=6):
        yield when(at, workflow.no_child, incident, by=scene.anybody_like("tara"), how_we_know="Rang the caller")


def thinks_of_a_child(about: Call) -> bool:
    """Whether the software will, from what was written."""
    return bool(words_for_a_child(f"{about.contact.category} {about.contact.what_happened}"))


def waiting_for_a_unit(scene: Scene) -> Iterator[Event]:
    """Immediate and priority calls that nobody has got to yet. Some have a unit on the way."""
    figures = scene.figures
    for grade, number, least, most in (
        (G1, figures.g1_on_time, 1, 13),
        (G1, figures.g1_late, 17, 48),
        (G2, figures.g2_on_time, 1, 58),
        (G2, figures.g2_late, 62, 400),
    ):
        for _ in range(number):
            taken = scene.ago(minutes=scene.rng.triangular(least, most, least))
            yield from _waiting(scene, grade, taken)


def _waiting(scene: Scene, grade: str, taken: datetime) -> Iterator[Event]:
    """One call that nobody has come to; of ten, four have somebody on the way."""
    incident = Incident()
    about = call(scene.writer, scene.today, grade, scene.writer.weighed(CHILDREN_IN_PRIORITY_CALLS), scene.an_area())
    yield taken_call(scene, incident, about, taken)
    yield from _reassessed(scene, incident, about, taken, scene.now)
    yield from _told(scene, incident, grade, taken)
    if scene.writer.chance(0.4):
        yield _assigned(scene, incident, taken + (scene.now - taken) * scene.rng.uniform(0.2, 0.9))


def _told(scene: Scene, incident: Incident, grade: str, taken: datetime) -> Iterator[Event]:
    """Of ten callers who wait too long, six are told; the inspectors found four of fourteen who were not."""
    at = taken + TARGETS[grade] + scene.hours(0.1, 0.9)
    if at < scene.now and scene.writer.chance(0.6):
        said = {
            "route": "The number they rang from",
            "said": scene.writer.line(texts("calls")["outcome"]["caller_said"], {}),
        }
        yield when(at, workflow.contact_caller, incident, by=scene.anybody_like("callie"), result="reached", **said)


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
    visits = list(_visits(scene))
    return [event for visit in visits for event in _visited(scene, visit)], sum(visit.has_notice for visit in visits)


def _visits(scene: Scene) -> Iterator[Visit]:
    """Of each grade so many, and so many of them in time; then minutes: the quickest, the last in time, the slowest."""
    figures = scene.figures
    for grade, number, in_time, quickest, slow, slowest in (
        (G1, figures.g1_attended, figures.g1_attended_in_time, 4, 14, 45),
        (G2, figures.g2_attended, figures.g2_attended_in_time, 14, 58, 260),
        (G3, figures.g3_attended, figures.g3_attended, 200, 1200, 1200),
    ):
        for each in range(number):
            least, most = (quickest, slow) if each < in_time else (slow + 4, slowest)
            yield _visit(scene, grade, each, timedelta(minutes=scene.rng.uniform(least, most)))


def _visit(scene: Scene, grade: str, number: int, took: timedelta) -> Visit:
    # In turn, so that each grade has some with a child and a notice, with a child and none, and not known.
    child, has_notice = [(YES, True), (NO, False), (YES, False), (NO, False), (NOT_KNOWN, False)][number % 5]
    kind = scene.writer.rng.choice(list(NOTICE_OF)) if child == YES and grade != G3 else ""
    about = call(scene.writer, scene.today, grade, child, scene.an_area(), *([kind] if kind else []))
    # Reported in the last day too, but for those that may take two.
    arrived = scene.now - scene.hours(2 if has_notice else 0.4, 23.5 if grade == G3 else 19)
    return Visit(Incident(), about, arrived - took, arrived, has_notice and bool(kind))


def _visited(scene: Scene, visit: Visit) -> Iterator[Event]:
    incident, officer = visit.incident, scene.anybody_like("olly")
    yield taken_call(scene, incident, visit.about, visit.taken)
    yield _assigned(scene, incident, visit.taken + (visit.arrived - visit.taken) * scene.rng.uniform(0.2, 0.8))
    yield from _reassessed(scene, incident, visit.about, visit.taken, visit.arrived)
    yield when(visit.arrived, workflow.attend, incident, by=officer)
    done = visit.arrived + scene.hours(0.3, 1.5)
    if visit.has_notice:
        written = draft(scene.writer, scene.today, NOTICE_OF[visit.about.kind], visit.about.family)
        said = {"notice": written.notice(visit.taken, incident.pk), "subjects": written.subjects}
        yield when(done, notices.submit, Ppn(), by=officer, **said)
    for voice in voices(scene.writer, visit.about.family):
        yield when(visit.arrived + scene.hours(0.1, 0.25), workflow.hear_child, incident, by=officer, voice=voice)
    found, recorded = outcome(scene.writer, visit.about), done + scene.hours(0.05, 0.4)
    if recorded < scene.now and scene.writer.chance(0.8):
        yield when(recorded, workflow.record_outcome, incident, by=officer, **found)
        yield from _closed(scene, visit, recorded + scene.hours(0.5, 5))


def _closed(scene: Scene, visit: Visit, at: datetime) -> Iterator[Event]:
    """A supervisor closes what can be closed: not where a child is at risk and there is no notice."""
    if at < scene.now and (visit.has_notice or visit.about.contact.child != YES):
        yield when(at, workflow.close, visit.incident, by=scene.one_of("rosa", "connie"), no_ppn_because="")


def taken_call(scene: Scene, incident: Incident, about: Call, at: datetime) -> Event:
    """Somebody takes the call."""
    assessment = thrive(scene.writer, about)
    said = {"contact": about.contact, "abuse": about.abuse, "grade": about.grade, "assessment": assessment}
    return when(at, workflow.take_call, incident, by=scene.anybody_like("callie"), **said)


def _assigned(scene: Scene, incident: Incident, at: datetime) -> Event:
    unit = scene.writer.rng.choice(texts("calls")["units"])
    return when(at, workflow.assign, incident, by=scene.people["dev"], unit=unit)


def _reassessed(scene: Scene, incident: Incident, about: Call, taken: datetime, until: datetime) -> Iterator[Event]:
    """While they are late some are assessed again each time that is due, some once, and some never."""
    times = scene.writer.weighed({ALWAYS: 30, 1: 30, 0: 40}) if about.grade in TARGETS else 0
    if not times:
        return
    every = AGAIN[about.grade]
    at, trigger = taken + TARGETS[about.grade] + every * scene.rng.uniform(0.1, 0.9), Thrive.Trigger.TARGET_MISSED
    while times and at < until:
        said = {"assessment": thrive(scene.writer, about), "trigger": trigger.value}
        yield when(at, workflow.reassess, incident, by=scene.one_of("connie", "dev"), **said)
        at, trigger, times = at + every * scene.rng.uniform(0.7, 0.99), Thrive.Trigger.INTERVAL, times - 1
