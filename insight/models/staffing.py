"""Who is planned to work when, and whether they came."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can, Role
from accounts.models import Absence, Team
from cases.models.known import by_somebody
from insight.staffing_shifts import OURS, Shift


def _somebody(*, null: bool = False) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=null, on_delete=models.PROTECT, related_name="+")


class ShiftPattern(models.Model):
    """When a shift begins and ends, from a day on. Rows are added, never edited; the latest of a team's own counts, and
    where it has none the latest of the whole force."""

    team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = every team without its own"
    )
    shift = models.CharField(max_length=10, choices=Shift.choices)
    begins = models.TimeField()
    ends = models.TimeField(help_text="No later than it begins = on the next day")
    from_day = models.DateField()
    because = models.TextField()
    at = models.DateTimeField()
    by = _somebody()

    open_because = "everybody may know when shifts begin"

    class Meta:
        indexes = [models.Index(fields=["shift", "-from_day"], name="shift_pattern_of_a_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(begins=F("ends")), name="a_shift_has_a_length"),
            models.CheckConstraint(condition=~Q(because=""), name="a_shift_pattern_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_shift_display()} from {self.from_day}: {self.begins:%H:%M} to {self.ends:%H:%M}"

    @classmethod
    def times(cls, team: int | None, shift: str, day: date) -> tuple[time, time]:
        """When that shift of that day begins and ends for a team."""
        dated = cls.objects.filter(shift=shift, from_day__lte=day).order_by("-from_day", "-at", "-pk")
        found = dated.filter(team=team).first() if team else None
        found = found or dated.filter(team=None).first()
        return (found.begins, found.ends) if found else OURS[shift]


class ShiftPlan(Guarded):
    """One person is planned for one shift of one team. What was planned is not changed: it is taken off, and planned
    anew."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SEEN = "seen", "Here, or was here"
        NOT_SEEN = "not_seen", "Planned, and nobody has seen them"
        ABSENT = "absent", "Away"
        TAKEN_OFF = "taken_off", "Taken off the plan"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices, help_text="The post they hold in the team")
    person = _somebody()
    day = models.DateField(help_text="On which the shift begins, by the local clock")
    shift = models.CharField(max_length=10, choices=Shift.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    planned_by = _somebody()

    seen_at = models.DateTimeField(null=True, help_text="The first sign of them; empty = none")
    seen_how = models.CharField(max_length=200, blank=True)
    not_seen_at = models.DateTimeField(null=True, help_text="When it was noticed that nobody had seen them")
    absence_kind = models.CharField(max_length=20, choices=Absence.Kind.choices, blank=True)
    said_at = models.DateTimeField(null=True)
    said_by = _somebody(null=True)
    said_because = models.TextField(blank=True, help_text="What a supervisor said of it")

    class Meta:
        indexes = [
            models.Index(fields=["team", "starts_at"], name="shift_plan_of_a_team"),
            models.Index(fields=["person", "starts_at"], name="shift_plan_of_a_person"),
            models.Index(fields=["starts_at"], condition=Q(state__in=["planned", "not_seen"]), name="shift_to_look_at"),
        ]
        constraints = [
            by_somebody("said"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_shift_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["person", "starts_at"], condition=~Q(state="taken_off"), name="planned_once_for_a_shift"
            ),
            models.CheckConstraint(
                condition=~Q(state="seen") | (Q(seen_at__isnull=False) & ~Q(seen_how="")), name="seen_somehow"
            ),
            models.CheckConstraint(
                condition=~Q(state="not_seen") | Q(not_seen_at__isnull=False), name="not_seen_since_a_moment"
            ),
            models.CheckConstraint(condition=~Q(state="absent") | ~Q(absence_kind=""), name="absent_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="taken_off") | ~Q(said_because=""), name="taken_off_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("shiftplan", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """Everybody sees their own; whoever sees figures or plans sees all."""
        if who.can(Can.SEE_FIGURES) or who.can(Can.PLAN_STAFFING):
            return Q()
        return Q(person=who.pk)

    @property
    def in_words(self) -> str:
        return f"{self.get_shift_display()}, {self.day:%-d %B}"
