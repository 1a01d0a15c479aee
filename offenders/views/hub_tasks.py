"""The queue of the ViSOR hub, one task, and one question to an offender manager."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from access.roles import Can
from access.time import now
from access.views import RecordPage
from accounts.duty import people_answered_for
from govuk.times import exactly
from offenders.codes import TaskKind
from offenders.forms import hub_tasks as forms
from offenders.growth import growth_of_tasks
from offenders.hub_filters import HubTaskFilter
from offenders.hub_rows import (
    GROUPS,
    OPEN,
    OTHERS,
    QUERY_KINDS,
    TASK_KINDS,
    departs_soon,
    happens_in_words,
    task_as_work,
)
from offenders.models import HubQuery, HubTask, Nominal
from offenders.workflow import hub_tasks as workflow
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

State = HubTask.State
Actions = list[tuple[Transition[Any, Any], str, str]]
ACTIONS: Actions = [
    (workflow.take_task, "Take it", "hubtask-take"),
    (workflow.begin_task, "Begin", "hubtask-begin"),
    (workflow.put_on_visor, "It is on ViSOR", "hubtask-on-visor"),
    (workflow.ask_manager, "Ask the offender manager", "hubtask-ask"),
    (workflow.verify_task, "ViSOR is right", "hubtask-verify"),
    (workflow.find_error, "ViSOR is wrong", "hubtask-error"),
    (workflow.assign_task, "Give it to somebody", "hubtask-assign"),
    (workflow.join_duplicate, "It is the same as another", "hubtask-join"),
    (workflow.close_without_update, "Close it without an update", "hubtask-close"),
]
QUERY_ACTIONS: Actions = [
    (workflow.answer_query, "Answer", "hubquery-answer"),
    (workflow.take_query_back, "Take the question back", "hubquery-take-back"),
]


class Hub(QueuePage):
    """Everything that ViSOR has to know, the nearest to breach first."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/hub.html"
    heading = "ViSOR hub"
    filterset_class = HubTaskFilter
    due_field = "due_at"
    empty = {"title": "ViSOR has everything", "text": "A task is there when something happens to somebody we manage."}

    def records(self) -> QuerySet[HubTask]:
        rows: QuerySet[HubTask] = HubTask.objects.select_related("nominal__person", "assigned_to")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        groups = {name: (label, OPEN & Q(kind__in=kinds)) for name, (label, kinds) in GROUPS.items()}
        mine = Q(assigned_to__in=people_answered_for(self.request.user))  # type: ignore[arg-type]
        return {
            "open": ("Open", OPEN),
            "late": ("Late", OPEN & Q(due_at__lt=at)),
            "departing": ("Leaves within a day", departs_soon(at)),
            "mine": ("Yours", OPEN & mine),
            "nobody": ("Nobody has it", Q(state=State.RECEIVED)),
            "asked": ("Waits for an answer", Q(state=State.QUERIED)),
            "to_check": ("To be checked", Q(state=State.UPDATED)),
            **groups,
            "others": ("Everything else", OPEN & Q(kind__in=OTHERS)),
            "closed": ("Closed", ~OPEN),
        }

    def row(self, record: HubTask, clock: Clock | None) -> Work:
        return task_as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        user: Any = self.request.user
        return {"growth": growth_of_tasks(at), "may_keep": user.can(Can.KEEP_REGISTER)}


