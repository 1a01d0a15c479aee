"""A queue: the nearest to breach first, counts that are always true, pages that never shift under the reader."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from access.time import now
from access.views import GuardedPage
from sla.models import Clock
from sla.work import Work, nearest_clocks

PAGE = 25


NARROWED = {"title": "Nothing in this part of the list", "text": "It is narrowed: there may be work in the others."}
"""Of a part that is empty nothing can be said about the whole."""


class QueuePage(GuardedPage):
    """Subclasses say which records, in what order, and which chips (name -> label, condition) narrow them."""

    heading: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    template_name: ClassVar[str] = "sla/queue.html"
    due_field: ClassVar[str]
    filterset_class: ClassVar[type[django_filters.FilterSet]]
    besides: ClassVar[tuple[str, ...]] = ()
    """Deadlines that run beside the work of this queue: its rows do not show them."""
    empty: ClassVar[dict[str, str]] = {"title": "Nothing waits here", "text": "New work appears by itself."}

    def records(self) -> QuerySet[Any]:
        raise NotImplementedError

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        """Name -> (label, condition). The first is shown when nothing is asked for."""
        raise NotImplementedError

    def row(self, record: Any, clock: Clock | None) -> Work:
        raise NotImplementedError

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        """More context for the page."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = now()
        chips, narrowed = self.chips(at), self.filterset_class(request.GET, queryset=self.records())
        chosen = request.GET.get("show", "")
        chosen = chosen if chosen in chips else next(iter(chips))
        records = narrowed.qs
        counts = _counted(records, chips)
        page = self._page(records.filter(chips[chosen][1]), request.GET.get("after", ""))
        rows, more = page[:PAGE], len(page) > PAGE
        clocks = nearest_clocks(rows, but_not=self.besides)
        is_narrowed = any(request.GET.get(name) for name in narrowed.filters)
        context = {
            "heading": self.heading,
            "lead": self.lead,
            "rows": [self.row(record, clocks.get(record.pk)) for record in rows],
            "chips": [
                {"label": label, "count": counts[name], "url": self._address(show=name), "current": name == chosen}
                for name, (label, _) in chips.items()
            ],
            "filter_form": narrowed.form,
            "filtered": is_narrowed,
            "shown": chosen,
            "pager": self._pager(chosen, rows, more, first=not request.GET.get("after")),
            "empty": NARROWED if is_narrowed or chosen != next(iter(chips)) else self.empty,
            "now": at,
            **self.more_context(at, counts),
        }
        return render(request, self.template_name, context)

    def _address(self, **changes: str) -> str:
        """This page with the same filters, shown otherwise."""
        asked = self.request.GET.copy()
        asked.pop("after", None)
        for name, value in changes.items():
            asked[name] = value
        return f"?{asked.urlencode()}"

    def _page(self, records: QuerySet[Any], after: str) -> list[Any]:
        """One page and one record more, after a place in the order: what is taken meanwhile shifts nothing."""
        due = self.due_field
        place = _place(after)
        if place:
            moment, last = place
            records = records.filter(Q(**{f"{due}__gt": moment}) | Q(**{due: moment, "pk__gt": last}))
        return list(records.order_by(due, "pk")[: PAGE + 1])

    def _after(self, last: Any) -> str:
        """The place of a record in the order, as an address can hold it."""
        return f"{getattr(last, self.due_field).timestamp():.6f}_{last.pk}"

    def _pager(self, chosen: str, rows: list[Any], more: bool, *, first: bool) -> dict[str, str]:
        last = rows[-1] if rows else None
        place = self._after(last) if more and last else ""
        return {
            "newer_url": "" if first else self._address(show=chosen),
            "newer_label": "Back to the most urgent",
            "older_url": self._address(show=chosen, after=place) if place else "",
            "older_label": "Less urgent",
            "text": "",
        }


def _counted(records: QuerySet[Any], chips: dict[str, tuple[str, Q]]) -> dict[str, int]:
    """How many each chip would show. Counted as `n_...`: under its own name a chip would hide a field of that name."""
    found = records.aggregate(**{f"n_{name}": Count("pk", filter=condition) for name, (_, condition) in chips.items()})
    return {name: found[f"n_{name}"] for name in chips}


def select() -> dict[str, Any]:
    """How a filter is drawn: a list of choices of which the first narrows nothing."""
    return {"empty_label": "Any", "widget": forms.Select(attrs={"class": "govuk-select"})}


def _place(after: str) -> tuple[datetime, UUID] | None:
    """The place in the order that an address names; an address that names none shows the first page."""
    moment, _, key = after.partition("_")
    try:
        return datetime.fromtimestamp(float(moment), tz=UTC), UUID(key)
    except (ValueError, OverflowError, OSError):
        return None
