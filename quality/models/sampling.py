"""Whose work is drawn from, and each sample that was drawn. A sample names records by their number alone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from quality.codes import Kind, Of
from quality.models.themes import Theme, sees_quality, somebody

WHOSE = "Whose work it is; empty = everybody's"


class Sampled(Guarded):
    """Work that is drawn from again and again: of one person each month, or of the force every two months.

    Its clocks run whether or not anything is drawn. That is how sampling cannot stop in silence.
    """

    class State(models.TextChoices):
        GOING_ON = "going_on", "Drawn from"
        ENDED = "ended", "No longer drawn from"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    whose = somebody(help_text=WHOSE)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="That reviews it")
    since = models.DateTimeField()
    draw_due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    review_due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    drawn_at = models.DateTimeField(null=True, help_text="The last time; empty = not yet")
    reviewed_at = models.DateTimeField(null=True, help_text="When any of it was last reviewed; empty = not yet")
    nothing_said = models.CharField(max_length=200, blank=True, help_text="Why nothing was drawn the last time")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "whose"], nulls_distinct=False, name="work_is_drawn_from_once"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("quality-sampling")

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_quality(who)

    @property
    def title(self) -> str:
        return f"{self.get_kind_display()}: {self.whose}" if self.whose else self.get_kind_display()


class Sample(Guarded):
    """Records drawn at random, so that anybody can draw the same again."""

    class State(models.TextChoices):
        DRAWN = "drawn", "Drawn, not all reviewed"
        DONE = "done", "Done"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    of = models.CharField(max_length=20, choices=Of.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="That reviews it")
    whose = somebody(help_text=WHOSE)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="samples")
    because = models.TextField(blank=True, help_text="Why it was drawn; empty = it was its turn")
    period_from = models.DateField(help_text="Work of these days")
    period_to = models.DateField(help_text="The first day that is not among them")
    seed = models.CharField(max_length=80, help_text="Anybody can draw the same again with it")
    drawn_from = models.JSONField(help_text="Everything it was drawn from, in order: [reference, stratum]")
    size_asked = models.PositiveSmallIntegerField(help_text="As the force had set it then")
    size_drawn = models.PositiveSmallIntegerField(help_text="How many there were to draw")
    halved_because = models.CharField(max_length=200, blank=True, help_text="Why only half; empty = not halved")
    counts_from = models.DateTimeField()
    drawn_at = models.DateTimeField()
    drawn_by = somebody(help_text="Empty = Longstop")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="drawn"), name="samples_drawn")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "whose", "period_from"],
                condition=Q(whose__isnull=False),
                name="one_sample_of_a_person_and_month",
            ),
            models.CheckConstraint(condition=Q(period_from__lt=F("period_to")), name="a_sample_is_of_some_days"),
            models.CheckConstraint(
                condition=Q(size_drawn__gte=1) & Q(size_drawn__lte=F("size_asked")), name="a_sample_is_never_empty"
            ),
            models.CheckConstraint(
                condition=Q(state="drawn", done_at=None) | Q(state="done", done_at__isnull=False),
                name="a_sample_is_done",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("sample", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_quality(who)

    @property
    def title(self) -> str:
        if self.whose:
            return f"{self.get_kind_display()}: {self.whose}"
        return f"{self.get_kind_display()}: {self.theme}" if self.theme else self.get_kind_display()

    @property
    def is_blind(self) -> bool:
        """Whether its reviewer answers for themselves first, and reads only then what was decided."""
        return self.kind == Kind.DIP_SAMPLE
