"""7. Children the missing team looks after: how many, plans in date, meetings held, and whether they go
missing less."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, OuterRef, Q, Subquery

from cohort.models import CohortEntry, RiskPlan
from insight.figures.of import SHARE, authority, by_choice, fell_due
from missing.models import Episode
from quality.counting import Better, Period, Rows, measure
from quality.measure_groups import COHORT
from quality.measure_parts import OF_RECORD, STOPPED_IN_TIME, TEAM

NINETY_DAYS = timedelta(days=90)


@measure(
    "Children in the cohort",
    "Children whom the missing team looks after, at the end of the period",
    "children",
    "cohort",
    group=COHORT,
    numerator="Children in the cohort; the oldest by when they were taken in",
)
def cohort_children(period: Period) -> Rows:
    rows = CohortEntry.objects.filter(state="in_cohort")
    return Rows(rows, since="entered_at", by=[authority("authority")])


@measure(
    "Risk plans in date",
    "Of current risk plans of children in the cohort, at the end of the period: those not due to be updated",
    "risk plans",
    "cohort",
    group=COHORT,
    numerator="Plans that are not overdue",
    denominator="Current risk plans at the end of the period",
    **SHARE,
)
def cohort_plans_in_date(period: Period) -> Rows:
    in_date = Q(due_at__gte=period.at) | Q(due_at=None)
    return Rows(RiskPlan.objects.filter(state="current"), in_date, by=[authority("entry__authority")])


@measure(
    "Monthly meetings held in time",
    "Of multi-agency meetings that fell due in the period (MC19): those held in time",
    "meetings",
    "cohort-meetings",
    group=COHORT,
    numerator="Meetings held in time",
    denominator="Meetings that fell due in the period",
    **SHARE,
)
def cohort_meetings_held(period: Period) -> Rows:
    held = STOPPED_IN_TIME & Q(stopped_by="cohort.hold_meeting")
    return Rows(fell_due(period, "MC19"), held, by=[TEAM], about=OF_RECORD)


@measure(
    "Missing episodes after a child was taken into the cohort",
    "Of missing episodes in the 90 days before and the 90 days after a child was taken in, of children whose 90 days "
    "afterwards were up in the period: those afterwards. Half would mean that nothing changed",
    "missing episodes",
    "cohort",
    group=COHORT,
    numerator="Episodes in the 90 days after the child was taken in",
    denominator="Episodes in the 90 days before and the 90 days after",
    better=Better.LOWER,
)
def cohort_episodes_after(period: Period) -> Rows:
    same = {"person__same_as": OuterRef("person__same_as")}
    taken_in = CohortEntry.objects.filter(period.within("entered_at", whole=NINETY_DAYS), **same)
    last = taken_in.order_by("-entered_at").figures().values("entered_at")[:1]
    rows = Episode.objects.annotate(taken_in_at=Subquery(last)).exclude(state="in_error")
    rows = rows.filter(
        reported_at__gte=F("taken_in_at") - NINETY_DAYS,
        reported_at__lte=F("taken_in_at") + NINETY_DAYS,
    )
    return Rows(rows, Q(reported_at__gte=F("taken_in_at")), by=[by_choice("Risk", Episode, "risk"), TEAM])
