"""A strategy meeting: asked of social care, held with police and health, recorded, and done only when it is done."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case
from govuk.fields import YesNoNotKnown as Answer
from partners.models import Agency
from strategy.codes import Group, Mode, State


class StrategyMeeting(Guarded):
    """One strategy meeting or discussion. It is timed from the moment it was first asked for."""

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="strategy_meetings")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The MASH that asked")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    about_kind = models.CharField(max_length=60, blank=True, help_text="Of which model that record is, as app.model")
    about = models.UUIDField(null=True, db_index=True, help_text="The record it was asked for, such as a notice")
    about_reference = models.CharField(max_length=40, blank=True)
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by", help_text="An earlier discussion"
    )
    why = models.TextField(help_text="What makes us suspect significant harm")
    risk_is_immediate = models.CharField(max_length=10, choices=Answer.choices)
    authority = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="Whom we asked")
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(help_text="When it was last asked; the first time or again after a refusal")
    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first; queues sort by it")
    answered_at = models.DateTimeField(null=True, help_text="When the last answer was given")

    planned_for = models.DateTimeField(null=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    held_at = models.DateTimeField(null=True)
    absent = ArrayField(
        models.CharField(max_length=20, choices=Group.choices), default=list, help_text="Of the quorum, who was missing"
    )
    no_quorum_because = models.TextField(blank=True, help_text="Why it went on without them")
    next_on = models.DateField(null=True, help_text="The next discussion; empty = none was fixed")

    starts_section_47 = models.BooleanField(default=False, help_text="The section 47 enquiry starts with this one")
    conference_due_at = models.DateTimeField(null=True, help_text="The conference is held by then")
    conference_on = models.DateField(null=True)
    conference_late_because = models.TextField(blank=True)
    no_conference_because = models.TextField(blank=True)
    conference_held_on = models.DateField(null=True)
    minutes_recorded_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True, help_text="Why it was cancelled, or a refusal was left so")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=~Q(state__in=["closed", "cancelled", "stands"]),
                name="meetings_not_done",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="a_meeting_is_asked_for_with_a_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["held", "minuted", "closed"], held_at__isnull=False)
                | Q(~Q(state__in=["held", "minuted", "closed"]), held_at=None),
                name="held_exactly_when_held_at_is_known",
            ),
            models.CheckConstraint(
                condition=Q(absent=[]) | ~Q(no_quorum_because=""), name="without_quorum_only_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["minuted", "closed"]) | Q(minutes_recorded_at__isnull=False),
                name="minuted_only_with_minutes",
            ),
            models.CheckConstraint(
                condition=Q(starts_section_47=False, conference_due_at=None)
                | Q(starts_section_47=True, conference_due_at__isnull=False, held_at__isnull=False),
                name="a_conference_is_due_once_section_47_started",
            ),
            models.CheckConstraint(
                condition=Q(conference_on=None) | Q(no_conference_because=""), name="a_conference_or_why_none"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed", starts_section_47=True)
                | Q(conference_on__isnull=False)
                | ~Q(no_conference_because=""),
                name="closed_only_with_a_conference_or_why_none",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "stands"]) | ~Q(ended_because=""), name="given_up_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("strategy", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @property
    def is_immediate(self) -> bool:
        """Where nobody knows whether the risk is immediate, it is."""
        return self.risk_is_immediate != Answer.NO

    @property
    def was_held(self) -> bool:
        return self.held_at is not None

    @property
    def without(self) -> str:
        """Who of the quorum was missing, in words: "without health and police"; empty = nobody."""
        names = [str(Group(each).label) for each in self.absent]
        names = [name[0].lower() + name[1:] for name in names]
        return f"without {' and '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}" if names else ""

    @property
    def conference_by(self) -> date | None:
        """The last day on which the conference is in time."""
        due = self.conference_due_at
        return timezone.localdate(due - timedelta(microseconds=1)) if due else None

    @property
    def conference_is_late(self) -> bool:
        """A date has been set, and it is later than it may be."""
        day, by = self.conference_held_on or self.conference_on, self.conference_by
        return bool(day and by and day > by)

    @property
    def conference_is_settled(self) -> bool:
        return bool(self.conference_on or self.no_conference_because)
