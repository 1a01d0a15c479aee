"""Figures of a month as they stood when it ended, and who took figures away, when and what for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can, Role
from accounts.duty import team_of
from accounts.models import Team
from cases.models.known import by_somebody
from quality.counting import Value
from quality.measure_groups import GROUPS
from quality.models.themes import somebody


def sees_figures(who: Actor) -> Q:
    return Q() if who.can(Can.SEE_FIGURES) else Q(pk__in=[])


class FigureRag(models.TextChoices):
    """How a figure stands against its target."""

    RED = "red", "Red: the target is missed"
    AMBER = "amber", "Amber: the target is missed by little"
    GREEN = "green", "Green: the target is met"


class MonthlySnapshot(Guarded):
    """One month. Its figures are counted from the records as they stood when it ended, and never changed."""

    class State(models.TextChoices):
        KEPT = "kept", "Kept"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    month = models.DateField(unique=True, help_text="Its first day")
    as_at = models.DateTimeField(help_text="The last moment of the month: the records are read as they stood then")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken_at__gt=models.F("as_at")), name="a_month_is_kept_when_it_is_over"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_by_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("monthlysnapshot", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_figures(who)

    @property
    def team(self) -> Team:
        return team_of(Role.GOVERNANCE_LEAD)


class MonthlyFigure(Guarded):
    """One figure of one month, with its definition as it was. What is red has a comment by whoever answers for it."""

    class State(models.TextChoices):
        TO_EXPLAIN = "to_explain", "Red, and nobody has said why"
        COMPLETE = "complete", "Complete"

    reference = models.CharField(max_length=30, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    snapshot = models.ForeignKey(MonthlySnapshot, on_delete=models.PROTECT, related_name="figures")
    position = models.PositiveSmallIntegerField(help_text="In the order of the groups")
    code = models.CharField(max_length=40)
    group = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    definition = models.TextField()
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    unit = models.CharField(max_length=80, blank=True)
    said = models.CharField(max_length=200, help_text="The value in words")
    counted = models.PositiveIntegerField(null=True, help_text="Empty = it cannot be counted")
    of = models.PositiveIntegerField(null=True, help_text="Empty = it is no share")
    children = models.PositiveIntegerField(null=True, help_text="Of those counted: a child concerned, or not known")
    oldest = models.DateTimeField(null=True)
    took = models.DurationField(null=True)
    percentile = models.PositiveSmallIntegerField(default=0, help_text="0 = it is no length of time")
    target = models.PositiveIntegerField(null=True, help_text="Empty = none is set")
    none = models.BooleanField(default=False, help_text="Any at all is too many")
    rag = models.CharField(max_length=10, choices=FigureRag.choices, blank=True, help_text="Empty = not rated")
    parts = models.JSONField(help_text="Ways to split it: label, and of each part its name and value in words")
    red_months = models.PositiveSmallIntegerField(default=0, help_text="Months running, this one among them")
    no_action_since = models.DateTimeField(null=True, help_text="Red for too many months, and nothing is being done")
    comment = models.TextField(blank=True)
    commented_at = models.DateTimeField(null=True)
    commented_by = somebody()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "code"], name="a_figure_once_in_a_month"),
            models.CheckConstraint(
                condition=~Q(state="complete", rag="red") | ~Q(comment=""), name="a_red_figure_is_explained"
            ),
            models.CheckConstraint(
                condition=Q(rag="red", red_months__gte=1) | (~Q(rag="red") & Q(red_months=0)),
                name="red_for_how_many_months",
            ),
            models.CheckConstraint(
                condition=Q(counted=None) | Q(of=None) | Q(counted__lte=models.F("of")), name="a_share_is_of_the_whole"
            ),
            by_somebody("commented"),
        ]
        indexes = [models.Index(fields=["code", "snapshot"], name="figure_over_months")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("monthlyfigure", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_figures(who)

    @property
    def value(self) -> Value | None:
        if self.counted is None:
            return None
        return Value(self.counted, self.of, self.oldest, self.children, self.took, self.percentile)

    @property
    def answers(self) -> Role:
        """The post that answers for its group; for a group that is no more, the superintendent."""
        return next((each.answers for each in GROUPS if each.code == self.group), Role.SUPERINTENDENT)

    @property
    def team(self) -> Team:
        return team_of(self.answers)


class FigureExport(Guarded):
    """Somebody took figures away as a file: who, when, what for and for whom. Never changed."""

    class State(models.TextChoices):
        TAKEN = "taken", "Taken"

    class Format(models.TextChoices):
        CSV = "csv", "CSV, for any program"
        ODS = "ods", "Spreadsheet (OpenDocument)"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    snapshot = models.ForeignKey(
        MonthlySnapshot, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = as they stood then"
    )
    format = models.CharField(max_length=10, choices=Format.choices)
    purpose = models.TextField()
    for_whom = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, help_text="Of the file that was handed out")
    taken_at = models.DateTimeField()
    taken_by = somebody(null=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(for_whom=""), name="figures_taken_for_a_purpose")
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("figure-exports")

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_figures(who)

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """Label and words, as the file itself says them."""
        return [
            ("Reference", self.reference),
            ("Taken by", str(self.taken_by)),
            ("For", self.for_whom),
            ("Purpose", self.purpose),
        ]
