"""The ViSOR hub with 195 tasks waiting, by kind; transfers between forces; a round of peer scrutiny in each team."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from access.actor import System, acting
from access.time import now
from accounts.models import Team
from demo.chronicle import Event, when
from demo.offender_words import WORDS, somebody
from demo.offenders import Managed
from demo.people import OFFENDERS, OFFENDERS_EAST, OFFENDERS_SOUTH, OFFENDERS_WEST
from demo.scene import Scene
from offenders.codes import TaskKind
from offenders.models import HubTask, Transfer
from offenders.workflow.hub_tasks import ask_manager, begin_task, receive, take_task
from offenders.workflow.scrutiny import ensure_round
from offenders.workflow.transfers import TransferAsked, ask_transfer_in

DEMO = System("demo")
MIX = {
    TaskKind.ANNUAL: 25,
    TaskKind.CHANGE: 20,
    TaskKind.TRAVEL_OUT: 20,
    TaskKind.WEEKLY: 10,
    TaskKind.TRANSFER_IN: 10,
    TaskKind.RELEASE: 8,
    TaskKind.ORDER: 5,
    TaskKind.MINUTES: 2,
}
"""Per cent. Which kinds waited the report of 2022 says; how many of each is ours."""
OLDEST = 16  # days
ELSEWHERE = 30
"""At least so many are left to what other events give rise to; what is then wanting comes in last, told late."""
WITH_SOMEBODY = 0.3
FORCES = ["Northmarsh Police", "Eastlow Constabulary", "Marchland Police"]


def events(scene: Scene, managed: Sequence[Managed]) -> Iterator[Event]:
    for _ in range(max(1, scene.figures.hub_tasks - ELSEWHERE)):
        yield from _task(scene, scene.rng.choice(managed))
    yield when(scene.ago(minutes=1), _the_rest, scene, managed)
    for days, force in ((5.2, FORCES[0]), (1.1, FORCES[1])):
        yield when(scene.ago(days=days), _asked_to_take, scene, force)
    for number, name in enumerate((OFFENDERS, OFFENDERS_EAST, OFFENDERS_SOUTH, OFFENDERS_WEST)):
        yield when(scene.ago(days=15 - 4 * number), _scrutiny, name)


def _task(scene: Scene, about: Managed) -> Iterator[Event]:
    kind = scene.rng.choices(list(MIX), list(MIX.values()))[0]
    days = min(OLDEST, scene.rng.expovariate(1 / 4))
    at, task = scene.ago(days=days, hours=0.3), HubTask()
    yield when(at, _came_in, scene, task, about, kind)
    if scene.rng.random() < WITH_SOMEBODY:
        yield when(at + timedelta(minutes=9), _with_somebody, scene, task, about)


def _came_in(scene: Scene, task: HubTask, about: Managed, kind: TaskKind) -> None:
    happens: datetime | None = None
    if kind in (TaskKind.TRAVEL_OUT, TaskKind.RELEASE):
        happens = now() + timedelta(days=scene.rng.uniform(2, 20))
    receive(
        task,
        by=scene.people["hana"],
        kind=kind.value,
        nominal=about.nominal,
        what=str(WORDS["hub"][kind.value]),
        source=scene.rng.choice(["Police station, Sallowmere", "Police station, Port Ravel", "Prison, by mail"]),
        received_at=now(),
        happens_at=happens,
        arises_from=None,
    )


def _the_rest(scene: Scene, managed: Sequence[Managed]) -> None:
    """As many as the inspectors counted: links that were found in the meantime have brought some, how many depends on
    the day."""
    with acting(DEMO):
        waiting = HubTask.objects.exclude(state=HubTask.State.CLOSED).count()
    for _ in range(max(0, scene.figures.hub_tasks - waiting)):
        told = now() - scene.hours(1, 60)
        receive(
            HubTask(),
            by=scene.people["hana"],
            kind=TaskKind.CHANGE.value,
            nominal=scene.rng.choice(managed).nominal,
            what=str(WORDS["hub"][TaskKind.CHANGE.value]),
            source="By mail",
            received_at=told,
            happens_at=None,
            arises_from=None,
        )


def _with_somebody(scene: Scene, task: HubTask, about: Managed) -> None:
    by = scene.people[scene.rng.choice(["hana", "hub1", "hub2", "hub3"])]
    with acting(DEMO):
        task = HubTask.objects.get(pk=task.pk)
    task = begin_task(take_task(task, by=by), by=by)
    if scene.rng.random() < 0.2:
        question = "Which flat is it? The certificate says 12, our record 21"
        ask_manager(task, by=by, question=question, asked_of=about.manager)


def _asked_to_take(scene: Scene, force: str) -> None:
    who = somebody(scene)
    ask_transfer_in(
        Transfer(),
        by=scene.people["hana"],
        asked=TransferAsked(force, "Offender management, duty sergeant", f"Has moved to {who.home.address}"),
        name_given=who.name,
        external_ref=f"19/{scene.rng.randint(0, 9_999_999):07d}",
        risk="Medium, as they assess it",
        requested_at=now(),
    )


def _scrutiny(name: str) -> None:
    with acting(DEMO):
        ensure_round(Team.objects.get(name=name))
