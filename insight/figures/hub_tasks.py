"""12. Tasks of the ViSOR hub, by kind: open, the oldest, and done in time."""

from __future__ import annotations

from insight.figures.of import SHARE, WAITS, by_choice, fell_due
from offenders.models import HubTask
from quality.counting import Period, Rows, measure
from quality.measure_groups import HUB_TASKS
from quality.measure_parts import OF_RECORD, STOPPED_IN_TIME, of_record

KIND = by_choice("Kind", HubTask, "kind")
NOT_YET = ["received", "assigned", "in_progress", "queried"]


@measure(
    "Tasks that wait in the ViSOR hub",
    "Tasks of the hub that are not on ViSOR yet, at the end of the period; the oldest by when it was received",
    "tasks",
    "offenders-hub",
    group=HUB_TASKS,
    numerator="Tasks not on ViSOR at the end of the period",
    **WAITS,
)
def hub_tasks_open(period: Period) -> Rows:
    return Rows(HubTask.objects.filter(state__in=NOT_YET), since="received_at", by=[KIND])


@measure(
    "Tasks of the ViSOR hub done in time",
    "Of tasks of the hub that fell due in the period (RS9, RS10): those on ViSOR in time",
    "tasks",
    "offenders-hub",
    group=HUB_TASKS,
    numerator="Tasks done in time",
    denominator="Tasks that fell due in the period",
    **SHARE,
)
def hub_tasks_in_time(period: Period) -> Rows:
    return Rows(
        of_record(fell_due(period, "RS9", "RS10"), HubTask, "kind", called="task_kind"),
        STOPPED_IN_TIME,
        by=[by_choice("Kind", HubTask, "kind", "task_kind")],
        about=OF_RECORD,
    )
