"""What a plan says, read for its quality: its own tasks, those it takes over, and whether the plan of somebody else
says the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import localdate

from access.actor import System, acting
from access.time import today
from offenders.codes import Factor
from offenders.models import AssessedFactor, ManagementPlan, Pillar, PlanTask, Written
from offenders.quality import PlanText, TaskText
from offenders.stock_phrases import plain

COMPARES = System("whether two plans say the same")


def text_of(plan: ManagementPlan) -> PlanText:
    tasks = list(tasks_of(plan))
    shared = said_of_others(plan, [task.what for task in tasks])
    priorities = AssessedFactor.objects.filter(assessment=plan.assessment_id, is_priority=True).order_by("factor")
    day = localdate(plan.submitted_at) if plan.submitted_at else today()
    return PlanText(
        pillars={pillar.code: pillar.heading for pillar in Pillar.in_use(day)},
        tasks=[
            TaskText(task.pillar_id, task.what, task.owner, task.due_at, plain(task.what) in shared) for task in tasks
        ],
        not_applicable=plan.not_applicable,
        priorities=[str(Factor(each.factor).label) for each in priorities],
        answers_an_assessment=plan.assessment_id is not None,
        contingency=plan.contingency,
        licence_conditions=plan.licence_conditions,
        interval_because=plan.interval_because,
    )


def pillars_of(plan: ManagementPlan, text: PlanText) -> list[dict[str, Any]]:
    """Each pillar with its tasks, or why there are none, as pages show it."""
    tasks = tasks_of(plan)
    return [
        {
            "heading": heading,
            "tasks": [task for task in tasks if task.pillar_id == code],
            "why_not": plan.not_applicable.get(code, ""),
        }
        for code, heading in text.pillars.items()
    ]


def tasks_of(plan: ManagementPlan) -> list[PlanTask]:
    """Of a plan that does not stand yet, those as well that it will take over. What is not needed does not count."""
    mine = Q(plan=plan)
    if plan.state in (Written.DRAFT, Written.RETURNED, Written.SUBMITTED):
        mine |= Q(plan__nominal=plan.nominal_id, plan__state=Written.APPROVED, state=PlanTask.State.OPEN)
    rows = PlanTask.objects.filter(mine).exclude(state=PlanTask.State.NOT_NEEDED)
    return list(rows.select_related("pillar", "plan").order_by("pillar__position", "due_at", "reference"))


def said_of_others(plan: ManagementPlan, texts: Collection[str]) -> set[str]:
    """Which of these texts a plan of somebody else has too. Compared for everybody: only that it is so is told."""
    with acting(COMPARES):
        others = PlanTask.objects.exclude(nominal=plan.nominal_id).annotate(as_typed=Lower("what"))
        return {plain(task.what) for task in others.filter(as_typed__in=_spellings(texts))}


def _spellings(texts: Collection[str]) -> set[str]:
    """A capital letter or a full stop makes no text another one."""
    bare = {text.lower().rstrip(".") for text in texts}
    return bare | {f"{text}." for text in bare}
