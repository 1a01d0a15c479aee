"""The dashboard of figures, one figure with the rows behind it, a month that was kept, and what is red too long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import FormView

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from insight import figure_rows, figure_wall
from insight.figure_drill import rows_behind
from insight.figure_files import TYPES
from insight.figure_months import counted, days_of, in_order, last_month, month_named, this_moment
from insight.figure_rows import MONTHS_SHOWN, Chart, by_group, chart_of, facts_of, figure_as_work
from insight.forms import figures as forms
from insight.models import FigureExport, MonthlyFigure, MonthlySnapshot
from insight.workflow.figure_exports import export_figures
from insight.workflow.figures import answers_for, explain_figure, keep_last_month
from quality.counting import MEASURES, Measure, Period, month_after
from quality.models import ImprovementAction
from quality.views.of import CreateOf
from quality.workflow.improvement_actions import give_figure_action
from sla.work import clocks_of, timeline_of
from workflow.transitions import NotNow
from workflow.views import TransitionPage


def charts_of(codes: Iterable[str]) -> dict[str, Chart | None]:
    """Of each figure the last months that were kept, and a gap for each that was not."""
    end = last_month()
    months = [month_after(end, -place) for place in reversed(range(MONTHS_SHOWN))]
    rows = MonthlyFigure.objects.filter(code__in=list(codes), snapshot__month__gte=months[0])
    kept: dict[str, dict[Any, MonthlyFigure]] = {}
    for each in rows.select_related("snapshot"):
        kept.setdefault(each.code, {})[each.snapshot.month] = each
    return {code: chart_of(MEASURES[code].name, months, kept.get(code, {})) for code in codes}


class Dashboard(GuardedPage):
    """Every figure by group: of the 30 days up to now, or (`?kept=1`) of the last month that was kept."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        kept = figure_wall.last_kept()
        is_now = kept is None or "kept" not in request.GET
        sections = self._now() if is_now else self._kept(kept)
        context = {
            "heading": "Figures",
            "now": now(),
            "kept": kept,
            "is_now": is_now,
            "of": days_of(this_moment()) if is_now else str(kept),
            "as_at": now() if kept is None or is_now else kept.as_at,
            "sections": sections,
            "red": len(figure_wall.no_action()),
            "not_kept": last_month() if user.can(Can.KEEP_FIGURES) and _missing_month() else None,
            "may_export": user.can(Can.PREPARE_EVIDENCE),
        }
        return render(request, "insight/figures.html", context)

    def _now(self) -> list[Any]:
        found = counted(in_order(), this_moment(), parts=False)
        lines = [
            (each.measure.group.code, figure_rows.line_of_counted(each))
            for each in found
            if each.measure.group is not None
        ]
        return self._with_charts(by_group(lines))

    def _kept(self, kept: Any) -> list[Any]:
        rows = kept.figures.select_related("snapshot", "commented_by").order_by("position")
        return self._with_charts(by_group((each.group, figure_rows.line_of_kept(each)) for each in rows))

    def _with_charts(self, sections: list[figure_rows.Section]) -> list[Any]:
        codes = [line.code for section in sections for line in section.lines if line.code in MEASURES]
        charts = charts_of(codes)
        return [
            {"group": section.group, "rows": [(line, charts.get(line.code)) for line in section.lines]}
            for section in sections
        ]


def _missing_month() -> bool:
    return not MonthlySnapshot.objects.filter(month=last_month()).exists()


