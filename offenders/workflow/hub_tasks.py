"""The work of the ViSOR hub. A task is there because something happened; it is done when ViSOR has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from access.actor import System
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of, who_may_do
from accounts.models import User
from cases.drawing import OF_A_HUNDRED, a_draw, is_drawn, new_seed
from cases.models import next_reference
from offenders.codes import TaskKind
from offenders.hub_lengths import VERIFY_SHARE
from offenders.models import HubQuery, HubTask, ImportedList, Nominal
from workflow.transitions import NotNow, OneOf, must_say, transition

State = HubTask.State
ASKS = System("what ViSOR has to know")
ON_VISOR: list[Callable[[HubTask], object]] = []
"""Called inside the transition that puts a task on ViSOR: whoever owns the record it arises from goes on."""
TO_DO = [State.RECEIVED.value, State.ASSIGNED.value, State.IN_PROGRESS.value, State.QUERIED.value]
"""States in which ViSOR does not have it yet."""
NO_QUESTION = [State.RECEIVED.value, State.ASSIGNED.value, State.IN_PROGRESS.value]


@transition(target=State.RECEIVED.value, may=Can.SEE_OFFENDERS)
def receive(
    task: HubTask,
    *,
    by: User | System,
    kind: str,
    nominal: Nominal | None,
    what: str,
    source: str,
    received_at: datetime,
    happens_at: datetime | None,
    arises_from: Any,
) -> None:
    """Something has to be put on ViSOR. The clock runs from when the first of us knew."""
    if kind not in TaskKind.values:
        raise NotNow("Choose what kind of task it is.")
    must_say(what, "what has to be put on ViSOR")
    must_say(source, "who sent it, or where it comes from")
    if received_at > now():
        raise NotNow("It cannot have come in the future. Check the date and time.")
    task.reference, task.hub, task.nominal = next_reference("HUB"), team_of(Role.HUB_ADMINISTRATOR), nominal
    task.kind, task.what, task.source = kind, what.strip(), source.strip()
    task.received_at, task.happens_at = received_at, happens_at
    task.arises_from = arises_from.pk if arises_from is not None else None
    task.listed_in = arises_from if isinstance(arises_from, ImportedList) else None


@transition(source=TO_DO, may=Can.KEEP_REGISTER)
def take_up(task: HubTask, *, by: System, what: str, received_at: datetime, happens_at: datetime | None) -> None:
    """More is known of what this task is about. Its due time may come nearer, and never moves away."""
    if what.strip() not in task.what:
        task.what = f"{task.what}\n\n{what.strip()}"
    task.received_at = min(task.received_at, received_at)
    task.happens_at = happens_at or task.happens_at


@transition(source=State.RECEIVED.value, target=State.ASSIGNED.value, may=Can.KEEP_REGISTER)
def take_task(task: HubTask, *, by: User) -> None:
    """Somebody of the hub takes it."""
    task.assigned_to = by


def _while_a_question_is_open(task: HubTask) -> str:
    return State.QUERIED.value if task.state == State.QUERIED else State.ASSIGNED.value


@transition(
    source=TO_DO,
    target=OneOf(_while_a_question_is_open, (State.ASSIGNED.value, State.QUERIED.value)),
    may=Can.SUPERVISE_REGISTER,
)
def assign_task(task: HubTask, *, by: User, to: User) -> None:
    """The manager of the hub gives it to somebody."""
    if not who_may_do(Can.KEEP_REGISTER).filter(pk=to.pk).exists():
        raise NotNow(f"{to} does no work of the ViSOR hub: choose somebody who does.")
    task.assigned_to = to


@transition(source=State.ASSIGNED.value, target=State.IN_PROGRESS.value, may=Can.KEEP_REGISTER)
def begin_task(task: HubTask, *, by: User) -> None:
    """Whoever begins with it has it."""
    task.assigned_to = by


@transition(source=State.IN_PROGRESS.value, target=State.QUERIED.value, may=Can.KEEP_REGISTER)
def ask_manager(task: HubTask, *, by: User, question: str, asked_of: User) -> None:
    """The hub asks an offender manager. The task waits; its clock does not."""
    must_say(question, "what you ask")
    if not who_may_do(Can.MANAGE_OFFENDERS).filter(pk=asked_of.pk).exists():
        raise NotNow(f"{asked_of} manages no offenders: choose somebody who does.")
    if task.nominal and not HubTask.objects.filter(HubTask.visible_to(asked_of), pk=task.pk).exists():
        raise NotNow(f"{asked_of} may not see this offender: ask somebody else.")
    task.assigned_to = task.assigned_to or by
    ask_question(HubQuery(task=task), by=ASKS, question=question, asked_of=asked_of, asker=by)


@transition(source=State.QUERIED.value, target=State.IN_PROGRESS.value, may=Can.KEEP_REGISTER)
def query_over(task: HubTask, *, by: System) -> None:
    """The question has been answered, or is not needed any more."""


def _after_an_update(task: HubTask) -> str:
    return State.UPDATED.value if task.to_verify else State.CLOSED.value


@transition(
    source=[State.ASSIGNED.value, State.IN_PROGRESS.value],
    target=OneOf(_after_an_update, (State.UPDATED.value, State.CLOSED.value)),
    may=Can.KEEP_REGISTER,
)
def put_on_visor(task: HubTask, *, by: User, visor_ref: str, updated_at: datetime) -> None:
    """ViSOR has it, with the reference and the time of the update. Whether a second person checks it is drawn."""
    must_say(visor_ref, "the reference of the update on ViSOR")
    if updated_at > now():
        raise NotNow("It cannot have been put on ViSOR in the future. Check the date and time.")
    if updated_at < task.received_at:
        raise NotNow("It was put on ViSOR after it came in. Check the date and time.")
    task.visor_ref, task.updated_at, task.updated_by = visor_ref.strip(), updated_at, by
    task.assigned_to = task.assigned_to or by
    share, _ = VERIFY_SHARE.in_force(now())
    task.draw = a_draw(min(share, OF_A_HUNDRED), new_seed())
    task.to_verify = task.to_verify or is_drawn(task.draw)  # one that was wrong before is always checked again
    task.closed_at = None if task.to_verify else now()
    for hears in ON_VISOR:
        hears(task)
    for other in _joined(task):
        joined_on_visor(other, by=ASKS, task_done=task)


@transition(source=State.CLOSED.value, may=Can.KEEP_REGISTER)
def joined_on_visor(task: HubTask, *, by: System, task_done: HubTask) -> None:
    """The task it was joined to is on ViSOR, and so is this."""
    task.visor_ref, task.updated_at, task.updated_by = task_done.visor_ref, task_done.updated_at, task_done.updated_by
    for hears in ON_VISOR:
        hears(task)


@transition(source=State.UPDATED.value, target=State.CLOSED.value, may=Can.KEEP_REGISTER)
def verify_task(task: HubTask, *, by: User) -> None:
    """A second person has looked at ViSOR and found it right."""
    _must_be_another(task, by)
    task.verified_at, task.verified_by, task.closed_at = now(), by, now()


@transition(source=State.UPDATED.value, target=State.IN_PROGRESS.value, may=Can.KEEP_REGISTER)
def find_error(task: HubTask, *, by: User, found: str) -> None:
    """A second person has looked at ViSOR and found it wrong. It is to be done again, and its clock runs again from
    when it came in."""
    must_say(found, "what is wrong on ViSOR")
    _must_be_another(task, by)
    task.closed_said = found.strip()
    task.assigned_to = task.assigned_to or task.updated_by
    task.visor_ref, task.updated_at, task.updated_by = "", None, None


@transition(source=TO_DO, target=State.CLOSED.value, may=Can.SUPERVISE_REGISTER)
def close_without_update(task: HubTask, *, by: User, because: str) -> None:
    """Nothing has to be put on ViSOR, and why."""
    must_say(because, "why nothing has to be put on ViSOR")
    task.closed_at, task.closed_said = now(), because.strip()
    for query in HubQuery.objects.filter(task=task, state=HubQuery.State.ASKED):
        query_not_needed(query, by=ASKS)


@transition(source=NO_QUESTION, target=State.CLOSED.value, may=Can.KEEP_REGISTER)
def join_duplicate(task: HubTask, *, by: User, of: HubTask) -> None:
    """It is about the same as another that is open. What it says goes there, and its time counts there."""
    if of.pk == task.pk:
        raise NotNow("A task cannot be joined to itself.")
    if of.state not in TO_DO:
        raise NotNow(f"{of.reference} is not open any more: ViSOR has it, or it was closed.")
    if (of.kind, of.nominal_id) != (task.kind, task.nominal_id):
        raise NotNow(f"{of.reference} is of another kind, or about somebody else.")
    moments = [each for each in (task.happens_at, of.happens_at) if each]
    sooner = min(moments) if moments else None
    take_up(of, by=ASKS, what=task.what, received_at=task.received_at, happens_at=sooner)
    task.duplicate_of, task.closed_at, task.closed_said = of, now(), f"The same as {of.reference}"


@transition(target=HubQuery.State.ASKED.value, may=Can.KEEP_REGISTER)
def ask_question(query: HubQuery, *, by: System, question: str, asked_of: User, asker: User) -> None:
    """An offender manager is asked; the task waits for it."""
    number = HubQuery.objects.filter(task=query.task).count() + 1
    query.reference = f"{query.task.reference} question {number}"
    query.question, query.asked_of, query.asked_by, query.asked_at = question.strip(), asked_of, asker, now()


@transition(source=HubQuery.State.ASKED.value, target=HubQuery.State.ANSWERED.value, may=Can.MANAGE_OFFENDERS)
def answer_query(query: HubQuery, *, by: User, answer: str) -> None:
    """Whoever was asked, or a colleague, answers."""
    must_say(answer, "what the answer is; “not known” is an answer")
    query.answer, query.answered_at, query.answered_by = answer.strip(), now(), by
    query_over(query.task, by=ASKS)


@transition(source=HubQuery.State.ASKED.value, target=HubQuery.State.NOT_NEEDED.value, may=Can.KEEP_REGISTER)
def query_not_needed(query: HubQuery, *, by: System) -> None:
    """The task was closed before anybody answered."""


@transition(source=HubQuery.State.ASKED.value, target=HubQuery.State.NOT_NEEDED.value, may=Can.KEEP_REGISTER)
def take_query_back(query: HubQuery, *, by: User, because: str) -> None:
    """The hub has found the answer itself."""
    must_say(because, "why no answer is needed any more")
    query_over(query.task, by=ASKS)


def ask_hub(
    kind: TaskKind,
    nominal: Nominal | None,
    what: str,
    *,
    arises_from: Any,
    since: datetime,
    happens_at: datetime | None = None,
) -> HubTask:
    """Called inside a transition: what happened has to be put on ViSOR. One that is open already takes it up."""
    same = HubTask.objects.filter(arises_from=arises_from.pk, kind=kind, nominal=nominal, state__in=TO_DO)
    if (open_already := same.first()) is not None:
        return take_up(open_already, by=ASKS, what=what, received_at=since, happens_at=happens_at)
    return receive(
        HubTask(),
        by=ASKS,
        kind=kind.value,
        nominal=nominal,
        what=what,
        source=arises_from.reference,
        received_at=since,
        happens_at=happens_at,
        arises_from=arises_from,
    )


def _must_be_another(task: HubTask, by: User) -> None:
    if task.updated_by_id == by.pk:
        raise NotNow("You put it on ViSOR yourself: somebody else looks at it.")


def _joined(task: HubTask) -> Iterator[HubTask]:
    """Every task that was joined to this one, or to one that was."""
    for other in HubTask.objects.filter(duplicate_of=task).order_by("pk"):
        yield other
        yield from _joined(other)
