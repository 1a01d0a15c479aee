"""The risk management plan of a child in the cohort, every version of it, and its steps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models.known import by_somebody, may_see_person
from cohort.codes import Notice
from cohort.models.entry import CohortEntry
from cohort.models.meeting import CohortMeeting
from partners.models import Agency


class RiskPlan(Guarded):
    """What puts the child at risk, what is done about those who harm them, and what works with the child."""

    class State(models.TextChoices):
        CURRENT = "current", "Current"
        ENDED = "ended", "Ended"

    reference = models.CharField(max_length=20, unique=True)
    entry = models.ForeignKey(CohortEntry, on_delete=models.PROTECT, related_name="risk_plans")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    started_at = models.DateTimeField()
    risks = models.TextField(blank=True, help_text="Empty = not written yet")
    disruption = models.TextField(blank=True, help_text="Of those who harm the child; empty = not written yet")
    notice = models.CharField(max_length=10, choices=Notice.choices, default=Notice.NOT_KNOWN.value)
    works = models.TextField(blank=True, help_text="What works with the child; empty = not written yet")
    updated_at = models.DateTimeField(null=True, help_text="Empty = not written yet")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    episode_at = models.DateTimeField(null=True, help_text="The child was reported missing since; empty = no")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; lists sort by it")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(state="current"), name="one_current_risk_plan"),
            by_somebody("updated"),
            by_somebody("ended"),
            models.CheckConstraint(
                condition=Q(updated_at=None, risks="", disruption="", works="")
                | Q(updated_at__isnull=False) & ~Q(risks="") & ~Q(disruption="") & ~Q(works=""),
                name="a_risk_plan_is_written_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="current", ended_at=None) | Q(state="ended", ended_at__isnull=False),
                name="ended_exactly_when_ended_at_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("riskplan", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "entry__person")

    @property
    def is_written(self) -> bool:
        return self.updated_at is not None


class RiskPlanVersion(Guarded):
    """The plan as it was at one time."""

    plan = models.ForeignKey(RiskPlan, on_delete=models.PROTECT, related_name="versions")
    risks = models.TextField()
    disruption = models.TextField()
    notice = models.CharField(max_length=10, choices=Notice.choices)
    works = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(risks="") & ~Q(disruption="") & ~Q(works=""), name="a_version_of_a_plan_is_whole"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} as of {self.written_at}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "plan__entry__person")


class PlanStep(Guarded):
    """One thing somebody does for the child: here, or a named person of a partner agency."""

    class State(models.TextChoices):
        OPEN = "open", "Not done yet"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "No longer needed"

    reference = models.CharField(max_length=40, unique=True)
    plan = models.ForeignKey(RiskPlan, on_delete=models.PROTECT, related_name="steps")
    meeting = models.ForeignKey(
        CohortMeeting, null=True, on_delete=models.PROTECT, related_name="steps", help_text="Which meeting gave it"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    what = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    name_there = models.CharField(max_length=200, blank=True, help_text="Who at the agency")
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.TextField(blank=True, help_text="How it was done, or why it is not needed")

    class Meta:
        indexes = [models.Index(fields=["plan"], condition=Q(state="open"), name="plan_steps_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_step_says_what"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, agency=None, name_there="")
                | Q(Q(owner=None, agency__isnull=False), ~Q(name_there="")),
                name="a_plan_step_is_somebodys",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("given_at")), name="a_step_has_time"),
            by_somebody("ended"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | Q(~Q(state="open"), ~Q(how=""), ended_at__isnull=False),
                name="a_step_is_ended_with_words",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("planstep", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "plan__entry__person")

    @property
    def whose(self) -> str:
        return str(self.owner) if self.owner else f"{self.name_there}, {self.agency}"