class FigurePage(GuardedPage):
    """One figure: what it means, what it is now or was in a month (`?month=2026-02`), and the rows behind it."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        measure = MEASURES.get(code)
        if measure is None:
            raise Http404("No figure has this name.")
        month = month_named(request.GET.get("month", ""))
        period = Period.month(month) if month else this_moment()
        context = {"measure": measure, "heading": measure.name, "now": now(), "of": days_of(period), "as_at": period.at}
        return render(request, "insight/figure.html", {**context, **self._more(measure, period, is_now=month is None)})

    def _more(self, measure: Measure, period: Period, *, is_now: bool) -> dict[str, Any]:
        (found,) = counted([measure], period)
        months = measured_months(measure.code)
        todo = ImprovementAction.objects.filter(figure=measure.code).select_related("owner", "agency")
        return {
            "line": figure_rows.line_of_counted(found),
            "said": facts_of(measure, found.target),
            "parts": found.parts,
            "behind": None if measure.cannot else rows_behind(measure, period),
            "is_now": is_now,
            "chart": charts_of([measure.code])[measure.code],
            "months": months,
            "actions": list(todo.order_by("due_on", "pk")),
        }


def measured_months(code: str) -> list[MonthlyFigure]:
    """The last first."""
    rows = MonthlyFigure.objects.filter(code=code).select_related("snapshot", "commented_by")
    return list(rows.order_by("-snapshot__month")[:MONTHS_SHOWN])


class KeptMonth(RecordPage):
    """One month that was kept: its figures as they stood, whatever has changed since."""

    may = Can.SEE_FIGURES
    template_name = "insight/figure_month.html"

    def get_queryset(self) -> QuerySet[MonthlySnapshot]:
        rows: QuerySet[MonthlySnapshot] = MonthlySnapshot.objects.all()
        return rows

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        kept: MonthlySnapshot = self.object
        rows = kept.figures.select_related("snapshot", "commented_by").order_by("position")
        sections = by_group((each.group, figure_rows.line_of_kept(each)) for each in rows)
        return super().get_context_data(now=now(), heading=f"Figures of {kept}", sections=sections, **context)


class KeptFigure(RecordPage):
    """One figure of one month, and what was said of it."""

    may = Can.SEE_FIGURES
    template_name = "insight/figure_kept.html"

    def get_queryset(self) -> QuerySet[MonthlyFigure]:
        rows: QuerySet[MonthlyFigure] = MonthlyFigure.objects.select_related("snapshot", "commented_by")
        return rows

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        figure: MonthlyFigure = self.object
        user: Any = self.request.user
        to_explain = figure.state == MonthlyFigure.State.TO_EXPLAIN
        return super().get_context_data(
            now=now(),
            heading=f"{figure.name}, {figure.snapshot}",
            reference=figure.reference,
            state=MonthlyFigure.State(figure.state).label,
            state_kind="waiting" if to_explain else "done",
            line=figure_rows.line_of_kept(figure),
            parts=figure_rows.parts_of(figure.parts),
            actions=_steps(figure, user, to_explain=to_explain),
            clocks=clocks_of(figure),
            missing=[],
            timeline=timeline_of(figure),
            **context,
        )


def _steps(figure: MonthlyFigure, user: Any, *, to_explain: bool) -> list[dict[str, str]]:
    """What can be done with it; what is another post's to do says whose."""
    may = user.can(Can.EXPLAIN_FIGURE)
    whose = "" if may and answers_for(figure, user) else f"for the {figure.answers.label}"
    explain = {
        "label": "Say why it is red",
        "url": reverse("monthlyfigure-explain", args=[figure.pk]),
        "why_not": whose,
    }
    act = {
        "label": "Have something done about it",
        "url": reverse("monthlyfigure-action", args=[figure.pk]),
        "why_not": "" if may else f"for the {figure.answers.label}",
    }
    return [*([explain] if to_explain else []), *([act] if figure.rag == "red" else [])]


class Explain(TransitionPage):
    transition = explain_figure
    model = MonthlyFigure
    form_class = forms.ExplainForm
    title = "Say why it is red"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        said = f"{self.record.name}, {self.record.snapshot}: {self.record.said}"
        return {**super().get_context_data(**context), "lead": said}


class HaveDone(CreateOf):
    transition = give_figure_action
    model = ImprovementAction
    of = MonthlyFigure
    form_class = forms.ActionForm
    title = "Something to be done"
    button = "Give it"


class Red(GuardedPage):
    """The wall: figures red month after month for which nothing is being done, and red ones nobody has explained."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "heading": "Red, and nothing is done",
            "now": now(),
            "kept": figure_wall.last_kept(),
            "idle": figure_wall.no_action(),
            "rows": [figure_as_work(each) for each in figure_wall.to_explain()],
        }
        return render(request, "insight/figures_red.html", context)


class Keep(GuardedPage):
    """The analyst keeps the figures of last month, and does not wait for the night."""

    may = Can.KEEP_FIGURES

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"heading": "Keep the figures of a month", "now": now(), "month": last_month()}
        return render(request, "insight/figures_keep.html", {**context, "is_kept": not _missing_month()})

    def post(self, request: HttpRequest) -> HttpResponse:
        keep_last_month()
        return redirect(f"{reverse('figures')}?kept=1")


class Export(GuardedPage, FormView):
    """Figures as a file. Who takes it says for whom and what for; both stand on it."""

    may = Can.PREPARE_EVIDENCE
    form_class = forms.ExportForm
    template_name = "components/form.html"

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        try:
            export, content = export_figures(by=user, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        name = f"figures-{export.reference}.{export.format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=TYPES[export.format], headers=headers)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        lead = "A file leaves this system. It says on it who took it, for whom and what for."
        about = {"heading": "Take figures away", "lead": lead, "submit_label": "Take the file", "now": now()}
        return super().get_context_data(cancel_url=reverse("figures"), **about, **context)


class Exports(GuardedPage):
    """Every file of figures that was taken away."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = FigureExport.objects.select_related("taken_by", "snapshot").order_by("-taken_at")[:MOST]
        context = {"heading": "Figures taken away", "now": now(), "exports": list(rows)}
        return render(request, "insight/figure_exports.html", context)


MOST = 200
