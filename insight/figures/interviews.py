"""6. Return interviews: asked for, declined, back in the police record and read (held in time: `quality.measures`)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from insight.figures.of import SHARE, authority, fell_due
from missing.models import InterviewRequest
from quality.counting import Better, Period, Rows, measure
from quality.measure_groups import INTERVIEWS
from quality.measure_parts import OF_RECORD, STOPPED_IN_TIME, TEAM
from sla.models import Clock

BY = [authority("agency")]


def asked(period: Period) -> Any:
    return InterviewRequest.objects.filter(period.within("requested_at"))


@measure(
    "Return interviews asked for",
    "Return interviews requested of an authority in the period",
    "return interviews",
    "interviews",
    group=INTERVIEWS,
    numerator="Return interviews requested in the period",
)
def return_interviews_asked(period: Period) -> Rows:
    return Rows(asked(period), by=BY)


@measure(
    "Return interviews declined",
    "Of return interviews requested in the period: those that the child declined",
    "return interviews",
    "interviews",
    group=INTERVIEWS,
    numerator="Return interviews that the child declined",
    denominator="Return interviews requested in the period",
    better=Better.LOWER,
)
def return_interviews_declined(period: Period) -> Rows:
    return Rows(asked(period), Q(outcome="declined"), by=BY)


@measure(
    "Return interviews back in the police record",
    "Of return interviews held in the period: those of which police have received what was said",
    "return interviews",
    "interviews",
    group=INTERVIEWS,
    numerator="Return interviews of which police have the result",
    denominator="Return interviews held in the period",
    **SHARE,
)
def return_interviews_received(period: Period) -> Rows:
    held = InterviewRequest.objects.filter(period.within("held_at"))
    return Rows(held, Q(received_at__isnull=False), by=BY)


@measure(
    "Return interviews read into the record in time",
    "Of results of return interviews that fell due to be read in the period (MC17R): those read in time",
    "return interviews",
    "interviews",
    group=INTERVIEWS,
    numerator="Results read into the record in time",
    denominator="Results that fell due to be read in the period",
    **SHARE,
)
def return_interviews_read(period: Period) -> Rows:
    return Rows(fell_due(period, "MC17R"), STOPPED_IN_TIME, by=[TEAM], about=OF_RECORD)


@measure(
    "Return interviews overdue",
    "Return interviews whose 72 hours are over and which nobody has held (MC16), at the end of the period",
    "return interviews",
    "interviews",
    group=INTERVIEWS,
    numerator="Return interviews not held in their time; the oldest by when it fell due",
    better=Better.LOWER,
    none=True,
)
def return_interviews_overdue(period: Period) -> Rows:
    rows = Clock.running().filter(deadline="MC16", due_at__lt=period.at)
    return Rows(rows, since="due_at", by=[TEAM], about=OF_RECORD)
