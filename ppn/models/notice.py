"""A public protection notice (PPN): what an officer saw of a child or adult at risk, and what the MASH made of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case
from govuk.fields import YesNoNotKnown as Answer
from ppn.codes import Decision, DomesticAbuseRisk, Grade, State, StrategyDecision, Type


class Ppn(Guarded):
    """One notice. Its review is timed from submission; nothing pauses that."""

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ppns")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The MASH that reviews it")
    arises_from = models.UUIDField(null=True, db_index=True, help_text="The record it was raised from (an incident)")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    types = ArrayField(models.CharField(max_length=20, choices=Type.choices))
    child = models.CharField(max_length=10, choices=Answer.choices, help_text="Is a child involved?")
    grade = models.CharField(
        max_length=10, choices=Grade.choices, help_text="The officer's grade, kept as it was given"
    )
    da_risk = models.CharField(max_length=10, choices=DomesticAbuseRisk.choices)
    narrative = models.TextField()
    first_known_at = models.DateTimeField(help_text="When police first knew")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ppns_submitted")
    officers_team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", help_text="Whose supervisors check it"
    )
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    check_said = models.TextField(blank=True, help_text="What the supervisor tells the officer")

    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first; queues sort by it")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="ppns_taken"
    )
    taken_at = models.DateTimeField(null=True)
    mash_grade = models.CharField(max_length=10, choices=Grade.choices, blank=True)
    mash_grade_because = models.TextField(blank=True)
    systems_checked = models.TextField(blank=True)
    assessment = models.TextField(blank=True)
    assessed_at = models.DateTimeField(null=True)
    mash_decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    open_to = models.CharField(max_length=200, blank=True, help_text="The social worker's team it is open to already")
    asked = models.JSONField(default=dict, help_text="Strategy triggers asked in the review: code -> yes or no")
    shared_at = models.DateTimeField(null=True)
    strategy_decision = models.CharField(max_length=20, choices=StrategyDecision.choices, blank=True)
    strategy_because = models.TextField(blank=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["submitted", "under_research"]),
                name="ppn_waiting_for_review",
            ),
            models.Index(fields=["state", "due_at"], condition=~Q(state="filed"), name="ppn_not_filed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_known_at__lte=models.F("submitted_at")), name="known_before_submitted"
            ),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(strategy_decision__gt=""), name="filed_with_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None) | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="checked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("ppn", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @property
    def current_grade(self) -> str:
        return self.mash_grade or self.grade

    @property
    def is_priority(self) -> bool:
        """A child at risk or high-risk domestic abuse. Where nobody knows whether a child is involved, one is."""
        return (
            self.child != Answer.NO
            or Type.CHILD_AT_RISK in self.types
            or self.da_risk in (DomesticAbuseRisk.HIGH, DomesticAbuseRisk.NOT_KNOWN)
        )

    def types_in_words(self) -> list[str]:
        return [str(Type(each).label) for each in self.types]
