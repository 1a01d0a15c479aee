"""A missing episode: a child is reported missing, searched for, found, spoken to, and what follows is seen through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, Person, about_a_case
from cases.models.known import by_somebody, may_see_person
from cohort.codes import Risk
from govuk.fields import YesNoNotKnown as Answer
from missing.codes import (
    CAUTIOUS,
    HAS_TO_BE_FOUND,
    MISSING,
    OPEN,
    FoundBy,
    Harm,
    Kind,
    MissingFrom,
    NeedsMeeting,
    State,
)
from partners.models import Agency


def somebody() -> models.ForeignKey[Any, Any]:
    """Who did it; empty = nobody yet."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Episode(Guarded):
    """One time a child is missing. Every clock counts from the report, or from when the child was last seen."""

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="missing_episodes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The response team that looks")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="missing_episodes")
    arises_from = models.UUIDField(null=True, db_index=True, help_text="The record it was raised from (an incident)")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MISSING)

    why_worried = models.TextField(help_text="First question: why are you worried?")
    done_so_far = models.TextField(help_text="Second question: what has been done so far to trace them?")
    reporter = models.CharField(max_length=200)
    reporter_is = models.CharField(max_length=200, help_text="What they are to the child")
    reporter_number = models.CharField(max_length=40, blank=True, help_text="Empty = not known")
    reported_at = models.DateTimeField(help_text="When police were first told")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    last_seen_at = models.DateTimeField(null=True, help_text="Empty = not known")
    last_seen_where = models.CharField(max_length=300, blank=True, help_text="Empty = not known")
    last_seen_by = models.CharField(max_length=200, blank=True, help_text="Empty = not known")
    clothing = models.TextField(blank=True, help_text="Empty = not known")
    circumstances = models.TextField(blank=True, help_text="Empty = not known")
    missing_from = models.CharField(max_length=20, choices=MissingFrom.choices)
    host = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="Authority where the child lives"
    )
    responsible = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", help_text="Authority that answers for the child"
    )
    may_publish = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN)

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    risk = models.CharField(max_length=10, choices=Risk.choices)
    attend_within = models.DurationField(null=True, help_text="Agreed for a low risk; empty = by the risk")
    unit = models.CharField(max_length=80, blank=True)
    graded_at = models.DateTimeField(null=True)
    graded_by = somebody()
    reassessed_at = models.DateTimeField(null=True)
    attended_at = models.DateTimeField(null=True)
    attended_by = somebody()
    assessed_at = models.DateTimeField(null=True, help_text="When the officer's assessment was saved")
    assessed_by = somebody()
    ratified_at = models.DateTimeField(null=True)
    ratified_by = somebody()
    next_review_at = models.DateTimeField(help_text="By when a supervisor looks at it again")
    reviewed_at = models.DateTimeField(null=True)
    inspector_reviewed_at = models.DateTimeField(null=True)
    long_reviewed_at = models.DateTimeField(null=True)
    last_enquiry_at = models.DateTimeField(null=True, help_text="The last that was done to find the child")
    first_enquiry_at = models.DateTimeField(null=True)
    daily_decided_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first; the board sorts by it")

    ukmpu_reference = models.CharField(max_length=40, blank=True, help_text="Of the UK Missing Persons Unit")
    ukmpu_told_at = models.DateTimeField(null=True)
    ukmpu_told_by = somebody()
    needs_meeting = ArrayField(models.CharField(max_length=20, choices=NeedsMeeting.choices), default=list)
    needs_meeting_at = models.DateTimeField(null=True, help_text="When the agencies may first have to meet")
    no_meeting_because = models.TextField(blank=True, help_text="Why the agencies need not meet")
    no_meeting_at = models.DateTimeField(null=True)
    no_meeting_by = somebody()

    found_at = models.DateTimeField(null=True)
    found_where = models.CharField(max_length=300, blank=True)
    found_by = models.CharField(max_length=20, choices=FoundBy.choices, blank=True)
    found_how = models.TextField(blank=True)
    harm = ArrayField(models.CharField(max_length=20, choices=Harm.choices), default=list)
    found_recorded_at = models.DateTimeField(null=True)
    found_recorded_by = somebody()
    interviewed_at = models.DateTimeField(null=True)
    not_seen_because = models.TextField(blank=True, help_text="Why an inspector let it stand that police saw nobody")
    no_ppn_because = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = somebody()
    completed_at = models.DateTimeField(null=True)

    transfer_to = models.CharField(max_length=100, blank=True, help_text="The force it was offered to")
    transfer_offered_at = models.DateTimeField(null=True)
    transfer_offered_by = somebody()
    ended_because = models.TextField(blank=True)

    moved = False
    """Whether this step did something to find the child. Not kept."""
    needed_sooner = False
    """Whether this step brought a need for a strategy meeting that counts from an earlier moment. Not kept."""

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state__in=MISSING), name="missing_now"),
            models.Index(fields=["person", "reported_at"], name="missing_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why_worried="") & ~Q(done_so_far="") & ~Q(reporter=""), name="a_report_says_why_and_who"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | Q(owner__isnull=False), name="an_open_episode_has_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(state__in=HAS_TO_BE_FOUND, found_at__isnull=False, found_by__gt="")
                | Q(~Q(state__in=HAS_TO_BE_FOUND), found_at=None),
                name="found_exactly_when_known_how",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["investigating", "long_term"]) | Q(ratified_at__isnull=False),
                name="investigated_once_ratified",
            ),
            models.CheckConstraint(
                condition=Q(ratified_by=None) | ~Q(ratified_by=F("assessed_by")), name="nobody_ratifies_their_own"
            ),
            models.CheckConstraint(
                condition=~Q(state="long_term") | (Q(ukmpu_told_at__isnull=False) & ~Q(ukmpu_reference="")),
                name="missing_for_long_is_known_to_the_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["transferred", "in_error"]) | ~Q(ended_because=""), name="ended_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(no_meeting_at=None) | ~Q(no_meeting_because=""), name="no_meeting_for_a_reason"
            ),
            by_somebody("graded"),
            by_somebody("attended"),
            by_somebody("assessed"),
            by_somebody("ratified"),
            by_somebody("ukmpu_told"),
            by_somebody("closed"),
            by_somebody("found_recorded"),
            by_somebody("transfer_offered"),
            by_somebody("no_meeting"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("episode", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who) & may_see_person(who, "person")

    @property
    def is_missing(self) -> bool:
        return self.state in MISSING

    @property
    def is_cautious(self) -> bool:
        """High, or not known yet, which is not taken for less."""
        return self.risk in CAUTIOUS

    @property
    def missing_since(self) -> datetime:
        """When the child was last seen; where nobody knows that, when police were told."""
        return min(self.last_seen_at or self.reported_at, self.reported_at)

    @property
    def active_at(self) -> datetime:
        """The last moment at which anybody did anything to find the child."""
        return self.last_enquiry_at or self.reported_at
