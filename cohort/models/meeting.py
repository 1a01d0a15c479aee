"""The monthly meeting with the agencies of one authority about its children in the cohort."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models.known import by_somebody, may_see_person
from cohort.models.entry import CohortEntry
from partners.models import Agency
from strategy.codes import Group, Presence


class CohortMeeting(Guarded):
    """One monthly meeting. The next one is there as soon as this one is held, so that none is forgotten."""

    class State(models.TextChoices):
        PLANNED = "planned", "Still to be held"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    reference = models.CharField(max_length=20, unique=True)
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    counts_from = models.DateTimeField(help_text="When the last was held, or the first child was taken in")
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; lists sort by it")
    planned_for = models.DateTimeField(null=True, help_text="Empty = no time yet")
    held_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority"], condition=Q(state="planned"), name="one_meeting_to_come_for_an_authority"
            ),
            by_somebody("recorded"),
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False, recorded_at__isnull=False)
                | ~Q(state="held") & Q(held_at=None, recorded_at=None),
                name="cohort_meeting_held_exactly_when_known",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(cancelled_because="")
                | ~Q(state="cancelled") & Q(cancelled_because=""),
                name="cohort_meeting_cancelled_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("cohortmeeting", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """That the agencies meet is no secret; each child in it is a row with its own rule."""
        return Q()


class MeetingAttendee(Guarded):
    """Somebody who was at the table, or sent apologies."""

    meeting = models.ForeignKey(CohortMeeting, on_delete=models.PROTECT, related_name="attendees")
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200)
    role = models.CharField(max_length=200, help_text="In words")
    group = models.CharField(max_length=20, choices=Group.choices)
    presence = models.CharField(max_length=10, choices=Presence.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(agency="") & ~Q(role=""), name="a_cohort_attendee_is_from_somewhere"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return Q()


class MeetingDecision(Guarded):
    """What one meeting decided for one child; or that the child was not discussed, and why."""

    meeting = models.ForeignKey(CohortMeeting, on_delete=models.PROTECT, related_name="decisions")
    entry = models.ForeignKey(CohortEntry, on_delete=models.PROTECT, related_name="decisions")
    decided = models.TextField(blank=True)
    not_discussed_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "entry"], name="a_child_once_in_a_cohort_meeting"),
            models.CheckConstraint(
                condition=~Q(decided="") & Q(not_discussed_because="") | Q(decided="") & ~Q(not_discussed_because=""),
                name="decided_or_why_not_discussed",
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "entry__person")

    @property
    def in_words(self) -> str:
        return self.decided or f"Not discussed: {self.not_discussed_because}"
