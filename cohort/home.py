"""What the home page says of the children at risk of going missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from access.roles import Can
from accounts.duty import people_answered_for
from accounts.models import User
from cohort.models import CohortEntry, CohortMeeting, PhilomenaForm, PlanStep, RiskPlan, TriggerPlan
from cohort.rows import (
    entry_as_work,
    form_as_work,
    meeting_as_work,
    plan_as_work,
    step_as_work,
    trigger_as_work,
)
from sla.work import HOME, Share

FEW = 5
SOON = timedelta(days=7)


def _proposed() -> Share:
    rows = CohortEntry.objects.filter(state=CohortEntry.State.PROPOSED)
    first = rows.select_related("person", "team", "lead").order_by("due_at", "pk")[:FEW]
    found = [entry_as_work(each, each.due_at) for each in first]
    return Share("Children proposed for the cohort: decide", found, rows.count(), "/cohort/?show=proposed")


def _plans(heading: str, when: Q) -> Share:
    rows = RiskPlan.objects.filter(when, state=RiskPlan.State.CURRENT)
    first = rows.select_related("entry__person", "entry__lead", "team").order_by("due_at", "pk")[:FEW]
    return Share(heading, [plan_as_work(each) for each in first], rows.count(), "/cohort/?show=plan_late")


def _meetings(heading: str, when: Q) -> Share:
    rows = CohortMeeting.objects.filter(when, state=CohortMeeting.State.PLANNED)
    first = rows.select_related("authority", "team").order_by("due_at", "pk")[:FEW]
    return Share(heading, [meeting_as_work(each) for each in first], rows.count(), "/cohort/meetings/")


def _to_look_at(at: datetime) -> Iterator[Share]:
    soon = Q(due_at__lte=at + SOON)
    triggers = TriggerPlan.objects.filter(soon, state=TriggerPlan.State.CURRENT)
    first = triggers.select_related("person", "team").order_by("due_at", "pk")[:FEW]
    yield Share(
        "Trigger plans to look at again",
        [trigger_as_work(each) for each in first],
        triggers.count(),
        "/cohort/trigger-plans/",
    )
    forms = PhilomenaForm.objects.filter(soon, state=PhilomenaForm.State.CURRENT)
    few = forms.select_related("person", "team").order_by("due_at", "pk")[:FEW]
    yield Share(
        "Philomena forms to ask about again",
        [form_as_work(each) for each in few],
        forms.count(),
        "/cohort/philomena/",
    )


def _mine(user: User) -> QuerySet[PlanStep]:
    rows: QuerySet[PlanStep] = PlanStep.objects.filter(state=PlanStep.State.OPEN, owner__in=people_answered_for(user))
    return rows


def _steps(heading: str, rows: QuerySet[PlanStep]) -> Share:
    first = rows.select_related("owner", "agency").order_by("due_at", "pk")[:FEW]
    return Share(heading, [step_as_work(each) for each in first], rows.count())


def needs_me(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    late = Q(due_at__lt=at)
    if Can.DECIDE_COHORT in acts:
        yield _proposed()
        yield _plans("Risk management plans out of date", late)
        yield _meetings("Monthly meetings overdue", late)
    if Can.KEEP_COHORT in acts:
        yield _plans("Risk management plans to update", Q(due_at__lte=at + SOON))
        yield _meetings("Monthly meetings to hold", Q(due_at__lte=at + 2 * SOON))
        yield from _to_look_at(at)
    yield _steps("Your steps for children in the cohort", _mine(user))


def holds_up(user: User, acts: set[Can], at: datetime) -> Iterator[Share]:
    yield _steps("A child waits while these steps are with you", _mine(user).filter(due_at__lt=at))


HOME.needs_me.append(needs_me)
HOME.holds_up.append(holds_up)
