"""The force on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from insight.figure_wall import no_action
from insight.force import how_well, lines_of


class Force(GuardedPage):
    """What waits, how many children it concerns, how old it is, whether it grows, and how much was in time."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = lines_of()
        context = {
            "heading": "The force on one page",
            "now": now(),
            "lines": [line for line in lines if line.count],
            "clear": [line for line in lines if not line.count],
            "how_well": how_well(),
            "red": len(no_action()),
        }
        return render(request, "insight/force.html", context)
