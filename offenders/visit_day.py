"""What an offender manager has to do, their own work and that of whoever they cover for: the most urgent first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from govuk.times import exactly
from offenders.models import Assessment, ManagementPlan, Nominal, OffenderVisit, PlanTask, Written
from offenders.visit_patterns import (
    assessments_due_by,
    tried_in_vain,
    visits_due_within,
    visits_overdue,
    without_a_plan,
)
from offenders.visit_rows import draft_as_work, nominal_as_work, task_as_work, to_assess, to_visit, visit_as_work
from sla.work import Share, nearest_clocks

SOON = timedelta(days=7)
ASSESS_SOON = timedelta(days=28)


def overdue(whose: Collection[int], at: datetime, few: int) -> Share:
    rows = visits_overdue(at).filter(manager__in=whose)
    return _nominals("Visits overdue", rows, few, "overdue")


def not_seen(whose: Collection[int], few: int) -> Share:
    rows = tried_in_vain().filter(manager__in=whose)
    clocks = nearest_clocks(rows[:few], but_not=("RS12", "RS13", "RS13O", "RS13P", "RS14"))
    found = [
        nominal_as_work(each, _due(clocks.get(each.pk)), f"Not seen {exactly(each.tried_at)}")  # type: ignore[attr-defined]
        for each in rows[:few]
    ]
    return Share("Not seen: go again", found, rows.count(), _list("failed"))


def due_soon(whose: Collection[int], at: datetime, few: int) -> Share:
    rows = visits_due_within(at, SOON).filter(manager__in=whose)
    return _nominals("Visits due within 7 days", rows, few, "soon")


def planned(whose: Collection[int], few: int) -> Share:
    rows = OffenderVisit.objects.filter(state=Written.DRAFT, nominal__manager__in=whose)
    first = list(rows.select_related("nominal__person", "nominal__manager").order_by("planned_for", "pk")[:few])
    clocks = nearest_clocks(first)
    return Share("Planned visits", [visit_as_work(each, clocks.get(each.pk)) for each in first], rows.count())


def to_be_assessed(whose: Collection[int], at: datetime, few: int) -> Share:
    rows = assessments_due_by(at + ASSESS_SOON).filter(manager__in=whose)
    return Share("Assessments overdue, or due within 28 days", [to_assess(each) for each in rows[:few]], rows.count())


def no_plan(whose: Collection[int], few: int) -> Share:
    waits = ManagementPlan.objects.filter(state=Written.SUBMITTED).figures().values("nominal")
    rows = without_a_plan().filter(manager__in=whose).exclude(pk__in=waits)
    found = [nominal_as_work(each, None, "Assessed, and no plan says what is done") for each in rows[:few]]
    return Share("No risk management plan", found, rows.count())


def returned(whose: Collection[int], few: int) -> list[Share]:
    """What a supervisor sent back, of each kind."""
    return list(
        _written("returned to you", Q(state=Written.RETURNED), whose, few, [*DRAFTS, (OffenderVisit, "Visits")])
    )


def drafts(whose: Collection[int], few: int) -> list[Share]:
    return list(_written("not sent yet", Q(state=Written.DRAFT), whose, few, DRAFTS))


DRAFTS: list[tuple[Any, str]] = [(Assessment, "Assessments"), (ManagementPlan, "Risk management plans")]


def _written(said: str, state: Q, whose: Collection[int], few: int, kinds: list[tuple[Any, str]]) -> Iterator[Share]:
    for model, what in kinds:
        rows = model.objects.filter(state, Q(author__in=whose) | Q(nominal__manager__in=whose))
        first = list(rows.select_related("nominal__person", "nominal__manager", "author").order_by("begun_at")[:few])
        clocks = nearest_clocks(first)
        draw: Any = visit_as_work if model is OffenderVisit else draft_as_work
        yield Share(f"{what} {said}", [draw(each, clocks.get(each.pk)) for each in first], rows.count())


def tasks(whose: Collection[int], at: datetime, few: int) -> Share:
    rows = PlanTask.objects.filter(
        state=PlanTask.State.OPEN, due_at__lte=at + SOON, nominal__manager__in=whose, plan__state=Written.APPROVED
    )
    first = rows.select_related("nominal__person", "pillar").order_by("due_at", "pk")[:few]
    return Share("Tasks of plans, overdue or due within 7 days", [task_as_work(each) for each in first], rows.count())


def whole_day(whose: Collection[int], at: datetime, few: int) -> list[Share]:
    """Everything, in the order in which it is done; what is empty is left out."""
    every = [
        overdue(whose, at, few),
        not_seen(whose, few),
        *returned(whose, few),
        due_soon(whose, at, few),
        planned(whose, few),
        to_be_assessed(whose, at, few),
        no_plan(whose, few),
        *drafts(whose, few),
        tasks(whose, at, few),
    ]
    return [share for share in every if share.total]


def _nominals(heading: str, rows: QuerySet[Nominal], few: int, show: str) -> Share:
    first = list(rows[:few])
    return Share(heading, [to_visit(each) for each in first], rows.count(), _list(show))


def _list(show: str) -> str:
    return f"/offenders/visits/?show={show}"


def _due(clock: Any) -> datetime | None:
    return clock.due_at if clock else None
