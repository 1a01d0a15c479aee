"""One daily management meeting, from the moment it is owed until its minutes are signed off, and who was there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can, Role
from accounts.duty import team_of
from accounts.models import Team
from cases.models.known import by_somebody
from partners.models import Agency


def somebody(*, null: bool = True, **options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=null, on_delete=models.PROTECT, related_name="+", **options)


def sees_meetings(who: Actor) -> Q:
    """Those who see the force as a whole. What is said of a record is kept apart, and seen by whoever may see that."""
    return Q() if who.can(Can.SEE_DAILY) else Q(pk__in=[])


class Meeting(Guarded):
    """One meeting. The next one is owed from the moment this one begins."""

    class State(models.TextChoices):
        OWED = "owed", "To come"
        OPEN = "open", "Going on"
        OVER = "over", "Over, minutes to be signed off"
        SIGNED_OFF = "signed_off", "Minutes signed off"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    owed_since = models.DateTimeField(help_text="When the one before began, or since when there are meetings")
    meets_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks")
    opened_at = models.DateTimeField(null=True)
    opened_by = somebody()
    chair = somebody(help_text="Who chairs it now; empty = nobody has opened it. Its steps say who did before")
    looked_at = models.DateTimeField(null=True, help_text="When the agenda was last brought up to date")
    ended_at = models.DateTimeField(null=True)
    ended_by = somebody()
    notes = models.TextField(blank=True, help_text="What else was said; empty = nothing")
    signed_at = models.DateTimeField(null=True)
    signed_by = somebody()
    signed_because = models.TextField(blank=True, help_text="Why somebody signed off who did not chair it")

    class Meta:
        indexes = [models.Index(fields=["-meets_at"], name="daily_meetings")]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="owed"), name="one_daily_meeting_to_come"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="open"), name="one_daily_meeting_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="owed", opened_at=None, chair=None)
                | (~Q(state="owed") & Q(opened_at__isnull=False, chair__isnull=False)),
                name="a_daily_meeting_is_chaired_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["over", "signed_off"]) | Q(ended_at__gte=F("opened_at")),
                name="a_daily_meeting_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(state="signed_off", signed_at__isnull=False) | (~Q(state="signed_off") & Q(signed_at=None)),
                name="daily_minutes_are_signed_off_once",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None) | Q(signed_by=F("chair")) | ~Q(signed_because=""),
                name="who_did_not_chair_says_why_they_sign",
            ),
            by_somebody("opened"),
            by_somebody("ended"),
            by_somebody("signed"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_meetings(who)

    @property
    def team(self) -> Team:
        return team_of(Role.DMM_CHAIR)

    @property
    def is_going_on(self) -> bool:
        return self.state == self.State.OPEN


class Attendee(Guarded):
    """Somebody who was there: one of us with their post, or somebody who spoke for a partner agency."""

    class State(models.TextChoices):
        THERE = "there", "Was there"
        IN_ERROR = "in_error", "Recorded in error"

    reference = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendees")
    person = somebody(help_text="One of us; empty = somebody of an agency")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=120, help_text="Their post; of an agency, who they are there")
    recorded_at = models.DateTimeField()
    not_there_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, agency=None) | Q(person=None, agency__isnull=False),
                name="who_attends_is_ours_or_an_agencys",
            ),
            models.CheckConstraint(condition=~Q(post=""), name="who_attends_has_a_post"),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(state="there", person__isnull=False),
                name="somebody_attends_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_error") | ~Q(not_there_because=""), name="nobody_is_struck_off_without_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.agency}, {self.post}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.meeting_id])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_meetings(who)
