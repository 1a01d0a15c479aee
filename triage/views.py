"""The control room: intake, the board of late incidents, an incident, and the pages that move it on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from cases.history import known_already
from cases.models import Involvement
from cases.views.facts import Meeting
from ppn.models import Ppn
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work, clocks_of, timeline_of
from triage import forms, importing, workflow
from triage.filters import IncidentFilter
from triage.models import NOT_ATTENDED, Answer, CallLogImport, Grade, Incident, RowToCheck, State, Thrive
from triage.rows import KINDS, as_work, with_reassessment
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for


class Board(QueuePage):
    """Incidents that nobody has attended, the nearest to breach first."""

    may = Can.SEE_INCIDENTS
    heading = "Late incidents"
    filterset_class = IncidentFilter
    template_name = "triage/board.html"
    due_field = "attend_by"
    empty = {"title": "Nothing here is late", "text": "This page looks again by itself every 15 seconds."}

    def records(self) -> QuerySet[Incident]:
        return with_reassessment(Incident.objects.filter(state__in=NOT_ATTENDED), now())

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        late, to_attend = Q(attend_by__lt=at), ~Q(grade=Grade.G4)
        return {
            "late": ("Late", late & to_attend),
            "reassess": ("Late and not re-assessed", late & Q(reassess_now=True)),
            "child": ("Late, child or not known", late & to_attend & ~Q(child=Answer.NO)),
            "call_back": ("Late call-backs (G4)", late & ~to_attend),
            "waiting": ("All waiting", Q()),
            "triage": ("In the triage hub", Q(state=State.IN_TRIAGE)),
        }

    def row(self, record: Incident, clock: Clock | None) -> Work:
        return as_work(record, clock)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        return {
            "lead": f"{counts['late']} late, {counts['child']} of them with a child or not known. "
            f"{counts['reassess']} have not been re-assessed.",
            "may_take_call": self.request.user.can(Can.TAKE_CALL),  # type: ignore[union-attr]
        }


ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (workflow.reassess, "Re-assess the risk", "incident-reassess"),
    (workflow.assign, "Assign a unit", "incident-assign"),
    (workflow.attend, "Police have arrived", "incident-attend"),
    (workflow.record_outcome, "Record the outcome", "incident-outcome"),
    (workflow.close, "Close", "incident-close"),
    (workflow.regrade, "Change the grade", "incident-regrade"),
    (workflow.end_without_attendance, "End without attendance", "incident-end"),
]


class IncidentPage(RecordPage):
    """One incident: what is happening, every THRIVE, what runs out when."""

    may = Can.SEE_INCIDENTS
    template_name = "triage/incident.html"

    def get_queryset(self) -> QuerySet[Incident]:
        return with_reassessment(Incident.objects.select_related("case", "team", "attended_by", "address"), now())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        incident: Incident = self.object
        parts = Involvement.objects.filter(record=incident.pk, withdrawn_at=None).select_related("person")
        parts = list(parts.order_by("recorded_at"))
        return super().get_context_data(
            now=now(),
            heading=incident.category or incident.what_happened[:80],
            reference=f"{incident.reference}, {Grade(incident.grade).label}",
            child=incident.child,
            grade=None,
            state=State(incident.state).label,
            state_kind=KINDS[State(incident.state)],
            assessments=list(Thrive.objects.filter(incident=incident).select_related("by").order_by("-at")),
            notices=list(Ppn.objects.filter(arises_from=incident.pk)),
            parts=parts,
            may_name=self.request.user.can(Can.RECORD_PEOPLE),  # type: ignore[union-attr]
            **known_already((part.person for part in parts), address=incident.address, but_not=incident.pk),
            actions=actions_for(incident, self.request.user, ACTIONS),
            may_submit_ppn=self.request.user.can(Can.SUBMIT_PPN),  # type: ignore[union-attr]
            clocks=clocks_of(incident),
            missing=missing(incident),
            missing_step="close this incident",
            timeline=timeline_of(incident),
            **context,
        )


def missing(incident: Incident) -> list[dict[str, Any]]:
    """What still stands between this incident and being closed."""
    if incident.state in (State.CLOSED, State.NO_DEPLOYMENT):
        return []
    steps = [
        {"label": "Police have attended", "done": bool(incident.attended_at), "why": "", "url": ""},
        {"label": "Outcome recorded", "done": bool(incident.outcome), "why": "The officer who attended", "url": ""},
    ]
    if incident.concerns_a_child:
        has_one = workflow.has_a_ppn(incident)
        why = "Or a supervisor says why there is none"
        steps.append(
            {"label": "Public protection notice", "done": has_one, "why": why, "url": f"/ppn/new/?from={incident.pk}"}
        )
    return steps


class TakeCall(CreatePage):
    transition = workflow.take_call
    model = Incident
    form_class = forms.TakeCallForm
    title = "Take a call"
    button = "Save and grade"


class IncidentStep(TransitionPage):
    model = Incident


class NamePerson(Meeting):
    """Somebody is part of the incident: first it asks whether we have met them."""

    transition = workflow.name_person
    model = Incident
    form_class = forms.NamePersonForm
    title = "Somebody in this incident"
    lead = "What we know of them, and of who lives with them, is on the incident as soon as you have saved."

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        given = form.facts
        form.facts = lambda: {**given(), "person": self.chosen(form)}
        return form


class Regrade(IncidentStep):
    transition = workflow.regrade
    form_class = forms.RegradeForm
    title = "Change the grade"
    lead = "Anyone may raise it; a supervisor may lower it. Each change needs a new THRIVE. No clock is reset."


class Reassess(IncidentStep):
    transition = workflow.reassess
    form_class = forms.ReassessForm
    title = "Re-assess the risk"


class Assign(IncidentStep):
    transition = workflow.assign
    form_class = forms.AssignForm
    title = "Assign a unit"
    lead = "The clock runs until police arrive."


class Attend(IncidentStep):
    transition = workflow.attend
    title = "Police have arrived"
    button = "Record arrival now"


class Outcome(IncidentStep):
    transition = workflow.record_outcome
    form_class = forms.OutcomeForm
    title = "Record the outcome"

    def get_initial(self) -> dict[str, Any]:
        return {"child": self.record.child}


class Close(IncidentStep):
    transition = workflow.close
    form_class = forms.CloseForm
    title = "Close the incident"
    button = "Close"


class End(IncidentStep):
    transition = workflow.end_without_attendance
    form_class = forms.EndForm
    title = "End without attendance"
    button = "End the incident"


class RowsToCheck(GuardedPage):
    """Rows of imported call logs that a person has to look at. None is dropped; each leaves with what was done."""

    may = Can.IMPORT_CALLS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = RowToCheck.objects.filter(settled_at=None).select_related("came_with", "incident")
        context = {
            "now": now(),
            "imports": CallLogImport.objects.order_by("-at")[:10],
            "rows": list(rows.order_by("came_with", "line")[:100]),
            "total": rows.count(),
        }
        return render(request, "triage/rows_to_check.html", context)


class SettleRow(GuardedPage):
    """Somebody has looked at a row and says what was done about it."""

    may = Can.IMPORT_CALLS

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self._show(request, self._row(pk), forms.SettleForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row, form = self._row(pk), forms.SettleForm(request.POST)
        if not form.is_valid():
            return self._show(request, row, form, status=422)
        importing.settle(row, by=request.user, how=form.cleaned_data["how"])  # type: ignore[arg-type]
        messages.success(request, f"Line {row.line} is settled.")
        return redirect("rows-to-check")

    def _row(self, pk: UUID) -> Any:
        return get_object_or_404(RowToCheck.objects.filter(settled_at=None), pk=pk)

    def _show(self, request: HttpRequest, row: RowToCheck, form: Any, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "heading": f"Line {row.line}",
            "reference": str(row.came_with),
            "lead": row.reason,
            "form": form,
            "row": row,
            "submit_label": "Settle this row",
            "cancel_url": "/call-log/",
        }
        return render(request, "triage/settle_row.html", context, status=status)
