"""What the ViSOR hub has to put on ViSOR, and what offender managers write and a sergeant approves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count

from access.actor import System, acting
from access.time import now
from accounts.models import Absence, User
from accounts.workflow import go_away
from demo.chronicle import Event, when
from demo.offender_words import WORDS, assessment_facts, somebody, visit_facts
from demo.offenders import RISKS, TARIFF, Managed, take_them_over
from offenders.codes import TaskKind
from offenders.models import Approval, Assessment, HubTask, OffenderVisit
from offenders.workflow.approvals import approve
from offenders.workflow.assessments import begin_assessment, submit_assessment, write_assessment
from offenders.workflow.hub_tasks import begin_task, put_on_visor, receive, take_task, verify_task
from offenders.workflow.visits import record_visit
from simulator.arriving import Item
from simulator.engine import Happening, What
from simulator.stage import Stage

READS = System("simulator")
HAPPENS = (TaskKind.TRAVEL_OUT, TaskKind.RELEASE)
A_DAY = timedelta(days=1)


def events(stage: Stage) -> Iterator[Event]:
    managed = _managed(stage)
    # What the old system held is told in days before they were taken over, and not before the end of it all.
    then = replace(stage.scene, now=stage.begins)
    for number, manager in enumerate(stage.staff["managers"]):
        theirs = [each for each in managed if each.manager == manager]
        yield when(stage.begins + timedelta(minutes=number), take_them_over, then, theirs)
    yield from _sergeants_go(stage)
    for item, happened in stage.lives("hub_tasks"):
        yield from _task(stage, item, happened, stage.scene.rng.choice(managed))
    lanes = stage.run.profile.teams["sergeants"].lanes
    turn = [count() for _ in range(lanes)]
    by_lane = [[each for each in managed if _lane(stage, each) % lanes == lane] for lane in range(lanes)]
    for item, happened in stage.lives("approvals"):
        theirs = by_lane[item.number % lanes]
        yield from _approved(stage, item, happened, theirs[next(turn[item.number % lanes]) % len(theirs)])


def _lane(stage: Stage, each: Managed) -> int:
    return stage.staff["managers"].index(each.manager)


def _managed(stage: Stage) -> list[Managed]:
    """Three of four of them are registered."""
    scene, managers = stage.scene, stage.staff["managers"]
    chosen = scene.rng.choices(
        list(RISKS), list(RISKS.values()), k=max(round(stage.conduct("nominals")), len(managers))
    )
    return [
        Managed(somebody(scene), risk, managers[number % len(managers)], number % 4 > 0, f"30/{number:07d}")
        for number, risk in enumerate(chosen)
    ]


def _sergeants_go(stage: Stage) -> Iterator[Event]:
    """On leave, with a colleague named who covers; that nobody does their work meanwhile is how it was, not a rule."""
    team, sergeants = stage.run.profile.teams["sergeants"], stage.staff["sergeants"]
    for leave in team.leave:
        person, cover = sergeants[leave.lane % team.lanes], sergeants[(leave.lane + 1) % len(sergeants)]
        starts = stage.run.starts + (leave.first - stage.run.starts.astimezone(stage.run.profile.zone).date())
        until = starts + (leave.until - leave.first)
        if starts - A_DAY > stage.begins and person != cover:
            about = {"kind": Absence.Kind.LEAVE.value, "starts": starts, "ends": until}
            yield when(starts - A_DAY, go_away, person, by=person, cover=cover, **about)


def _task(stage: Stage, item: Item, happened: list[Happening], about: Managed) -> Iterator[Event]:
    task, kind = HubTask(), TaskKind(item.kind)
    at = stage.at(item.since)
    yield when(at, _came_in, stage, task, about, kind)
    for each in happened:
        moment, by = stage.at(each.at), stage.who("visor", each.post)
        if each.what == What.BEGAN:
            yield when(moment, _begun, task, by)
        elif each.what == What.DONE:
            yield when(moment, _on_visor, stage, task, by, f"V{item.number + 5000:06d}")


def _came_in(stage: Stage, task: HubTask, about: Managed, kind: TaskKind) -> None:
    happens = now() + timedelta(days=stage.scene.rng.uniform(2, 20)) if kind in HAPPENS else None
    what, source = str(WORDS["hub"][kind.value]), "Police station, Sallowmere"
    receive(
        task,
        by=stage.scene.people["hana"],
        kind=kind.value,
        nominal=about.nominal,
        what=what,
        source=source,
        received_at=now(),
        happens_at=happens,
        arises_from=None,
    )


def _begun(task: HubTask, by: User) -> None:
    """Once: whoever goes on for somebody who was lent for an hour works in their name."""
    with acting(READS):
        current = HubTask.objects.get(pk=task.pk)
    if current.state == HubTask.State.RECEIVED:
        begin_task(take_task(current, by=by), by=by)


def _on_visor(stage: Stage, task: HubTask, by: User, reference: str) -> None:
    """A second person looks at it at once, where it is drawn for that."""
    with acting(READS):
        current = HubTask.objects.get(pk=task.pk)
    done = put_on_visor(current, by=by, visor_ref=reference, updated_at=now())
    if done.state == HubTask.State.UPDATED:
        verify_task(done, by=stage.scene.people["hugo"])


def _approved(stage: Stage, item: Item, happened: list[Happening], about: Managed) -> Iterator[Event]:
    record: OffenderVisit | Assessment = OffenderVisit() if item.kind == "visit" else Assessment()
    yield Event(stage.at(item.since), partial(_submitted, stage, record, about))
    for each in happened:
        if each.what == What.DONE:
            yield when(stage.at(each.at), _approves, record, stage.who("sergeants", each.post))


def _submitted(stage: Stage, record: OffenderVisit | Assessment, about: Managed) -> None:
    rng, by = stage.scene.rng, about.manager
    if isinstance(record, Assessment):
        made = begin_assessment(record, by=by, nominal=about.nominal, tool="arms", why_now="Yearly")
        written = write_assessment(made, by=by, said=assessment_facts(rng, about.risk.value, "Yearly"))
        submit_assessment(written, by=by)
        return
    other = next(each for each in stage.staff["managers"] if each != by)
    at = now() - timedelta(hours=rng.uniform(1, 9))
    found = visit_facts(rng, about.home, (str(by), str(other)), at.date() + timedelta(days=TARIFF[about.risk] - 3))
    # A child who is seen brings the hub a task that no engine knows of: such visits are not simulated.
    nobody = replace(found, children_seen="no", children="")
    record_visit(record, by=by, nominal=about.nominal, visited_at=at, found=nobody)


def _approves(record: OffenderVisit | Assessment, by: User) -> None:
    with acting(READS):
        waiting = Approval.objects.get(record=record.pk, state=Approval.State.WAITING)
    approve(waiting, by=by)
