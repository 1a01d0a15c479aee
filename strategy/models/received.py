"""Minutes that an agency sent for a meeting. They are its own until somebody here has read them and takes them over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Team
from cases.models.known import by_somebody
from documents.models import Attachment
from partners.models import Agency
from strategy.models.meeting import StrategyMeeting
from strategy.models.parts import Part


class ReceivedMinutes(Part):
    """One document that came as minutes, and what somebody here said of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be read and taken over"
        TAKEN_OVER = "taken_over", "Taken over as minutes"
        LEFT_OUT = "left_out", "Left out"

    meeting = models.ForeignKey(StrategyMeeting, on_delete=models.PROTECT, related_name="received")
    reference = models.CharField(max_length=40)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Who has to read them")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    document = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=200, help_text="Who there sent them")
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True, help_text="Why they were left out")

    class Meta:
        verbose_name_plural = "received minutes"
        indexes = [models.Index(fields=["meeting"], condition=Q(state="waiting"), name="minutes_not_taken_over")]
        constraints = [
            by_somebody("decided"),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(decided_at__isnull=False), name="received_minutes_wait_or_are_decided"
            ),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(because=""), name="received_minutes_are_left_out_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} from {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("received", args=[self.pk])
