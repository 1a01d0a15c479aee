"""A call log that was loaded, and the rows of it that a person has to look at."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from access.actor import Actor
from access.guarded import Guarded
from cases.models import about_a_case
from triage.models.incident import Incident


class CallLogImport(models.Model):
    """One call log that was loaded, and what came of its rows."""

    file_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    summary = models.JSONField(default=dict)

    open_because = "counts only"

    def __str__(self) -> str:
        return self.file_name


class RowToCheck(Guarded):
    """A row of a call log that a person has to look at: it could not be loaded, or a time in it cannot be right."""

    class Kind(models.TextChoices):
        NOT_LOADED = "not_loaded", "Not loaded"
        FLAGGED = "flagged", "Loaded, a time to check"
        DUPLICATE = "duplicate", "Repeated number, not loaded again"

    came_with = models.ForeignKey(CallLogImport, on_delete=models.PROTECT, related_name="rows_to_check")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    line = models.PositiveIntegerField()
    reason = models.TextField()
    values = models.JSONField(default=dict)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_how = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["came_with", "line"], condition=Q(settled_at=None), name="row_to_check_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="row_settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "incident__case")