class TaskPage(RecordPage):
    """One task: what ViSOR has to know, who has it, what was asked, and what was checked."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/hub_record.html"

    def get_queryset(self) -> QuerySet[HubTask]:
        return HubTask.objects.select_related(
            "nominal__person", "assigned_to", "updated_by", "verified_by", "listed_in", "duplicate_of", "hub"
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        task: HubTask = self.object
        at = now()
        asked = list(task.queries.select_related("asked_of", "asked_by", "answered_by").order_by("asked_at", "pk"))
        return super().get_context_data(
            now=at,
            heading=task.nominal.person.name if task.nominal else "Nobody on our books",
            reference=task.reference,
            state=State(task.state).label,
            state_kind=TASK_KINDS[task.state],
            warnings=_warnings(task, at),
            said=_said(task),
            asked=asked,
            joined=list(task.duplicates.order_by("received_at", "pk")),
            actions=actions_for(task, self.request.user, ACTIONS),
            clocks=clocks_of(task),
            missing=[],
            timeline=timeline_of(task),
            **context,
        )


def _warnings(task: HubTask, at: datetime) -> list[str]:
    found = []
    open_to_do = task.state in workflow.TO_DO
    if open_to_do and task.happens_at and task.happens_at < at:
        found.append(f"{happens_in_words(task)} ViSOR does not have it yet")
    elif open_to_do and task.kind == TaskKind.TRAVEL_OUT and task.due_at and task.due_at < at:
        found.append(f"{happens_in_words(task)} That is in less than a day, and ViSOR does not have it")
    if task.closed_said and task.state == State.IN_PROGRESS:
        found.append(f"Somebody looked at ViSOR and found it wrong: {task.closed_said}")
    return found


def _said(task: HubTask) -> list[tuple[str, str, str]]:
    """(label, words, address): what the page says of it."""
    nominal, listed, other = task.nominal, task.listed_in, task.duplicate_of
    rows = [
        ("Kind", str(TaskKind(task.kind).label), ""),
        ("About", f"{nominal.person.name}, {nominal.reference}" if nominal else "Nobody on our books", _url(nominal)),
        ("What", task.what, ""),
        ("Came from", task.source, _url(listed)),
        ("Known since", exactly(task.received_at), ""),
        ("Happens", exactly(task.happens_at) if task.happens_at else "No time is known, or it has none", ""),
        ("Who has it", str(task.assigned_to or "Nobody yet"), ""),
    ]
    if task.updated_at:
        rows.append(("On ViSOR", f"{task.visor_ref}, {exactly(task.updated_at)}, by {task.updated_by}", ""))
        rows.append(("Drawn for a second look", f"{'Yes' if task.to_verify else 'No'}: {task.draw}", ""))
    if task.verified_at:
        rows.append(("Checked", f"{exactly(task.verified_at)}, by {task.verified_by}", ""))
    if task.closed_said:
        label = "Closed" if task.state == State.CLOSED and not task.updated_at else "Found wrong before"
        rows.append((label, task.closed_said, _url(other)))
    return rows


def _url(record: Any) -> str:
    if record is None or (isinstance(record, Nominal) and record.pk is None):
        return ""
    url: str = record.get_absolute_url()
    return url


class Receive(CreatePage):
    transition = workflow.receive
    model = HubTask
    may = Can.KEEP_REGISTER
    form_class = forms.ReceiveForm
    title = "Something has to be put on ViSOR"
    button = "Save the task"
    lead = "The time runs from when the first of us knew."

    def get_initial(self) -> dict[str, Any]:
        return {"received_at": now(), "nominal": self.request.GET.get("nominal", "")}


class TaskStep(TransitionPage):
    model = HubTask


class Take(TaskStep):
    transition = workflow.take_task
    title = "Take this task"
    button = "Take it"


class Begin(TaskStep):
    transition = workflow.begin_task
    title = "Begin with this task"
    button = "Begin"


class Assign(TaskStep):
    transition = workflow.assign_task
    form_class = forms.AssignForm
    title = "Give this task to somebody"
    button = "Give it to them"


class Ask(TaskStep):
    transition = workflow.ask_manager
    form_class = forms.AskForm
    title = "Ask the offender manager"
    button = "Ask"
    lead = "The clock of the task runs on while they answer."

    def get_initial(self) -> dict[str, Any]:
        return {"asked_of": self.record.nominal.manager_id if self.record.nominal else None}


class OnVisor(TaskStep):
    transition = workflow.put_on_visor
    form_class = forms.OnVisorForm
    title = "It is on ViSOR"
    button = "Save the update"
    lead = "Whether somebody else looks at it on ViSOR is drawn at random when you save."

    def get_initial(self) -> dict[str, Any]:
        return {"updated_at": now()}


class Verify(TaskStep):
    transition = workflow.verify_task
    title = "ViSOR is right"
    button = "I have looked, and it is right"
    lead = "Look at ViSOR first. Whoever put it there cannot say so."


class FoundWrong(TaskStep):
    transition = workflow.find_error
    form_class = forms.ErrorForm
    title = "ViSOR is wrong"
    button = "Send it back"
    lead = "Its clock runs again from when it came in."


class Close(TaskStep):
    transition = workflow.close_without_update
    form_class = forms.BecauseForm
    title = "Close it without an update on ViSOR"
    button = "Close it"


class Join(TaskStep):
    transition = workflow.join_duplicate
    form_class = forms.JoinForm
    title = "It is the same as another task"
    button = "Join them"
    lead = "What this task says is added to the other, and the earlier time counts."


class QueryPage(RecordPage):
    """A question of the hub to an offender manager."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/hub_record.html"

    def get_queryset(self) -> QuerySet[HubQuery]:
        return HubQuery.objects.select_related("task__nominal__person", "asked_of", "asked_by", "answered_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        query: HubQuery = self.object
        task = query.task
        who = f" about {task.nominal.person.name}" if task.nominal else ""
        answer = (
            f"{query.answer}\n{query.answered_by}, {exactly(query.answered_at)}" if query.answered_at else "None yet"
        )
        return super().get_context_data(
            now=now(),
            heading=f"The ViSOR hub asks{who}",
            reference=query.reference,
            state=HubQuery.State(query.state).label,
            state_kind=QUERY_KINDS[query.state],
            warnings=[],
            said=[
                ("Question", query.question, ""),
                ("Asked of", str(query.asked_of), ""),
                ("Asked", f"{exactly(query.asked_at)}, by {query.asked_by}", ""),
                ("Answer", answer, ""),
                ("Task", f"{task.reference}: {task.what}", task.get_absolute_url()),
            ],
            actions=actions_for(query, self.request.user, QUERY_ACTIONS),
            clocks=clocks_of(query),
            missing=[],
            timeline=timeline_of(query),
            **context,
        )


class Answer(TransitionPage):
    transition = workflow.answer_query
    model = HubQuery
    form_class = forms.AnswerForm
    button = "Send the answer"
    title = "Answer the ViSOR hub"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": self.record.question}


class TakeBack(TransitionPage):
    transition = workflow.take_query_back
    model = HubQuery
    form_class = forms.BecauseForm
    title = "Take the question back"
    button = "Take it back"
