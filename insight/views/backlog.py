"""Backlog truth: every queue of the force, and one of them with its past, what waits on it, and what may follow."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from access.roles import Can
from access.time import now
from access.views import GuardedPage
from insight.backlog import Truth, oldest, truth
from insight.backlog_chart import bars
from insight.backlog_chart import lines as drawn
from insight.backlog_flow import A_MOMENT, DAY, by_day, by_week, weeks_back
from insight.backlog_growth import GROWING_FOR, grew
from insight.backlog_history import Life, Past, ahead, life_of, past_of, tried
from insight.backlog_list import lines_of, most_grown
from insight.backlog_rates import Rate, rate_of
from insight.forecast import Forecast, TooLittleKnown
from insight.forecast_words import ASSUMPTIONS, day_of, rates, said_of
from insight.forms.backlog import WhatIfForm
from insight.queues import QUEUES, Queue
from sla.calendar import local

WEEKS, DAYS = 8, 28


class Backlogs(GuardedPage):
    """Every queue: how much waits, with how many children, what is late, and whether it grows."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest) -> HttpResponse:
        at = now()
        lines = lines_of(at)
        context = {
            "now": at,
            "heading": "What waits, in every queue",
            "lines": [each for each in lines if not each.is_quiet],
            "quiet": [each for each in lines if each.is_quiet],
            "growing": most_grown(lines),
            "weeks": GROWING_FOR.in_force(at)[0],
            "total": sum(each.total for each in lines),
            "children": sum(each.children for each in lines),
            "breached": sum(each.breached for each in lines),
        }
        return render(request, "insight/backlogs.html", context)


class Backlog(GuardedPage):
    """One queue: what is in it now, how it came to that, and what may follow."""

    may = Can.SEE_FIGURES

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        queue = QUEUES.get(code)
        if queue is None:
            raise Http404("There is no queue of that name.")
        at = now()
        today = timezone.localdate(at)
        form = WhatIfForm(request.GET if _asks(request) else None, today=today)
        wrong = form.is_bound and not form.is_valid()
        life = life_of(queue, at)
        context = {
            "now": at,
            "queue": queue,
            "heading": queue.name,
            "form": form,
            **_truth(queue, at, request),
            **_past(queue, life, at),
            **_ahead(queue, life, form, at),
        }
        return render(request, "insight/backlog.html", context, status=422 if wrong else 200)


def _asks(request: HttpRequest) -> bool:
    return bool(request.GET.keys() & set(WhatIfForm.base_fields))


def _truth(queue: Queue, at: datetime, request: HttpRequest) -> dict[str, Any]:
    found: Truth = truth(queue, at)
    may_open = request.user.can(queue.act)  # type: ignore[union-attr]
    return {"truth": found, "may_open": may_open, "oldest": oldest(queue, at) if may_open else []}


def _past(queue: Queue, life: Life, at: datetime) -> dict[str, Any]:
    running, _ = GROWING_FOR.in_force(at)
    weeks = by_week(life.found.after(weeks_back(at, max(WEEKS, running)) - A_MOMENT))
    return {
        "weeks": weeks,
        "bars": bars(weeks),
        "grew": grew(queue, weeks, running),
        "completed_by": queue.completed_by(),
    }


def _ahead(queue: Queue, life: Life, form: WhatIfForm, at: datetime) -> dict[str, Any]:
    today, past, limit = life.today, past_of(life), queue.limit.in_force(at)[0]
    days = by_day(life.found.after(local(today - DAYS * DAY) - A_MOMENT))
    rate = rate_of(queue, at)
    found = {"days": days, "rate": rate, "assumptions": ASSUMPTIONS, "today": today, "limit": limit}
    try:
        said = ahead(queue, past, limit=limit)
    except TooLittleKnown as refusal:
        return {**found, "too_little": str(refusal), "drawn": drawn(days, None, today=today, limit=limit)}
    return {
        **found,
        "drawn": drawn(days, said, today=today, limit=limit),
        "said": said_of(said, today, limit=limit, waiting=past.waiting),
        "rates": rates(said),
        "table": _table(said, today),
        "tried": tried(queue, life),
        "asked": _asked(queue, past, form, rate, today, limit),
    }


def _table(said: Forecast, today: date) -> list[tuple[date, Any]]:
    return [(day_of(today, each.number), each) for each in said.days]


def _asked(queue: Queue, past: Past, form: WhatIfForm, rate: Rate, today: date, limit: int) -> dict[str, Any] | None:
    """What would follow, with what was asked; None = nothing was."""
    if not form.is_bound or not form.is_valid() or not form.asks:
        return None
    what_if = form.what_if(rate.a_day)
    said = ahead(queue, past, limit=limit, what_if=what_if)
    return {
        "words": form.in_words(today),
        "said": said_of(said, today, limit=limit, waiting=past.waiting),
        "table": _table(said, today),
        "nobody_known": bool(what_if.people) and not rate.a_day,
    }
