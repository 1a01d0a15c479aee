"""What nobody may overlook of visits and plans: questions that lists, boards and the page of a person ask alike."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from access.time import now
from govuk.fields import YesNoNotKnown as Answer
from offenders.codes import HIGH_FIRST
from offenders.models import (
    OURS,
    VISITED,
    Assessment,
    ManagementPlan,
    Nominal,
    OffenderVisit,
    Pillar,
    PlanTask,
    VisitAttempt,
    Written,
)
from offenders.visit_lengths import PATTERN

BY_RISK = Case(
    *(When(risk=risk, then=Value(place)) for place, risk in enumerate(HIGH_FIRST)), output_field=IntegerField()
)
"""0 = the highest."""
ALONE, ANNOUNCED = Q(officer_two=""), Q(announced=Answer.YES)


def to_be_visited() -> QuerySet[Nominal]:
    """Everybody whom somebody has to visit: neither in custody nor managed reactively."""
    rows: QuerySet[Nominal] = Nominal.objects.filter(state__in=VISITED).select_related("person", "manager", "team")
    return rows


def highest_risk_first(rows: QuerySet[Nominal], then: str) -> QuerySet[Nominal]:
    return rows.annotate(by_risk=BY_RISK).order_by("by_risk", then, "pk")


def visits_overdue(at: datetime) -> QuerySet[Nominal]:
    """Highest risk first, then the longest overdue."""
    return highest_risk_first(to_be_visited().filter(visit_due_at__lt=at), "visit_due_at")


def visits_due_within(at: datetime, time: timedelta) -> QuerySet[Nominal]:
    return to_be_visited().filter(visit_due_at__gte=at, visit_due_at__lte=at + time).order_by("visit_due_at", "pk")


def tried_in_vain() -> QuerySet[Nominal]:
    """Somebody went and did not see them, and nobody has since. `tried_at`: when that was last."""
    last = VisitAttempt.objects.filter(nominal=OuterRef("pk")).order_by("-tried_at").figures()
    rows = to_be_visited().annotate(tried_at=Subquery(last.values("tried_at")[:1]))
    since = rows.filter(Q(last_visited_at=None) | Q(tried_at__gt=F("last_visited_at")), tried_at__isnull=False)
    return highest_risk_first(since, "tried_at")


def assessments_due_by(at: datetime) -> QuerySet[Nominal]:
    """Those already overdue among them; highest risk first."""
    rows = Nominal.objects.filter(state__in=OURS, assessment_due_at__lt=at).select_related("person", "manager", "team")
    waits = Assessment.objects.filter(nominal=OuterRef("pk"), state=Written.SUBMITTED)
    return highest_risk_first(rows.exclude(Exists(waits)), "assessment_due_at")


def always_single_crewed(at: datetime) -> QuerySet[Nominal]:
    """Whose last visits were all made by one officer alone."""
    return _pattern(ALONE, at)


def always_announced(at: datetime) -> QuerySet[Nominal]:
    """Who knew beforehand of each of the last visits."""
    return _pattern(ANNOUNCED, at)


def _pattern(each: Q, at: datetime) -> QuerySet[Nominal]:
    number, _ = PATTERN.in_force(at)
    made = OffenderVisit.objects.filter(nominal=OuterRef("pk"), visited_at__isnull=False)
    last_few = made.order_by("-visited_at").figures().values("visited_at")[number - 1 : number]
    rows = Nominal.objects.filter(state__in=OURS).annotate(pattern_since=Subquery(last_few))
    otherwise = made.filter(visited_at__gte=OuterRef("pattern_since")).exclude(each)
    found = rows.filter(~Exists(otherwise), pattern_since__isnull=False)
    return highest_risk_first(found.select_related("person", "manager", "team"), "reference")


def plans_with_an_empty_pillar(day: date) -> QuerySet[ManagementPlan]:
    """Plans that stand in which nothing is done under one pillar, and nobody said why not."""
    empty = Q(pk__in=[])
    for pillar in Pillar.in_use(day):
        tasks = PlanTask.objects.filter(plan=OuterRef("pk"), pillar=pillar).exclude(state=PlanTask.State.NOT_NEEDED)
        empty |= Q(~Exists(tasks)) & ~Q(not_applicable__has_key=pillar.code)
    rows: QuerySet[ManagementPlan] = ManagementPlan.objects.filter(empty, state=Written.APPROVED)
    return rows.filter(nominal__state__in=OURS).select_related("nominal__person", "nominal__manager")


def without_a_plan() -> QuerySet[Nominal]:
    """Assessed here, and no plan stands: nobody has said what is done about the risk. Of whom was taken over from
    another system the last plan is there, until they are assessed again."""
    stands = ManagementPlan.objects.filter(nominal=OuterRef("pk"), state=Written.APPROVED)
    rows = Nominal.objects.filter(~Exists(stands), state__in=OURS, assessed_at__gte=F("began_at"))
    return highest_risk_first(rows.select_related("person", "manager", "team"), "assessed_at")


def most_urgent_first(rows: QuerySet[Nominal]) -> QuerySet[Nominal]:
    """With `urgency` to sort and page by: who is overdue comes first and by risk, the others by when they are due.

    An age of the world for each step of risk keeps one order in which a place can be found again.
    """
    due = Coalesce(F("visit_due_at"), F("notified_at"), F("began_at"))
    at, age = now(), timedelta(days=36_500)
    steps = [
        When(Q(visit_due_at__lt=at, risk=risk), then=due - age * (len(HIGH_FIRST) - place))
        for place, risk in enumerate(HIGH_FIRST)
    ]
    return rows.annotate(urgency=Case(*steps, default=due))
