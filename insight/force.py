"""The force on one page: what inspectors in 2022 needed a week to find. Each line is a figure, counted now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from insight.figure_months import counted, this_moment
from insight.figure_rows import Line as Share
from insight.figure_rows import line_of_counted
from insight.models import MonthlyFigure
from quality.counting import MEASURES, Measure, Period, Value

LINES = [
    "missing_nothing_done",
    "late_children_not_reassessed",
    "children_not_seen",
    "hub_waiting",
    "resolution_waiting",
    "callers_not_contacted",
    "notices_waiting",
    "triggers_undecided",
    "schools_told_late",
    "return_interviews_overdue",
    "partners_silent",
    "kirat_overdue",
    "online_open",
    "offenders_visits_overdue",
    "releases_passed",
    "hub_tasks_open",
    "approvals_open",
    "approvals_supervisor_away",
]


HOW_WELL = [
    "priority_attended_in_the_hour",
    "first_contact_took",
    "notices_reviewed_in_a_day",
    "medium_risk_without_breach",
    "approvals_in_time",
    "hub_tasks_in_time",
]
"""Of the last 30 days: in how many it was in time, and how long it took."""
BY_RISK = {"missing_nothing_done"}
"""Of these lines the risk is said, too: at medium risk is where inspectors found that nothing was done."""


@dataclass(frozen=True)
class Line:
    """One line. `child_since`: since when the one has waited longest that concerns a child, or where nobody knows.
    `parts`: in words, where it is said how many there are of each risk."""

    code: str
    name: str
    count: int
    children: int | None
    oldest: datetime | None
    child_since: datetime | None
    trend: str
    url: str
    parts: str = ""


def how_well() -> list[Share]:
    """Shares and times of the last 30 days, against their targets."""
    found = counted([MEASURES[code] for code in HOW_WELL], this_moment(), parts=False)
    return [line_of_counted(each) for each in found]


def lines_of() -> list[Line]:
    period = this_moment()
    found = counted([MEASURES[code] for code in LINES], period, parts=False)
    before = _a_month_ago()
    return [_line(each.measure, each.value or Value(0), period, before.get(each.measure.code)) for each in found]


def _line(measure: Measure, value: Value, period: Period, before: int | None) -> Line:
    since = measure.child_waits_since(period) if value.children else None
    trend = _trend(value.counted, before)
    return Line(
        measure.code,
        measure.name,
        value.counted,
        value.children,
        value.oldest,
        since,
        trend,
        measure.url,
        _parts(measure, period),
    )


def _parts(measure: Measure, period: Period) -> str:
    if measure.code not in BY_RISK:
        return ""
    by_risk = [rows for label, rows in measure.table(period) if label == "Risk"]
    return ", ".join(f"{name}: {value.counted}" for rows in by_risk for name, value in rows if value.counted)


def _a_month_ago() -> dict[str, int]:
    """What the last month that was kept said."""
    rows = MonthlyFigure.objects.filter(code__in=LINES).order_by("snapshot__month").select_related("snapshot")
    return {each.code: each.counted for each in rows if each.counted is not None}


def _trend(count: int, before: int | None) -> str:
    if before is None:
        return "No month has been kept to compare with"
    if count == before:
        return f"As many as at the end of the last month kept ({before})"
    return f"{'More' if count > before else 'Fewer'} than at the end of the last month kept ({before})"
