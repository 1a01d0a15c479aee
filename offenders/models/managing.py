"""Visits, assessments and plans: what an offender manager writes, and somebody else approves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from cases.models.known import by_somebody
from govuk.fields import YesNoNotKnown as Answer
from offenders.codes import Compliance, Factor, FactorRating, Risk, Seen, Tool
from offenders.models.nominal import OfANominal, sees_offenders


class Written(models.TextChoices):
    """The states of everything that has to be approved."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for approval"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Returned with reasons"
    SUPERSEDED = "superseded", "Replaced by a later one"
    CANCELLED = "cancelled", "Cancelled"


class Approvable(OfANominal):
    """Written by one person, approved or returned by another."""

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=Written.choices, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    returned_because = models.TextField(blank=True, help_text="Empty = it was not returned")

    class Meta:
        abstract = True
        constraints = [
            by_somebody("approved"),
            models.CheckConstraint(
                condition=~Q(approved_by=F("author")), name="%(class)s_is_not_approved_by_its_author"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "approved", "returned"]) | Q(submitted_at__isnull=False),
                name="%(class)s_was_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_because=""), name="%(class)s_is_returned_with_reasons"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse(self._meta.model_name or "", args=[self.pk])


class OffenderVisit(Approvable):
    """A visit to an offender's home: planned, tried, made by two officers."""

    class Purpose(models.TextChoices):
        FIRST = "first", "First visit"
        ROUTINE = "routine", "Routine visit"
        AFTER_RELEASE = "after_release", "After release"
        CONCERN = "concern", "Because of a concern"

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    planned_for = models.DateTimeField(null=True, help_text="Empty = not planned beforehand")
    visited_at = models.DateTimeField(null=True, help_text="Empty = not visited yet")
    address = models.CharField(max_length=300, blank=True)
    officer_one = models.CharField(max_length=200, blank=True)
    officer_two = models.CharField(max_length=200, blank=True, help_text="Empty = single-crewed, with a reason")
    single_crew_because = models.TextField(blank=True)
    announced = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN.value)
    seen = models.CharField(max_length=10, choices=Seen.choices, blank=True)
    devices = models.TextField(
        blank=True, help_text="What was checked, and what was found; “none checked” is an answer"
    )
    household = models.TextField(blank=True, help_text="Who was there; “nobody else” is an answer")
    children_seen = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN.value)
    children = models.TextField(blank=True, help_text="Each child, how they were, what they said")
    disclosure = models.TextField(blank=True, help_text="Who knows of the offence; whether somebody has to be told")
    compliance = models.CharField(max_length=20, choices=Compliance.choices, default=Compliance.NOT_KNOWN.value)
    observations = models.TextField(blank=True)
    next_visit_on = models.DateField(null=True)

    class Meta(Approvable.Meta):
        indexes = [models.Index(fields=["nominal", "visited_at"], name="visits_of_a_nominal")]
        constraints = [
            *Approvable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "approved"])
                | (Q(visited_at__isnull=False) & ~Q(officer_one="") & ~Q(seen="") & ~Q(observations="")),
                name="a_visit_says_who_went_and_what_they_found",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "approved"]) | ~Q(officer_two="") | ~Q(single_crew_because=""),
                name="two_officers_or_a_reason",
            ),
        ]


class VisitAttempt(OfANominal):
    """Somebody went and the offender was not seen. A failed visit is a row of its own."""

    visit = models.ForeignKey(OffenderVisit, null=True, on_delete=models.PROTECT, related_name="attempts")
    tried_at = models.DateTimeField()
    officers = models.CharField(max_length=300)
    what_happened = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(officers="") & ~Q(what_happened=""), name="an_attempt_says_who_and_what"
            )
        ]

    def __str__(self) -> str:
        return f"attempt {self.tried_at}"


class Assessment(Approvable):
    """An ARMS assessment, or another structured judgement where ARMS does not fit."""

    tool = models.CharField(max_length=20, choices=Tool.choices)
    why_now = models.CharField(max_length=300, help_text="First, yearly, or what happened")
    static_scores = models.CharField(
        max_length=200, blank=True, help_text="RM2000, OSP and others as text; empty = none"
    )
    overall = models.CharField(max_length=20, choices=Risk.choices, default=Risk.NOT_ASSESSED.value)
    overall_because = models.TextField(blank=True)

    class Meta(Approvable.Meta):
        constraints = [
            *Approvable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "approved"])
                | (~Q(overall="not_assessed") & ~Q(overall_because="")),
                name="an_assessment_comes_to_a_level",
            ),
        ]


class AssessedFactor(Guarded):
    """What was found of one factor."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="factors")
    factor = models.CharField(max_length=20, choices=Factor.choices)
    rating = models.CharField(max_length=20, choices=FactorRating.choices, blank=True, help_text="Empty = a draft yet")
    evidence = models.TextField(blank=True, help_text="Empty = a draft yet; “not known” is an answer")
    is_priority = models.BooleanField(default=False, help_text="The plan must do something about it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "factor"], name="a_factor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.factor}: {self.rating}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_offenders(who, "assessment__nominal__person")


class Pillar(models.Model):
    """One heading of a risk management plan. A force may use its own (MAPPA guidance, chapter 12): rows with dates."""

    code = models.CharField(max_length=20, primary_key=True)
    heading = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField(null=True, help_text="Empty = in use")

    open_because = "headings of a form are no secret"

    def __str__(self) -> str:
        return self.heading

    @classmethod
    def in_use(cls, day: Any) -> models.QuerySet[Pillar]:
        return cls.objects.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day).order_by("position")


class ManagementPlan(Approvable):
    """The risk management plan: what is done under each pillar, what if it fails, and how often somebody visits."""

    assessment = models.ForeignKey(
        Assessment,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The one it answers; empty = none yet",
    )
    contingency = models.TextField(blank=True)
    licence_conditions = models.TextField(blank=True, help_text="All of them; “none” is an answer")
    interval_days = models.PositiveSmallIntegerField(null=True, help_text="At most so many days between visits")
    interval_because = models.TextField(blank=True)
    longer_than_tariff = models.BooleanField(
        default=False, help_text="Needs a sergeant, and is never approved with others"
    )
    quality = models.PositiveSmallIntegerField(null=True, help_text="Score out of 100 when it was submitted")
    not_applicable = models.JSONField(default=dict, help_text="Pillar code -> why nothing is done under it")

    class Meta(Approvable.Meta):
        constraints = [
            *Approvable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "approved"])
                | (
                    ~Q(contingency="")
                    & ~Q(licence_conditions="")
                    & Q(interval_days__gt=0)
                    & ~Q(interval_because="")
                    & Q(quality__lte=100)
                ),
                name="a_plan_is_whole_when_submitted",
            ),
        ]


class PlanTask(OfANominal):
    """One thing that is done under one pillar of a plan: what, by whom, until when."""

    class State(models.TextChoices):
        OPEN = "open", "Not done yet"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "No longer needed"

    reference = models.CharField(max_length=40, unique=True)
    plan = models.ForeignKey(ManagementPlan, on_delete=models.PROTECT, related_name="tasks")
    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    what = models.TextField()
    owner = models.CharField(max_length=200, help_text="Who does it, here or in another agency")
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.TextField(blank=True, help_text="How it was done, or why it is not needed")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(owner=""), name="a_plan_task_says_what_and_who"),
            by_somebody("ended"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | (Q(ended_at__isnull=False) & ~Q(how="")),
                name="a_plan_task_ends_with_words",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("plantask", args=[self.pk])
