"""A child the missing team looks after with the agencies around them, and what was found of their exploitation."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Person
from cases.models.known import by_somebody, may_see_person
from cohort.codes import Exploitation, Tool
from partners.models import Agency


def kinds_field() -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=Exploitation.choices), default=list)


class CohortEntry(Guarded):
    """One stay of one child in the cohort: proposed, taken in or not, and left for a reason."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        IN_COHORT = "in_cohort", "In the cohort"
        LEFT = "left", "Left the cohort"
        NOT_TAKEN = "not_taken", "Not taken in"

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cohort_entries")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty = Longstop, which counts how often a child is reported missing",
    )
    proposed_because = models.TextField()
    evidence = ArrayField(
        models.CharField(max_length=200), default=list, help_text="References of the records it rests on, if any"
    )
    exploitation = kinds_field()
    tool = models.CharField(max_length=10, choices=Tool.choices, default=Tool.NONE.value)
    tool_score = models.CharField(max_length=80, blank=True, help_text="Empty = not scored")
    authority = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="The responsible one; empty = not said"
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="The named worker"
    )
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    entered_because = models.TextField(blank=True)
    left_at = models.DateTimeField(null=True, help_text="When they left, or were not taken in")
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    left_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; lists sort by it")

    class Meta:
        verbose_name_plural = "cohort entries"
        indexes = [models.Index(fields=["authority"], condition=Q(state="in_cohort"), name="children_of_an_authority")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["proposed", "in_cohort"]), name="one_open_cohort_entry"
            ),
            models.CheckConstraint(condition=~Q(proposed_because=""), name="a_child_is_proposed_for_a_reason"),
            by_somebody("entered"),
            by_somebody("left"),
            models.CheckConstraint(
                condition=Q(state__in=["in_cohort", "left"], entered_at__isnull=False)
                & ~Q(entered_because="")
                & Q(authority__isnull=False, lead__isnull=False, exploitation__len__gt=0)
                | Q(state__in=["proposed", "not_taken"], entered_at=None),
                name="taken_in_with_a_reason_an_authority_and_a_worker",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["left", "not_taken"], left_at__isnull=False) & ~Q(left_because="")
                | Q(state__in=["proposed", "in_cohort"], left_at=None, left_because=""),
                name="left_exactly_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("entry", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "person")

    @property
    def is_in_cohort(self) -> bool:
        return self.state == self.State.IN_COHORT

    @property
    def exploitation_in_words(self) -> str:
        return kinds_in_words(self.exploitation)

    @property
    def score_in_words(self) -> str:
        """ "CERAF (child exploitation): high", "not scored"."""
        return score_in_words(self.tool, self.tool_score)


def kinds_in_words(kinds: list[str]) -> str:
    return ", ".join(str(Exploitation(kind).label) for kind in kinds) or "Not assessed yet"


def score_in_words(tool: str, score: str) -> str:
    if tool == Tool.NONE:
        return "Not scored with a tool"
    return f"{Tool(tool).label}: {score or 'not scored'}"


class ExploitationAssessment(Guarded):
    """What somebody found of a child's exploitation at one time. A later one stands beside it."""

    entry = models.ForeignKey(CohortEntry, on_delete=models.PROTECT, related_name="assessments")
    exploitation = kinds_field()
    tool = models.CharField(max_length=10, choices=Tool.choices)
    tool_score = models.CharField(max_length=80, blank=True, help_text="Empty = not scored")
    because = models.TextField()
    assessed_at = models.DateTimeField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(exploitation__len__gt=0), name="an_assessment_says_what_was_found"),
            models.CheckConstraint(condition=~Q(because=""), name="an_assessment_says_why"),
        ]

    def __str__(self) -> str:
        return f"{kinds_in_words(self.exploitation)}, {self.assessed_at}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "entry__person")

    @property
    def in_words(self) -> str:
        return f"{kinds_in_words(self.exploitation)}. {score_in_words(self.tool, self.tool_score)}"
