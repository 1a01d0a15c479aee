"""What was done to a record, by whom, when and why. Steps are added and never changed."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Step(models.Model):
    """One transition of one record."""

    kind = models.CharField(max_length=60, help_text="Model of the record, as app.model")
    record = models.UUIDField()
    transition = models.CharField(max_length=60)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_system = models.CharField(max_length=80, blank=True, help_text="Why the software acted by itself")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    open_because = "reached only through its record, by code that has the record in its hand"

    class Meta:
        indexes = [models.Index(fields=["record", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by=None, by_system__gt="") | models.Q(by__isnull=False, by_system=""),
                name="a_step_is_somebodys",
            )
        ]

    def __str__(self) -> str:
        return f"{self.transition} at {self.at}"

    @classmethod
    def of(cls, record: models.Model) -> models.QuerySet[Step]:
        """The timeline of a record, oldest first."""
        return cls.objects.filter(record=record.pk).order_by("at", "pk").select_related("by")
