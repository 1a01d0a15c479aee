"""3. Public protection notices: received, shared, and schools told too late (those reviewed: `quality.measures`)."""

from __future__ import annotations

from insight.figures.of import CHILD, NEVER, WAITS, authority, by_choice, fell_due
from partners.models import Delivery
from partners.silence import SILENT
from ppn.models import Ppn
from quality.counting import Period, Rows, measure
from quality.measure_groups import NOTICES
from quality.measure_parts import CLOCK_CHILD, OF_RECORD, TEAM, missed_by

GRADE = by_choice("Grade", Ppn, "grade")


@measure(
    "Notices received",
    "Public protection notices submitted in the period",
    "notices",
    "ppn-backlog",
    group=NOTICES,
    numerator="Notices submitted in the period",
)
def notices_received(period: Period) -> Rows:
    return Rows(Ppn.objects.filter(period.within("submitted_at")), by=[GRADE, CHILD])


@measure(
    "Notices shared with partner agencies",
    "Public protection notices shared in the period",
    "notices",
    "ppn-backlog",
    group=NOTICES,
    numerator="Notices shared in the period",
)
def notices_shared(period: Period) -> Rows:
    return Rows(Ppn.objects.filter(period.within("shared_at")), by=[GRADE, CHILD])


@measure(
    "Schools told too late of domestic abuse, or not at all",
    "School notices of domestic abuse that fell due in the period (P6) and were sent after the child's next school day "
    "began, or have not been sent",
    "school notices",
    "schools-to-tell",
    group=NOTICES,
    numerator="School notices that were missed; the oldest by when it fell due",
    **NEVER,
)
def schools_told_late(period: Period) -> Rows:
    rows = fell_due(period, "P6").filter(missed_by(period.at))
    return Rows(rows, since="due_at", child=CLOCK_CHILD, by=[TEAM], about=OF_RECORD)


@measure(
    "Partners who are silent past their time",
    "What was sent to partner agencies and has not arrived, or has not been answered in time, at the end of the period",
    "messages to partners",
    "partner-silence",
    group=NOTICES,
    numerator="Messages whose answer is overdue; the oldest by when it was due",
    **WAITS,
)
def partners_silent(period: Period) -> Rows:
    rows = Delivery.objects.filter(SILENT, due_at__lt=period.at)
    return Rows(rows, since="due_at", by=[authority("agency")])
