"""The return interview: somebody independent hears the child within 72 hours, and what they learn comes back to us."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case
from cases.models.known import by_somebody, may_see_person
from govuk.fields import YesNoNotKnown as Answer
from missing.models.episode import Episode
from partners.models import Agency

IN_TIME = timedelta(hours=72)
"""Department for Education, statutory guidance of 2014 on children who run away or go missing: held within 72 hours."""


class InterviewRequest(Guarded):
    """One request for a return interview. It is done only once the answer is read into the record."""

    class State(models.TextChoices):
        REQUESTED = "requested", "Asked for, not held yet"
        HELD = "held", "Held, the result has not come back"
        RECEIVED = "received", "Come back, nobody has read it into the record"
        READ = "read", "Read into the record"

    class Outcome(models.TextChoices):
        COMPLETED = "completed", "Held with the child"
        DECLINED = "declined", "The child did not want one"
        MISSING_AGAIN = "missing_again", "The child was missing again before it"
        NOT_OFFERED = "not_offered", "None was offered"
        NO_REPLY = "no_reply", "The authority did not answer"

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The missing team")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="interview_request")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", help_text="The authority asked")
    provider = models.CharField(max_length=200, blank=True, help_text="Who holds it for them; empty = not known")
    returned_at = models.DateTimeField(help_text="When the child was found; the 72 hours run from here")
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks; the list sorts by it")
    chased = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True)

    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    outcome_because = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, help_text="Empty = not held, or nobody has said when")
    said = models.TextField(blank=True, help_text="What came of it, as it was sent. For those who need it only")
    from_whom = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True, help_text="What the next officer at the door has to know of it")
    risks = models.TextField(blank=True)
    plan_updated = models.CharField(max_length=10, choices=Answer.choices, blank=True, help_text="The trigger plan")

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=~Q(state="read"), name="interviews_to_come")]
        constraints = [
            models.CheckConstraint(condition=~Q(state="held") | Q(held_at__isnull=False), name="held_at_a_moment"),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "read"]) | (Q(received_at__isnull=False) & ~Q(outcome="")),
                name="received_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "completed"]) | ~Q(outcome_because=""), name="no_interview_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="completed", state__in=["received", "read"]) | ~Q(said=""),
                name="an_interview_says_something",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(held_at__gte=F("returned_at")), name="held_after_the_return"
            ),
            models.CheckConstraint(
                condition=~Q(state="read") | (Q(read_at__isnull=False) & ~Q(summary="")), name="read_with_a_summary"
            ),
            models.CheckConstraint(condition=Q(returned_at__lte=F("requested_at")), name="asked_for_after_the_return"),
            by_somebody("read"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("interview", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who) & may_see_person(who, "episode__person")

    @property
    def in_time(self) -> bool | None:
        """Whether it was held within 72 hours of the return; None = it was not held, or nobody has said when."""
        return self.held_at - self.returned_at <= IN_TIME if self.held_at else None

    @property
    def in_time_until(self) -> datetime:
        return self.returned_at + IN_TIME


class Learned(Guarded):
    """One thing that a return interview told: a place, somebody, what pushes a child away or draws them. Rows stay."""

    class Kind(models.TextChoices):
        PLACE = "place", "Place"
        PERSON = "person", "Person"
        PUSH = "push", "What pushes the child away"
        PULL = "pull", "What draws the child"

    interview = models.ForeignKey(InterviewRequest, on_delete=models.PROTECT, related_name="learned")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=300)
    to_plan = models.BooleanField(default=False, help_text="Taken over into the trigger plan")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="what_was_learned_says_something")]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "interview__case") & may_see_person(who, "interview__episode__person")
