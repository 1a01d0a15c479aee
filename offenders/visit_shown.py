"""What a supervisor reads before they decide on a visit, an assessment or a plan: all of it, and what has changed since
the last one that was approved."""

from __future__ import annotations

from collections.abc import Iterator

from offenders.approval_shows import SHOWS, Shown
from offenders.codes import Factor
from offenders.models import Approval, Assessment, ManagementPlan, OffenderVisit
from offenders.plan_text import pillars_of, text_of
from offenders.quality import quality_of
from offenders.visit_rows import said_of, visit_warnings, when_in_words
from offenders.workflow.assessments import factors_of
from offenders.workflow.plans import is_longer_than_tariff


def _visit(visit: OffenderVisit, before: OffenderVisit | None) -> Shown:
    return Shown(
        template="offenders/visit_shown.html",
        context={"said": said_of(visit), "when": when_in_words(visit), "noted": visit_warnings(visit)},
        changed=_said_otherwise(visit, before) if before else [],
    )


def _said_otherwise(visit: OffenderVisit, before: OffenderVisit) -> list[str]:
    """What stood otherwise at the last visit, where that may matter."""
    matters = {"Compliance", "Who else was there", "Who knows of the offence", "Children seen"}
    return [
        f"{heading}: {was} → {says}"
        for (heading, says), (_, was) in zip(said_of(visit), said_of(before), strict=True)
        if heading in matters and says != was
    ]


def _assessment(assessment: Assessment, before: Assessment | None) -> Shown:
    return Shown(
        template="offenders/assessment_shown.html",
        context={"factors": factors_of(assessment)},
        changed=list(_judged_otherwise(assessment, before)) if before else [],
    )


def _judged_otherwise(assessment: Assessment, before: Assessment) -> Iterator[str]:
    if assessment.overall != before.overall:
        yield f"Overall: {before.get_overall_display()} → {assessment.get_overall_display()}"
    was = {each.factor: each for each in factors_of(before)}
    for each in factors_of(assessment):
        old = was.get(each.factor)
        if old and old.rating != each.rating:
            label = Factor(each.factor).label
            yield f"{label}: {old.get_rating_display()} → {each.get_rating_display()}"


def _plan(plan: ManagementPlan, before: ManagementPlan | None) -> Shown:
    text = text_of(plan)
    return Shown(
        template="offenders/plan_shown.html",
        context={
            "pillars": pillars_of(plan, text),
            "quality": quality_of(text),
            "longer": is_longer_than_tariff(plan),
        },
        changed=_planned_otherwise(plan, before) if before else [],
    )


def _planned_otherwise(plan: ManagementPlan, before: ManagementPlan) -> list[str]:
    words = [
        ("Days between visits", "interval_days"),
        ("If the plan fails", "contingency"),
        ("Licence conditions", "licence_conditions"),
    ]
    return [
        f"{label}: {getattr(before, name)} → {getattr(plan, name)}"
        for label, name in words
        if getattr(before, name) != getattr(plan, name)
    ]


SHOWS[Approval.What.VISIT.value] = _visit
SHOWS[Approval.What.ASSESSMENT.value] = _assessment
SHOWS[Approval.What.PLAN.value] = _plan
