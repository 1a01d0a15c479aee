"""The monthly figures: those of the period counted as everything stood at the moment of the pack, and those of each
month as they were kept when it ended, with what was said of what was red."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from insight.evidence import Span, section
from insight.evidence_tables import Holds, Table, columns
from insight.figure_months import Counted, counted, in_order
from insight.models import MonthlyFigure
from quality.counting import A_MOMENT, Period

NO_TARGET = "No target is set"


@section("figures", "Monthly figures")
def figures(span: Span) -> Iterator[Table]:
    said = columns(
        "Code", "Group", "Figure", "Definition", "Value", "Counted", "Of", "A child concerned, or not known", "Rating",
        "Target",
    )  # fmt: skip
    period = Period(span.begins, max(span.ends - A_MOMENT, span.begins))
    rows = [_row(each) for each in counted(in_order(), period, parts=False)]
    lead = "Each counted over the period of the pack. As every record stood at the moment of the pack."
    yield Table("sections/figures", "Figures of the period", said, rows, lead=lead)
    yield _kept(span)


def _row(each: Counted) -> list[Any]:
    measure, value = each.measure, each.value
    group = measure.group.title if measure.group else ""
    counts = [value.counted, value.of, value.children] if value else ["Cannot be counted", None, None]
    return [
        measure.code, group, measure.name, measure.definition, each.said, *counts, each.rag or "Not rated",
        NO_TARGET if each.target is None else each.target,
    ]  # fmt: skip


def _kept(span: Span) -> Table:
    said = columns(
        "Month", "Code", "Figure", "As at", "Value", "Counted", "Of", "Rating", "Months red", "What was said of it",
        "Said by", what_was_said_of_it=Holds.WORDS, said_by=Holds.STAFF,
    )  # fmt: skip
    kept = MonthlyFigure.objects.filter(snapshot__as_at__gte=span.begins, snapshot__as_at__lt=span.ends)
    kept = kept.select_related("snapshot", "commented_by").order_by("snapshot__month", "position", "pk")
    rows = [
        [each.snapshot.month, each.code, each.name, each.snapshot.as_at, each.said, each.counted, each.of,
         each.get_rag_display() or "Not rated", each.red_months, each.comment, str(each.commented_by or "Nobody")]
        for each in kept
    ]  # fmt: skip
    lead = "Months that ended in the period, as they were counted when each ended. They were not changed since."
    return Table("sections/figures-kept", "Figures of each month, as they were kept", said, rows, lead=lead)
