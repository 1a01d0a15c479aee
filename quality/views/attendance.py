"""Lists of who attended a course, and the rows of them that nobody could read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from govuk.times import exactly
from quality.attendance_files import COLUMNS, LIMIT
from quality.forms import training as forms
from quality.forms.learning import BecauseForm
from quality.models import AttendanceFile, AttendanceRow
from quality.training_rows import row_as_work
from quality.workflow import attendance
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

SHOWN = 100
State = AttendanceRow.State
STEPS: list[tuple[Transition[Any, Any], str, str]] = [
    (attendance.type_in_attendance, "Type it in", "attendancerow-type"),
    (attendance.settle_attendance, "It is nobody of ours", "attendancerow-settle"),
]


class Files(GuardedPage):
    """Every list that was taken in, the newest first, and the rows that wait."""

    may = Can.KEEP_TRAINING

    def get(self, request: HttpRequest) -> HttpResponse:
        files = AttendanceFile.objects.select_related("course", "read_by")
        waiting = AttendanceRow.objects.filter(state=State.UNREADABLE).select_related("file")
        context = {
            "heading": "Attendance lists",
            "files": list(files.order_by("-read_at", "pk")[:SHOWN]),
            "waiting": [row_as_work(each) for each in waiting.order_by("due_at", "pk")[:SHOWN]],
            "now": now(),
        }
        return render(request, "quality/training_files.html", context)


class Upload(CreatePage):
    """A list is taken in: all of it, or nothing."""

    takes_files = True

    transition = attendance.read_attendance
    model = AttendanceFile
    form_class = forms.FileForm
    template_name = "quality/training_upload.html"
    title = "Take in an attendance list"
    button = "Take it in"
    lead = "Every row is put on record, is known already, or waits until somebody has typed it in. None is dropped."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "columns": COLUMNS.items(), "limit": LIMIT}

    def cancel_url(self) -> str:
        return reverse("attendance-lists")


class FilePage(RecordPage):
    """One list, and what became of each row."""

    may = Can.KEEP_TRAINING
    template_name = "quality/training_file.html"

    def get_queryset(self) -> QuerySet[AttendanceFile]:
        return AttendanceFile.objects.select_related("course", "read_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        file: AttendanceFile = self.object
        lines = file.lines.select_related("file", "training__person").order_by("line")
        return super().get_context_data(
            now=now(),
            heading=f"{file.course}: {file.name}",
            reference=file.reference,
            waiting=[row_as_work(each) for each in lines if each.state == State.UNREADABLE],
            lines=[each for each in lines if each.state != State.UNREADABLE],
            timeline=timeline_of(file),
            **context,
        )


class RowPage(RecordPage):
    """One row."""

    may = Can.KEEP_TRAINING
    template_name = "quality/learning_record.html"

    def get_queryset(self) -> QuerySet[AttendanceRow]:
        return AttendanceRow.objects.select_related("file__course", "training__person", "settled_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        row: AttendanceRow = self.object
        return super().get_context_data(
            now=now(),
            heading=f"Line {row.line} of {row.file.name}",
            reference=row.reference,
            state=State(row.state).label,
            said=_said(row),
            actions=actions_for(row, self.request.user, STEPS),
            clocks=clocks_of(row),
            missing=[],
            timeline=timeline_of(row),
            **context,
        )


def _said(row: AttendanceRow) -> list[tuple[str, str, str]]:
    rows = [
        ("As it stands in the file", row.text, ""),
        ("List", f"{row.file.reference}, {row.file.course}", row.file.get_absolute_url()),
    ]
    if row.because:
        rows.append(("Why it could not be read", row.because, ""))
    if row.training:
        said = f"{row.training.person}, {exactly(row.training.taken_on)}"
        rows.append(("On record", said, row.training.get_absolute_url()))
    if row.settled_because:
        rows.append(("Why nothing is on record", f"{row.settled_because}\n{row.settled_by}", ""))
    return rows


class TypeIn(TransitionPage):
    transition = attendance.type_in_attendance
    model = AttendanceRow
    form_class = forms.TypeInForm
    title = "Type it in"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": f"{self.record.text}. {self.record.because}"}


class Settle(TransitionPage):
    transition = attendance.settle_attendance
    model = AttendanceRow
    form_class = BecauseForm
    title = "It is nobody of ours"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "lead": f"{self.record.text}. {self.record.because}"}
