"""When a school has children in it. Kept for one school, or for all schools of an authority."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.known import by_somebody
from places.models import LocalAuthority, School

OF_ONE = Q(school=None, authority__isnull=False) | Q(school__isnull=False, authority=None)
"""For one school, or for all schools of one authority."""


class SchoolCalendar(models.Model):
    """Days in a row: a term, a holiday, or days on which the school is closed although it is term."""

    class Kind(models.TextChoices):
        TERM = "term", "Term"
        HOLIDAY = "holiday", "Holiday, half-term too"
        CLOSED = "closed", "Closed in term (training day, election, snow)"

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(LocalAuthority, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    starts = models.DateField()
    ends = models.DateField(help_text="The last of these days")
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, help_text="Who or which file says so")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    open_because = "term dates are public"

    class Meta:
        constraints = [
            by_somebody("withdrawn"),
            models.CheckConstraint(condition=OF_ONE, name="calendar_of_a_school_or_an_authority"),
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="calendar_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["school", "authority", "kind", "starts", "ends"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="calendar_said_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label}: {self.starts:%-d %B %Y} to {self.ends:%-d %B %Y}"


class SchoolHours(models.Model):
    """When the bell rings and when the school day ends, from a day on."""

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(LocalAuthority, null=True, on_delete=models.PROTECT, related_name="+")
    bell = models.TimeField()
    ends = models.TimeField()
    starts = models.DateField(help_text="From this day on")
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    open_because = "a school's hours are public"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="hours_of_a_school_or_an_authority"),
            models.CheckConstraint(condition=Q(bell__lt=F("ends")), name="the_bell_rings_before_the_day_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.bell:%H:%M} to {self.ends:%H:%M}"


class CalendarImport(models.Model):
    """One file of term dates that was loaded, with every row that could not be."""

    file_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    known = models.PositiveIntegerField(help_text="Rows that said what we knew already")
    refused = models.JSONField(default=list, help_text="[line, what is wrong with it], for each row not loaded")

    open_because = "term dates are public"

    def __str__(self) -> str:
        return self.file_name
