"""Themes of all sources: how often each was found, what is done about it, and which were found twice with nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from access.roles import Can
from access.time import now
from access.views import GuardedPage, RecordPage
from quality.forms import learning as forms
from quality.learning_counts import QUARTERS, counts, found_twice
from quality.learning_rows import action_as_work
from quality.learning_wall import lines_of
from quality.models import Theme
from quality.quarters import last_quarters
from quality.sources import pages_of
from quality.workflow import themes
from sla.work import clocks_of, timeline_of
from workflow.transitions import Transition
from workflow.views import CreatePage, TransitionPage, actions_for

SHOWN = 100
KINDS = {"in_use": "working", "retired": "stopped"}
ACTIONS: list[tuple[Transition[Any, Any], str, str]] = [
    (themes.retire_theme, "Retire it", "theme-retire"),
    (themes.use_theme_again, "Use it again", "theme-again"),
]


class Themes(GuardedPage):
    """Every theme with its counts, the most often found this quarter first."""

    may = Can.SEE_QUALITY

    def get(self, request: HttpRequest) -> HttpResponse:
        at, user = now(), request.user
        rows = counts(at)
        context = {
            "heading": "Themes",
            "now": at,
            "quarters": last_quarters(at, QUARTERS),
            "rows": rows,
            "twice": sorted((row for row in rows if row.twice_at), key=lambda row: row.twice_at or at),
            "may_add": user.can(Can.LEAD_QUALITY),  # type: ignore[union-attr]
        }
        return render(request, "quality/learning_themes.html", context)


class Board(GuardedPage):
    """What nobody may overlook of learning, the longest wait first."""

    may = Can.SEE_QUALITY

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        lines = lines_of(at)
        context = {
            "heading": "Nobody may overlook in learning",
            "lines": sorted((line for line in lines if line.count), key=lambda line: line.oldest or at),
            "clear": [line for line in lines if not line.count],
            "now": at,
        }
        return render(request, "online/gate_board.html", context)


class ThemePage(RecordPage):
    """One theme: everywhere it was found, what was done, whether it held, and which courses answer it."""

    may = Can.SEE_QUALITY
    template_name = "quality/learning_theme.html"

    def get_queryset(self) -> QuerySet[Theme]:
        rows: QuerySet[Theme] = Theme.objects.all()
        return rows

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        theme: Theme = self.object
        at = now()
        notes = list(theme.notes.select_related("found_by").order_by("-found_at", "pk")[:SHOWN])
        pages = pages_of((note.source, note.record) for note in notes)
        actions = theme.actions.select_related("theme", "owner").order_by("-opened_at", "pk")
        return super().get_context_data(
            now=at,
            heading=theme.name,
            state=Theme.State(theme.state).label,
            state_kind=KINDS[theme.state],
            notes=[(note, pages.get(note.record, "")) for note in notes],
            shown=SHOWN,
            rows=[action_as_work(each) for each in actions],
            courses=[each.course for each in theme.courses.select_related("course").order_by("course__name")],
            twice_at=found_twice(at, theme).get(theme.pk),
            actions=self._actions(theme),
            clocks=clocks_of(theme),
            missing=[],
            timeline=timeline_of(theme),
            **context,
        )

    def _actions(self, theme: Theme) -> list[dict[str, str]]:
        new = {"label": "Give somebody something to change", "why_not": ""}
        new["url"] = f"{reverse('new-learning-action')}?theme={theme.pk}"
        return [*([new] if theme.state == Theme.State.IN_USE else []), *actions_for(theme, self.request.user, ACTIONS)]


class AddTheme(CreatePage):
    transition = themes.add_theme
    model = Theme
    form_class = forms.AddThemeForm
    title = "A new theme"
    button = "Add it"
    lead = "One list for everybody who looks at our work."

    def cancel_url(self) -> str:
        return reverse("themes")


class RetireTheme(TransitionPage):
    transition = themes.retire_theme
    model = Theme
    form_class = forms.BecauseForm
    title = "Retire this theme"
    button = "Retire it"
    lead = "Nobody chooses it any more. What was counted under it stays."


class UseThemeAgain(TransitionPage):
    transition = themes.use_theme_again
    model = Theme
    title = "Use this theme again"
    button = "Use it again"
