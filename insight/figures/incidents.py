"""1. Priority incidents attended within the hour, and late ones that nobody has looked at again."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from insight.figures.of import CHILD, NEVER
from quality.counting import Better, By, Period, Rows, measure
from quality.measure_groups import INCIDENTS
from quality.measure_parts import CLOCK_CHILD, OF_RECORD, TEAM
from quality.measure_targets import ATTENDED
from sla.models import Clock
from triage.models import Grade, Incident, State

AN_HOUR = timedelta(minutes=60)


@measure(
    "Priority incidents attended within the hour",
    "Of incidents graded priority (G2) whose hour was up in the period, counted from when they were reported: "
    "those that "
    "somebody attended within 60 minutes. One that nobody attended counts as not; duplicates are left out",
    "incidents",
    "board",
    group=INCIDENTS,
    numerator="Incidents attended no later than 60 minutes after they were reported",
    denominator="Priority incidents whose hour was up in the period, duplicates left out",
    better=Better.HIGHER,
    target=ATTENDED,
)
def priority_attended_in_the_hour(period: Period) -> Rows:
    rows = Incident.objects.filter(period.within("reported_at", whole=AN_HOUR), grade=Grade.G2)
    rows = rows.exclude(state=State.DUPLICATE_LINKED)
    return Rows(rows, Q(attended_at__lte=F("reported_at") + AN_HOUR), by=[CHILD, By("Area", "area__name")])


@measure(
    "Late incidents, not re-assessed",
    "Late incidents whose re-assessment is overdue (K4), whether a child is concerned or not, at the end of the period",
    "incidents",
    "board",
    "reassess",
    group=INCIDENTS,
    numerator="Incidents whose re-assessment is overdue; the oldest by when it fell due",
    **NEVER,
)
def late_not_reassessed(period: Period) -> Rows:
    rows = Clock.running().filter(deadline="K4", due_at__lt=period.at)
    return Rows(rows, since="due_at", child=CLOCK_CHILD, by=[TEAM], about=OF_RECORD)


@measure(
    "Children not seen in time",
    "Incidents with a child whom nobody has seen in the time for it (K7), at the end of the period",
    "incidents",
    "unseen",
    "overdue",
    group=INCIDENTS,
    numerator="Incidents with a child not seen, past their time; the oldest by when the child was to be seen",
    **NEVER,
)
def children_not_seen(period: Period) -> Rows:
    rows = Clock.running().filter(deadline="K7", due_at__lt=period.at)
    return Rows(rows, since="due_at", child=CLOCK_CHILD, by=[TEAM], about=OF_RECORD)
