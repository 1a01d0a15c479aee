"""Lists of who attended a course, taken in from a file: every row is kept, with what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team
from cases.models.known import by_somebody
from quality.models.themes import somebody
from quality.models.training import Course, TrainingRecord


def keeps_training(who: Actor) -> Q:
    """By those who keep training."""
    return Q() if who.can(Can.KEEP_TRAINING) else Q(pk__in=[])


class AttendanceFile(Guarded):
    """A list of who attended, from a file that somebody uploaded."""

    class State(models.TextChoices):
        READ = "read", "Read"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    read_by = somebody(null=False)
    rows = models.PositiveIntegerField()
    recorded = models.PositiveIntegerField(default=0)
    known_already = models.PositiveIntegerField(default=0, help_text="Rows that say what we had")
    unreadable = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("recorded") + F("known_already") + F("unreadable")),
                name="no_row_of_attendance_is_dropped",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("attendancefile", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return keeps_training(who)


class AttendanceRow(Guarded):
    """One row of such a list. An unreadable one waits until somebody says who it is, or why it is nobody."""

    class State(models.TextChoices):
        RECORDED = "recorded", "Recorded"
        KNOWN = "known", "Known already"
        UNREADABLE = "unreadable", "Could not be read"
        SETTLED = "settled", "Dealt with by hand"

    file = models.ForeignKey(AttendanceFile, on_delete=models.PROTECT, related_name="lines")
    reference = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    line = models.PositiveIntegerField()
    text = models.TextField(help_text="As it stands in the file")
    because = models.TextField(blank=True, help_text="Why it could not be read")
    training = models.ForeignKey(TrainingRecord, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = somebody()
    settled_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            by_somebody("settled"),
            models.UniqueConstraint(fields=["file", "line"], name="one_row_for_a_line_of_attendance"),
            models.CheckConstraint(
                condition=~Q(state__in=["recorded", "known"]) | Q(training__isnull=False),
                name="a_row_of_attendance_became_a_record",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("attendancerow", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return keeps_training(who)

    @property
    def team(self) -> Team:
        team: Team = self.file.team
        return team
