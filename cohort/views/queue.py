"""The lists of the missing team: the cohort, the meetings, trigger plans and Philomena forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from access.roles import Can
from cohort.filters import EntryFilter, FormFilter, MeetingFilter, TriggerPlanFilter
from cohort.models import CohortEntry, CohortMeeting, PhilomenaForm, RiskPlan, TriggerPlan
from cohort.rows import entry_as_work, form_as_work, meeting_as_work, trigger_as_work
from sla.models import Clock
from sla.queues import QueuePage
from sla.work import Work

State = CohortEntry.State
IN, PROPOSED = Q(state=State.IN_COHORT), Q(state=State.PROPOSED)


def _trigger_plan() -> QuerySet[TriggerPlan]:
    """The current trigger plan of the child of an entry, whichever record of the child names it."""
    rows: QuerySet[TriggerPlan] = TriggerPlan.objects.filter(
        person__same_as=OuterRef("person__same_as"), state=TriggerPlan.State.CURRENT
    )
    return rows


def entries() -> QuerySet[CohortEntry]:
    """Each with what falls due first for the child: the decision, or the risk management plan."""
    plans = RiskPlan.objects.filter(entry=OuterRef("pk"), state=RiskPlan.State.CURRENT).figures()
    due = Case(When(PROPOSED, then=F("due_at")), default=None, output_field=DateTimeField())
    rows = CohortEntry.objects.select_related("person", "team", "lead", "authority")
    found: QuerySet[CohortEntry] = rows.annotate(
        next_due=Coalesce(due, Subquery(plans.values("due_at")[:1]), F("left_at"), F("proposed_at")),
        has_trigger_plan=Exists(_trigger_plan()),
    )
    return found


class Cohort(QueuePage):
    """Every child the missing team looks after, whose plan runs out first."""

    may = Can.SEE_COHORT
    template_name = "cohort/list.html"
    heading = "Children at risk of going missing"
    filterset_class = EntryFilter
    due_field = "next_due"
    empty = {"title": "No child is in the cohort", "text": "A child is proposed here, or by Longstop after reports."}

    def records(self) -> QuerySet[CohortEntry]:
        return entries()

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        late = RiskPlan.objects.filter(entry=OuterRef("pk"), state=RiskPlan.State.CURRENT, due_at__lt=at)
        meeting = CohortMeeting.objects.filter(
            authority=OuterRef("authority"), state=CohortMeeting.State.PLANNED, due_at__lt=at
        )
        return {
            "in_cohort": ("In the cohort", IN),
            "proposed": ("Proposed", PROPOSED),
            "plan_late": ("Plan over a month old, or not updated after an episode", IN & Q(Exists(late))),
            "meeting_late": ("Meeting overdue", IN & Q(Exists(meeting))),
            "no_trigger_plan": ("No trigger plan", IN & ~Q(Exists(_trigger_plan()))),
            "left": ("Left, or not taken in", Q(state__in=[State.LEFT, State.NOT_TAKEN])),
        }

    def row(self, record: Any, clock: Clock | None) -> Work:
        if record.state != State.IN_COHORT:
            return entry_as_work(record, clock.due_at if clock else None)
        why = record.exploitation_in_words
        why = why if record.has_trigger_plan else f"{why}. No trigger plan"
        return replace(entry_as_work(record, record.next_due), why=why)

    def more_context(self, at: datetime, counts: dict[str, int]) -> dict[str, Any]:
        return {"may_propose": self.request.user.can(Can.KEEP_COHORT)}  # type: ignore[union-attr]


class Meetings(QueuePage):
    """The monthly meeting of each authority, the nearest to breach first."""

    may = Can.SEE_COHORT
    heading = "Monthly meetings about children at risk of going missing"
    filterset_class = MeetingFilter
    due_field = "due_at"
    empty = {"title": "No meeting has to be held", "text": "One is there as soon as a child of an authority is in."}

    def records(self) -> QuerySet[CohortMeeting]:
        rows: QuerySet[CohortMeeting] = CohortMeeting.objects.select_related("authority", "team")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        planned = Q(state=CohortMeeting.State.PLANNED)
        return {
            "planned": ("Still to be held", planned),
            "overdue": ("Overdue", planned & Q(due_at__lt=at)),
            "no_time": ("No time set", planned & Q(planned_for=None)),
            "held": ("Held", Q(state=CohortMeeting.State.HELD)),
            "cancelled": ("Cancelled", Q(state=CohortMeeting.State.CANCELLED)),
        }

    def row(self, record: CohortMeeting, clock: Clock | None) -> Work:
        return meeting_as_work(record, clock)


class TriggerPlans(QueuePage):
    may = Can.SEE_COHORT
    heading = "Trigger plans"
    filterset_class = TriggerPlanFilter
    due_field = "due_at"
    empty = {"title": "There is no trigger plan", "text": "Write one from the page of a child."}

    def records(self) -> QuerySet[TriggerPlan]:
        rows: QuerySet[TriggerPlan] = TriggerPlan.objects.select_related("person", "team")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return _standing(at)

    def row(self, record: TriggerPlan, clock: Clock | None) -> Work:
        return trigger_as_work(record, clock)


class PhilomenaForms(QueuePage):
    may = Can.SEE_COHORT
    heading = "Philomena forms"
    filterset_class = FormFilter
    due_field = "due_at"
    empty = {"title": "No Philomena form has come", "text": "Record one that a carer or authority sent."}

    def records(self) -> QuerySet[PhilomenaForm]:
        rows: QuerySet[PhilomenaForm] = PhilomenaForm.objects.select_related("person", "team")
        return rows

    def chips(self, at: datetime) -> dict[str, tuple[str, Q]]:
        return _standing(at)

    def row(self, record: PhilomenaForm, clock: Clock | None) -> Work:
        return form_as_work(record, clock)


def _standing(at: datetime) -> dict[str, tuple[str, Q]]:
    current = Q(state="current")
    return {
        "current": ("Current", current),
        "overdue": ("To be looked at again: overdue", current & Q(due_at__lt=at)),
        "episode": ("Missing since it was looked at", current & Q(episode_at__isnull=False)),
        "past": ("Replaced or ended", ~current),
    }
