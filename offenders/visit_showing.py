"""What the page of a managed person shows of visits, assessments and plans."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from access.roles import Can, who_may
from access.time import now, today
from accounts.models import User
from offenders.intervals import days_between_visits
from offenders.models import Nominal, OffenderVisit, PlanTask
from offenders.nominal_parts import PARTS, Part
from offenders.visit_patterns import (
    always_announced,
    always_single_crewed,
    plans_with_an_empty_pillar,
    tried_in_vain,
    without_a_plan,
)
from offenders.visit_rows import KINDS, last_seen, when_in_words
from offenders.workflow.nominals import CAN_BE_VISITED

FEW = 5


def visits_part(nominal: Nominal, user: User) -> Part:
    visits = list(
        OffenderVisit.objects.filter(nominal=nominal).select_related("author").order_by("-begun_at", "pk")[:FEW]
    )
    attempts = list(nominal.visitattempts.select_related("recorded_by").order_by("-tried_at", "pk")[:FEW])
    return Part(
        heading="Visits",
        template="offenders/visit_part.html",
        context={
            "visits": [(visit, when_in_words(visit), KINDS[visit.state]) for visit in visits],
            "attempts": attempts,
            "last_seen": last_seen(nominal),
            "interval": days_between_visits(nominal, now()),
        },
        actions=_actions(nominal, user, VISITING) if nominal.state in CAN_BE_VISITED else [],
        records=visits,
        warnings=_visit_warnings(nominal),
    )


def judging_part(nominal: Nominal, user: User) -> Part:
    assessments = list(nominal.assessments.select_related("author").order_by("-begun_at", "pk")[:FEW])
    plans = list(nominal.managementplans.select_related("author").order_by("-begun_at", "pk")[:FEW])
    tasks = list(
        PlanTask.objects.filter(nominal=nominal, state=PlanTask.State.OPEN).select_related("pillar").order_by("due_at")
    )
    return Part(
        heading="Assessment and plan",
        template="offenders/assessment_part.html",
        context={"assessments": assessments, "plans": plans, "tasks": tasks},
        actions=_actions(nominal, user, JUDGING) if nominal.is_ours else [],
        records=[*assessments, *plans, *tasks],
        warnings=_plan_warnings(nominal),
    )


VISITING = [
    ("Record a visit", "nominal-record-visit"),
    ("Record a failed visit", "nominal-failed-visit"),
    ("Plan a visit", "nominal-plan-visit"),
]
JUDGING = [("Begin an assessment", "nominal-begin-assessment"), ("Begin a plan", "nominal-begin-plan")]


def _actions(nominal: Nominal, user: User, steps: list[tuple[str, str]]) -> list[dict[str, str]]:
    why_not = "" if user.can(Can.MANAGE_OFFENDERS) else f"for a {who_may(Can.MANAGE_OFFENDERS)}"
    return [{"label": label, "url": reverse(name, args=[nominal.pk]), "why_not": why_not} for label, name in steps]


def _visit_warnings(nominal: Nominal) -> list[str]:
    at, found = now(), []
    due = nominal.visit_due_at
    if nominal.state in CAN_BE_VISITED and due and due < at and nominal.state != Nominal.State.REACTIVE:
        found.append("The visit is overdue")
    patterns: list[tuple[Any, str]] = [
        (tried_in_vain(), "Somebody went and did not see them, and nobody has since"),
        (always_single_crewed(at), "One officer went alone on each of the last visits"),
        (always_announced(at), "They knew beforehand of each of the last visits"),
    ]
    return found + [said for rows, said in patterns if rows.filter(pk=nominal.pk).exists()]


def _plan_warnings(nominal: Nominal) -> list[str]:
    found = []
    if nominal.is_ours and nominal.assessment_due_at and nominal.assessment_due_at < now():
        found.append("The assessment is overdue")
    if nominal.reassess_since:
        found.append(f"To be assessed again: {nominal.reassess_because.rstrip('.')}")
    if without_a_plan().filter(pk=nominal.pk).exists():
        found.append("No risk management plan says what is done about the risk")
    if plans_with_an_empty_pillar(today()).filter(nominal=nominal).exists():
        found.append("Nothing is done under one pillar of the plan, and nobody has said why not")
    return found


PARTS.append(visits_part)
PARTS.append(judging_part)
