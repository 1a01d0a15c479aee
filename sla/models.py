"""Running deadlines, who was told when they passed, and the lengths a force has chosen.

No personal data: a clock knows its record by key and by the number people say over the radio.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Team
from history.replay import OVERLAYS


class Setting(models.Model):
    """A length of time, or a number, that a force has chosen, from a moment on, for a reason. Rows are added, never
    edited."""

    name = models.CharField(max_length=80)
    length = models.DurationField(null=True)
    number = models.PositiveIntegerField(null=True)
    starts = models.DateTimeField()
    because = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    open_because = "how long things may take is no secret"

    class Meta:
        indexes = [models.Index(fields=["name", "-starts"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(length__gt=timedelta(0), number=None) | Q(length=None, number__gt=0),
                name="a_positive_length_or_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.length or self.number} from {self.starts}"

    @classmethod
    def in_force(cls, name: str, at: datetime) -> Setting | None:
        return cls.objects.filter(name=name, starts__lte=at).order_by("-starts", "-pk").first()


class Clock(models.Model):
    """One running deadline on one record. `next_at` is the only timer there is."""

    deadline = models.CharField(max_length=20)
    kind = models.CharField(max_length=60, help_text="Model of the record, as app.model")
    record = models.UUIDField()
    reference = models.CharField(max_length=40)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Whose work it is, where it is one person's: of their post nobody else is told while they answer",
    )
    never_tells = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="Keys of people who must not decide on it: they are not told, even as cover; somebody else is",
    )
    no_child = models.BooleanField(default=False, help_text="Known to concern no child; not known counts as a child")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    every = models.DurationField(null=True, help_text="A repeating duty: how often it falls due again")
    setting = models.ForeignKey(Setting, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=0, help_text="How many levels have been raised")
    next_at = models.DateTimeField(null=True, help_text="When the next level is raised; none left = null")
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=60, blank=True, help_text="The transition that stopped it")
    trouble = models.TextField(
        blank=True, help_text="Why its last level could not be raised; it is tried again each minute"
    )

    open_because = "keys, moments and a reference number; pages show one only beside a record the person may see"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "record"], condition=Q(stopped_at=None), name="one_running_clock"
            ),
            models.CheckConstraint(condition=Q(due_at__gte=F("started_at")), name="due_after_start"),
        ]
        indexes = [
            # The sweep: looks only at clocks that can still do something, so it costs the same at any number open.
            models.Index(fields=["next_at"], condition=Q(stopped_at=None, next_at__isnull=False), name="clock_next"),
            models.Index(fields=["record"], name="clock_record"),
            models.Index(fields=["deadline", "due_at"], condition=Q(stopped_at=None), name="clock_due"),
        ]

    def __str__(self) -> str:
        return f"{self.deadline} on {self.reference}"

    def get_absolute_url(self) -> str:
        """The page of its record."""
        url: str = self.record_model()(pk=self.record).get_absolute_url()
        return url

    @classmethod
    def running(cls) -> models.QuerySet[Clock]:
        return cls.objects.filter(stopped_at=None)

    def record_model(self) -> Any:
        return apps.get_model(self.kind)


class Escalation(models.Model):
    """A level was reached and people were told. Unique per clock and level: telling twice is impossible."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="escalations")
    level = models.PositiveSmallIntegerField(help_text="From 1, in the order of the ladder")
    percent = models.PositiveSmallIntegerField(null=True, help_text="Share of the time gone; none for a repeating duty")
    due_at = models.DateTimeField(help_text="When the level was reached")
    raised_at = models.DateTimeField(help_text="When it was raised")

    open_because = "keys and moments only"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "level"], name="told_once")]

    def __str__(self) -> str:
        return f"level {self.level} of {self.clock_id}"


class Notification(models.Model):
    """The outbox: one person is to be told of one escalation. Written with it, so neither exists without the other."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="notifications")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    open_because = "read only through the inbox of the person it is for"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["escalation", "person"], name="told_one_person_once"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="acknowledged_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(acknowledged_at=None), name="notification_open")]

    def __str__(self) -> str:
        return f"to {self.person_id} about {self.escalation_id}"


class Heartbeat(models.Model):
    """The last time the sweep ran to its end. When it is late every page says so."""

    LATE_AFTER = timedelta(seconds=60)

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    open_because = "says only that the software is alive"

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"

    @classmethod
    def last(cls, at: datetime) -> tuple[bool, datetime | None]:
        """Whether the sweep is late at that moment, and when it last ran (None = never)."""
        beat = cls.objects.filter(name="sweep").first()
        return beat is None or at - beat.at > cls.LATE_AFTER, beat.at if beat else None


OVERLAYS["sla_clock"] = {
    "level": "(SELECT count(*) FROM public.sla_escalation e WHERE e.clock_id = t.id AND e.raised_at <= %(at)s)",
    "next_at": "coalesce((SELECT min(e.due_at) FROM public.sla_escalation e WHERE e.clock_id = t.id "
    "AND e.raised_at > %(at)s AND e.raised_at <= coalesce(%(changed)s, 'infinity')), t.next_at)",
}
"""The level that a clock had reached, and when the next was reached, are told by its escalations."""
