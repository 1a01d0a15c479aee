"""Schools: where they are, and those of which nobody knows it yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from places import workflow
from places.forms import PlaceForm, SchoolSearchForm, SettleForm
from places.lookup import schools_like
from places.models import PlacesImport, PlaceToCheck, School
from workflow.transitions import NotNow

A_PAGE = 50


def pager(request: HttpRequest, page: Page[Any]) -> dict[str, str]:
    """The pages before and after, with what was searched for."""

    def address(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "newer_url": address(page.previous_page_number()) if page.has_previous() else "",
        "newer_label": "Page before",
        "older_url": address(page.next_page_number()) if page.has_next() else "",
        "older_label": "Next page",
        "text": f"Page {page.number} of {page.paginator.num_pages}" if page.paginator.num_pages > 1 else "",
    }


class PlacesToCheck(GuardedPage):
    """Schools that could not be placed, and rows that could not be loaded. Each leaves with what was done."""

    may = Can.PLACE_SCHOOLS

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        rows = PlaceToCheck.objects.open_first(at.date()).select_related("came_with", "school")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        context = {
            "now": at,
            "rows": page.object_list,
            "total": page.paginator.count,
            "schools": School.objects.not_placed().open_on(at.date()).count(),
            "imports": PlacesImport.objects.order_by("-at", "-pk")[:10],
            "pager": pager(request, page),
        }
        return render(request, "places/to_check.html", context)


class SettlePlace(GuardedPage):
    """Somebody says where a school is, or what was done about a row."""

    may = Can.PLACE_SCHOOLS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(pk)
        return self._show(request, row, PlaceForm() if row.school else SettleForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._row(pk)
        form = PlaceForm(request.POST) if row.school else SettleForm(request.POST)
        if not form.is_valid():
            return self._show(request, row, form, status=422)
        try:
            self._settle(row, form)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, row, form, status=422)
        messages.success(request, f"{row.school or f'Line {row.line}'} is settled.")
        return redirect("places-to-check")

    def _settle(self, row: PlaceToCheck, form: Any) -> None:
        by: Any = self.request.user
        if row.school is None:
            workflow.settle(row, by=by, how=form.cleaned_data["how"])
        elif district := form.place():
            workflow.place_school(row.school, by=by, district=district, because=form.cleaned_data["because"])
        else:
            workflow.set_aside(row.school, by=by, because=form.cleaned_data["because"])

    def _row(self, pk: int) -> PlaceToCheck:
        rows = PlaceToCheck.objects.filter(settled_at=None).select_related("came_with", "school__maintained_by")
        return get_object_or_404(rows, pk=pk)

    def _show(self, request: HttpRequest, row: PlaceToCheck, form: Any, status: int = 200) -> HttpResponse:
        context = {
            "now": now(),
            "heading": row.school or f"Line {row.line}",
            "reference": f"URN {row.school.urn}" if row.school else str(row.came_with),
            "lead": row.reason,
            "form": form,
            "row": row,
            "submit_label": "Save" if row.school else "Settle this row",
            "cancel_url": "/places/",
        }
        return render(request, "places/settle.html", context, status=status)


class Schools(GuardedPage):
    """Every school on record, and where it is. For everybody: which schools there are is public."""

    may = None

    def get(self, request: HttpRequest) -> HttpResponse:
        at, form = now(), SchoolSearchForm(request.GET)
        asked = form.cleaned_data if form.is_valid() else {"q": "", "show": ""}
        schools = schools_like(asked["q"]).select_related("district__authority", "maintained_by")
        if asked["show"]:
            still_open = Q(pk__in=School.objects.open_on(at.date()))
            schools = schools.filter(still_open if asked["show"] == "open" else ~still_open)
        page = Paginator(schools.order_by("name", "urn"), A_PAGE).get_page(request.GET.get("page"))
        context = {
            "now": at,
            "form": form,
            "schools": page.object_list,
            "total": page.paginator.count,
            "may_place": request.user.can(Can.PLACE_SCHOOLS),  # type: ignore[union-attr]
            "pager": pager(request, page),
        }
        return render(request, "places/schools.html", context)
