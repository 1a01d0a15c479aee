"""Rows of imported call logs that a person has to look at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from triage import importing
from triage.forms import scene
from triage.models import CallLogImport, RowToCheck


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
        return self._show(request, self._row(pk), scene.SettleForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row, form = self._row(pk), scene.SettleForm(request.POST)
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
