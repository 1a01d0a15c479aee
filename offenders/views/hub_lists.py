"""Lists that are compared with our records, and transfers between forces."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from govuk.times import exactly
from offenders.forms import hub_moving
from offenders.forms.hub_tasks import BecauseForm, CompareForm
from offenders.hub_filters import TransferFilter
from offenders.hub_rows import TRANSFER_KINDS, task_as_work, transfer_as_work, whose_now
from offenders.list_files import COLUMNS
from offenders.models import ImportedList, Transfer
from offenders.workflow import lists, transfers
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

SHOWN = 100
Kind, State, Way = ImportedList.Kind, Transfer.State, Transfer.Way
ACCEPT_IN: tuple[Transition[Any, Any], str, str] = (transfers.accept_transfer_in, "Accept them", "transfer-accept-in")
ACCEPT_OUT: tuple[Transition[Any, Any], str, str] = (
    transfers.accept_transfer_out,
    "They have accepted",
    "transfer-accept-out",
)
ENDS: list[tuple[Transition[Any, Any], str, str]] = [
    (transfers.refuse_transfer, "It is refused", "transfer-refuse"),
    (transfers.withdraw_transfer, "It is withdrawn", "transfer-withdraw"),
]


class Lists(GuardedPage):
    """Every list that was compared, the newest first."""

    may = Can.SEE_OFFENDERS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = ImportedList.objects.select_related("compared_by").order_by("-compared_at", "pk")[:SHOWN]
        context = {
            "heading": "Lists compared with our records",
            "lists": list(rows),
            "shown": SHOWN,
            "may_keep": request.user.can(Can.KEEP_REGISTER),  # type: ignore[union-attr]
            "now": now(),
        }
        return render(request, "offenders/hub_lists.html", context)


class Compare(CreatePage):
    """A list is chosen; what differs becomes work."""

    takes_files = True

    transition = lists.compare
    model = ImportedList
    form_class = CompareForm
    template_name = "offenders/hub_compare.html"
    title = "Compare a list with our records"
    button = "Compare it"
    lead = "Rows that say what we say are counted. Every difference becomes a task with a clock."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        columns = [(Kind(kind).label, list(names)) for kind, names in COLUMNS.items()]
        return {**super().get_context_data(**context), "columns": columns}

    def cancel_url(self) -> str:
        return reverse("offenders-lists")


class ListPage(RecordPage):
    """What a list and we did not agree on, and the rows that could not be read."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/hub_list.html"

    def get_queryset(self) -> QuerySet[ImportedList]:
        return ImportedList.objects.select_related("compared_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        imported: ImportedList = self.object
        tasks = imported.tasks.select_related("nominal__person", "assigned_to").order_by("due_at", "pk")
        return super().get_context_data(
            now=now(),
            heading=str(Kind(imported.kind).label),
            reference=imported.reference,
            rows=[task_as_work(each) for each in tasks],
            unread=list(imported.unread.order_by("line")),
            clocks=[],
            missing=[],
            timeline=timeline_of(imported),
            **context,
        )


class Transfers(QueuePage):
    """Everybody who comes from another force or goes to one, the nearest to breach first."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/transfers.html"
    heading = "Transfers between forces"
    filterset_class = TransferFilter
    due_field = "due_at"
    empty = {"title": "Nobody is being transferred", "text": "Whoever has them keeps them until the other accepts."}

    def records(self) -> QuerySet[Transfer]:
        rows: QuerySet[Transfer] = Transfer.objects.select_related("nominal__person")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        waits = Q(state=State.REQUESTED)
        return {
            "open": ("Not decided", waits),
            "late": ("Late", waits & Q(due_at__lt=at)),
            "in": ("To us", waits & Q(way=Way.IN)),
            "out": ("From us", waits & Q(way=Way.OUT)),
            "past": ("Decided", ~waits),
        }

    def row(self, record: Transfer, clock: Clock | None) -> Work:
        return transfer_as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        user: Any = self.request.user
        return {"may_in": user.can(Can.KEEP_REGISTER), "may_out": user.can(Can.MANAGE_OFFENDERS)}


class TransferPage(RecordPage):
    """One transfer: who has them now, who decides, and what was decided."""

    may = Can.SEE_OFFENDERS
    template_name = "offenders/hub_record.html"

    def get_queryset(self) -> QuerySet[Transfer]:
        return Transfer.objects.select_related("nominal__person", "nominal__manager", "recorded_by", "decided_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        transfer: Transfer = self.object
        accept = ACCEPT_IN if transfer.way == Way.IN else ACCEPT_OUT
        return super().get_context_data(
            now=now(),
            heading=transfer.name_given,
            reference=transfer.reference,
            state=State(transfer.state).label,
            state_kind=TRANSFER_KINDS[transfer.state],
            warnings=[],
            said=_said(transfer),
            actions=actions_for(transfer, self.request.user, [accept, *ENDS]),
            clocks=clocks_of(transfer),
            missing=[],
            timeline=timeline_of(transfer),
            **context,
        )


def _said(transfer: Transfer) -> list[tuple[str, str, str]]:
    nominal = transfer.nominal
    rows = [
        ("Who has them now", whose_now(transfer), ""),
        ("Which way", f"{Way(transfer.way).label}: {transfer.force}", ""),
        ("Who answers there", transfer.contact, ""),
        ("Reference on ViSOR", transfer.external_ref or "Not known", ""),
        ("Moves on", f"{transfer.moves_on:%-d %B %Y}" if transfer.moves_on else "Not known, or has moved", ""),
        ("Why", transfer.because, ""),
        ("Asked for", f"{exactly(transfer.requested_at)}, recorded by {transfer.recorded_by}", ""),
    ]
    if transfer.way == Way.IN:
        rows.insert(4, ("Risk, as the other force says", transfer.risk or "Not said", ""))
    if nominal:
        rows.append(("Our record", f"{nominal.reference}, managed by {nominal.manager}", nominal.get_absolute_url()))
    if transfer.decided_at:
        who = f"{exactly(transfer.decided_at)}, by {transfer.decided_by}"
        name = f"Accepted there by {transfer.accepted_by_name}. " if transfer.accepted_by_name else ""
        rows.append(("Decided", f"{name}{transfer.decision_because}\n{who}".strip(), ""))
    return rows


class AskIn(CreatePage):
    transition = transfers.ask_transfer_in
    model = Transfer
    form_class = hub_moving.TransferInForm
    title = "Another force asks us to take somebody over"
    button = "Save the request"
    lead = "They stay theirs until an inspector here has accepted them."

    def get_initial(self) -> dict[str, Any]:
        return {"requested_at": now()}

    def cancel_url(self) -> str:
        return reverse("offenders-transfers")


class AskOut(CreatePage):
    transition = transfers.ask_transfer_out
    model = Transfer
    form_class = hub_moving.TransferOutForm
    title = "Ask another force to take somebody over"
    button = "Save the request"
    lead = "They stay ours, and every clock runs on, until a named person there has accepted them."

    def get_initial(self) -> dict[str, Any]:
        return {"nominal": self.request.GET.get("nominal", "")}

    def cancel_url(self) -> str:
        return reverse("offenders-transfers")


class TransferStep(TransitionPage):
    model = Transfer


class AcceptIn(TransferStep):
    transition = transfers.accept_transfer_in
    form_class = hub_moving.AcceptInForm
    title = "Accept them"
    button = "Accept them"
    lead = "From this moment they are managed here, by the person you name. Give the days that the other force gives."

    def get_initial(self) -> dict[str, Any]:
        ref = self.record.external_ref
        return {"external_system": "ViSOR" if ref else "", "external_ref": ref}


class AcceptOut(TransferStep):
    transition = transfers.accept_transfer_out
    form_class = hub_moving.AcceptOutForm
    title = "The other force has accepted them"
    button = "They have accepted"
    lead = "From this moment they are not managed here any more."


class Refuse(TransferStep):
    transition = transfers.refuse_transfer
    form_class = BecauseForm
    title = "The transfer is refused"
    button = "Save the refusal"
    lead = "They stay where they are."


class Withdraw(TransferStep):
    transition = transfers.withdraw_transfer
    form_class = BecauseForm
    title = "The transfer is withdrawn"
    button = "Withdraw it"
    lead = "They stay where they are."
