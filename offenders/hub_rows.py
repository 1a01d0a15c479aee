"""How the work of the ViSOR hub, transfers and scrutiny show themselves in lists."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from govuk.times import exactly
from offenders.codes import TaskKind
from offenders.models import HubQuery, HubTask, ScrutinyItem, ScrutinyRound, Transfer
from offenders.workflow.hub_tasks import TO_DO
from sla.models import Clock
from sla.work import Work

TASK_KINDS = {
    "received": "new",
    "assigned": "working",
    "in_progress": "working",
    "queried": "waiting",
    "updated": "waiting",
    "closed": "done",
}
QUERY_KINDS = {"asked": "waiting", "answered": "done", "not_needed": "stopped"}
TRANSFER_KINDS = {"requested": "waiting", "accepted": "done", "refused": "stopped", "withdrawn": "stopped"}
ROUND_KINDS = {"drawn": "working", "done": "done"}
ITEM_KINDS = {"to_look_at": "waiting", "graded": "working", "closed": "done"}
GROUPS: dict[str, tuple[str, list[TaskKind]]] = {
    "travel": ("Travel", [TaskKind.TRAVEL_OUT, TaskKind.TRAVEL_RETURN]),
    "custody": ("Custody and release", [TaskKind.RELEASE, TaskKind.ADMISSION]),
    "transfers": ("Transfers", [TaskKind.TRANSFER_IN, TaskKind.TRANSFER_OUT]),
    "differences": ("Differences with a list", [TaskKind.DIFFERENCE]),
}
OTHERS = [kind for kind in TaskKind if all(kind not in kinds for _, kinds in GROUPS.values())]
A_DAY = timedelta(hours=24)
OPEN = ~Q(state=HubTask.State.CLOSED)
NOT_ON_VISOR = Q(state__in=TO_DO)


def departs_soon(at: datetime) -> Q:
    """They leave within a day, or have left, and ViSOR does not know."""
    return NOT_ON_VISOR & Q(kind=TaskKind.TRAVEL_OUT, happens_at__lt=at + A_DAY)


def task_as_work(task: HubTask, clock: Clock | None = None) -> Work:
    happens = f" {happens_in_words(task)}" if task.happens_at else ""
    first = task.what.splitlines()[0]
    return Work(
        title=task.nominal.person.name if task.nominal else "Nobody on our books",
        url=task.get_absolute_url(),
        reference=task.reference,
        why=f"{TaskKind(task.kind).label}: {first[:200]}{happens}",
        due=task.due_at if task.state != HubTask.State.CLOSED else None,
        started=clock.started_at if clock else task.received_at,
        state=HubTask.State(task.state).label,
        state_kind=TASK_KINDS[task.state],
        owner=str(task.assigned_to or ""),
        holds_up="What other forces and agencies read of them on ViSOR",
        key=task.pk,
    )


def happens_in_words(task: HubTask) -> str:
    if task.happens_at is None:
        return ""
    what = {TaskKind.TRAVEL_OUT: "Leaves", TaskKind.RELEASE: "Released"}.get(TaskKind(task.kind), "Happens")
    return f"{what} {exactly(task.happens_at)}."


def query_as_work(query: HubQuery) -> Work:
    return Work(
        title=query.question,
        url=query.get_absolute_url(),
        reference=query.reference,
        why=f"{query.asked_by} of the ViSOR hub asks",
        due=query.due_at if query.state == HubQuery.State.ASKED else None,
        started=query.asked_at,
        state=HubQuery.State(query.state).label,
        state_kind=QUERY_KINDS[query.state],
        owner=str(query.asked_of),
        holds_up="The ViSOR hub: its clock runs on",
    )


def transfer_as_work(transfer: Transfer, clock: Clock | None = None) -> Work:
    waits = transfer.state == Transfer.State.REQUESTED
    comes = transfer.way == Transfer.Way.IN
    return Work(
        title=transfer.name_given,
        url=transfer.get_absolute_url(),
        reference=transfer.reference,
        why=f"{'From' if comes else 'To'} {transfer.force}. {whose_now(transfer)}",
        due=transfer.due_at if waits else None,
        started=transfer.requested_at,
        state=Transfer.State(transfer.state).label,
        state_kind=TRANSFER_KINDS[transfer.state],
        owner="An inspector here decides" if comes and waits else transfer.contact,
        holds_up="Whoever lives where they live now" if waits else "Nobody",
    )


def whose_now(transfer: Transfer) -> str:
    """Who has them at this moment: somebody always does."""
    ours = transfer.way == Transfer.Way.OUT
    if transfer.state == Transfer.State.ACCEPTED:
        ours = not ours
    return "They are managed here." if ours else f"They are managed by {transfer.force}."


def round_as_work(drawn: ScrutinyRound, left: int, clock: Clock | None = None) -> Work:
    return Work(
        title=f"Records of {drawn.team}",
        url=drawn.get_absolute_url(),
        reference=drawn.reference,
        why=f"{left} still to be looked at" if drawn.state == ScrutinyRound.State.DRAWN else "All were looked at",
        due=drawn.due_at if drawn.state == ScrutinyRound.State.DRAWN else None,
        started=drawn.counts_from,
        state=ScrutinyRound.State(drawn.state).label,
        state_kind=ROUND_KINDS[drawn.state],
        owner=str(drawn.looked_at_by or "Somebody who does not manage them"),
        holds_up="What the team could learn",
    )


def item_as_work(item: ScrutinyItem) -> Work:
    return Work(
        title=item.nominal.person.name,
        url=item.get_absolute_url(),
        reference=item.reference,
        why=item.action or item.found or "Drawn at random",
        due=item.action_due_at if item.state == ScrutinyItem.State.GRADED else item.round.due_at,
        started=item.graded_at or item.round.drawn_at,
        state=ScrutinyItem.State(item.state).label,
        state_kind=ITEM_KINDS[item.state],
        owner=str(item.nominal.manager if item.state == ScrutinyItem.State.GRADED else item.round.looked_at_by or ""),
        holds_up="Whoever they may harm",
    )
