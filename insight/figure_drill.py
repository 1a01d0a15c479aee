"""The rows behind a figure: those of them that whoever looks may see, each with its page; and how many more
there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch

from access.actor import acting
from access.guarded import Guarded
from insight.figure_months import records_of
from quality.counting import COUNTS, Measure, Period
from sla.models import Clock

MOST = 200


@dataclass(frozen=True)
class Row:
    """One row: what it is called, and its page, if it has one."""

    reference: str
    url: str


@dataclass(frozen=True)
class Behind:
    """`counted` and `others`: rows that the person may see; `more`: of how many they are not told."""

    counted: list[Row]
    counted_hidden: int
    others: list[Row]
    others_hidden: int
    counted_left: int = 0
    others_left: int = 0


def rows_behind(measure: Measure, period: Period) -> Behind:
    """The rows a figure counts and those it does not: keys as the records stood, records as whoever looks sees them.

    Called with the person acting; what they may not see is counted and not shown.
    """
    with records_of(period):
        counted, others = measure.keys(period)
        with acting(COUNTS, apart=True):
            rows = measure.rows(period)
        model, about = rows.rows.model, rows.about
    shown, hidden, left = _shown(model, about, counted)
    more, more_hidden, more_left = _shown(model, about, others)
    return Behind(shown, hidden, more, more_hidden, left, more_left)


def _shown(model: Any, about: str, keys: Sequence[Any]) -> tuple[list[Row], int, int]:
    """Rows, how many are hidden, and how many are left out because the list is long."""
    if model is Clock:
        return _of_clocks(keys)
    found = model.objects.filter(pk__in=keys)
    if about:
        found = found.select_related(about)
        seen = _may_see(model, about, found)
    else:
        seen = {each.pk: each for each in found}
    rows = [_row(each) for each in seen.values()]
    return _cut(rows, len(keys) - len(rows))


def _may_see(model: Any, about: str, found: Any) -> dict[Any, Any]:
    """The records that rows lead to, for those who may see them too."""
    target = model._meta.get_field(about).related_model
    wanted = {each.pk: getattr(each, f"{about}_id") for each in found}
    records = {each.pk: each for each in target.objects.filter(pk__in=set(wanted.values()))}
    return {key: records[record] for key, record in wanted.items() if record in records}


def _of_clocks(keys: Sequence[Any]) -> tuple[list[Row], int, int]:
    """Clocks are open; the record of each is not."""
    clocks = list(Clock.objects.filter(pk__in=keys).order_by("due_at", "pk"))
    visible: dict[tuple[str, Any], Any] = {}
    for kind in {each.kind for each in clocks}:
        wanted = {each.record for each in clocks if each.kind == kind}
        model: type[Guarded] = apps.get_model(kind)
        visible |= {(kind, each.pk): each for each in model.objects.filter(pk__in=wanted)}
    rows = [_row(visible[each.kind, each.record]) for each in clocks if (each.kind, each.record) in visible]
    return _cut(rows, len(clocks) - len(rows))


def _cut(rows: list[Row], hidden: int) -> tuple[list[Row], int, int]:
    return sorted(rows, key=lambda row: row.reference)[:MOST], hidden, max(0, len(rows) - MOST)


def _row(record: Any) -> Row:
    try:
        url = record.get_absolute_url()
    except (AttributeError, NoReverseMatch):
        url = ""
    return Row(getattr(record, "reference", "") or str(record), url)
