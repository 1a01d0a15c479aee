"""Months of figures that were kept, in tests, without counting everything there is."""

from __future__ import annotations

from datetime import date
from typing import Any

from access.actor import acting
from insight.figure_months import Counted, last_month
from insight.figure_rag import rated, target_of
from insight.models import MonthlyFigure, MonthlySnapshot
from insight.workflow.figures import KEEPS, keep_figure, keep_month_of_figures
from quality.counting import MEASURES, Value

ATTENDED = "priority_attended_in_the_hour"
RED, GREEN = Value(54, 100), Value(80, 100)


def kept(value: Value = RED, code: str = ATTENDED, month: date | None = None) -> MonthlyFigure:
    """One month with one figure, by the verbs that keep all of them."""
    with acting(KEEPS, apart=True):
        snapshot = keep_month_of_figures(MonthlySnapshot(), by=KEEPS, month=month or last_month())
        measure = MEASURES[code]
        at = snapshot.as_at
        found = Counted(measure, value, target_of(measure, at), rated(measure, value, at), [("Area", [("North", "1")])])
        return keep_figure(MonthlyFigure(), by=KEEPS, snapshot=snapshot, position=1, found=found)


def of_each(people: dict[str, Any]) -> dict[str, Any]:
    figure = kept()
    return {"monthlyfigure": figure, "monthlysnapshot": figure.snapshot}
