"""What is kept of a child before they go missing: where to look first, and what the carer knows."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, Person
from cases.models.known import by_somebody, may_see_person
from cohort.codes import Risk


class TriggerPlan(Guarded):
    """What is done at once when this child is reported missing, written down beforehand."""

    class State(models.TextChoices):
        CURRENT = "current", "Current"
        REPLACED = "replaced", "Replaced by a later one"
        ENDED = "ended", "Ended"

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trigger_plans")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    likely_places = models.TextField(blank=True, help_text="Empty = not known")
    likely_people = models.TextField(blank=True, help_text="Empty = not known")
    phones = models.TextField(blank=True, help_text="Empty = not known")
    social_media = models.TextField(blank=True, help_text="Empty = not known")
    transport = models.TextField(blank=True, help_text="Empty = not known")
    first_actions = ArrayField(models.TextField(), help_text="What is done first, in order")
    risk_floor = models.CharField(
        max_length=10, choices=Risk.choices, help_text="At least this risk when missing; not known = none was set"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(help_text="When somebody last said that it is right")
    episode_at = models.DateTimeField(null=True, help_text="The child was reported missing since; empty = no")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; lists sort by it")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="current"), name="one_current_trigger_plan"),
            models.CheckConstraint(
                condition=Q(first_actions__len__gt=0), name="a_trigger_plan_says_what_is_done_first"
            ),
            by_somebody("ended"),
            models.CheckConstraint(
                condition=Q(state="ended") & ~Q(ended_because="") & Q(ended_at__isnull=False)
                | ~Q(state="ended") & Q(ended_because="", ended_at=None),
                name="a_trigger_plan_is_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("triggerplan", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "person")

    @property
    def has_a_floor(self) -> bool:
        """Whether a least risk was set for when the child is missing."""
        return self.risk_floor != Risk.NOT_KNOWN


class PhilomenaForm(Guarded):
    """What a carer or authority wrote down of a child beforehand, for the police to have at once (Philomena, part 1).
    Part 2 is written when the child is missing, and belongs to that episode."""

    class State(models.TextChoices):
        CURRENT = "current", "Current"
        REPLACED = "replaced", "Replaced by a later one"

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="philomena_forms")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", help_text="Its photos follow this case")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    description = models.TextField(help_text="What the child looks like")
    features = models.TextField(blank=True, help_text="What tells them apart; empty = not known")
    friends = models.TextField(blank=True, help_text="Friends and associates; empty = not known")
    places = models.TextField(blank=True, help_text="Empty = not known")
    medical_needs = models.TextField(blank=True, help_text="Empty = not known")
    medication = models.TextField(blank=True, help_text="And what happens without it; empty = not known")
    money = models.TextField(blank=True, help_text="Cash and cards they have; empty = not known")
    phone = models.TextField(blank=True, help_text="Empty = not known")
    social_media = models.TextField(blank=True, help_text="Empty = not known")
    transport = models.TextField(blank=True, help_text="Empty = not known")
    owner = models.CharField(max_length=200, help_text="The carer or authority who keeps it, in words")
    received_from = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(help_text="When somebody last said that it is right")
    episode_at = models.DateTimeField(null=True, help_text="The child was reported missing since; empty = no")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; lists sort by it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="current"), name="one_current_philomena_form"),
            models.CheckConstraint(condition=~Q(description=""), name="a_philomena_form_describes_the_child"),
            models.CheckConstraint(
                condition=~Q(owner="") & ~Q(received_from=""), name="a_philomena_form_is_kept_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("philomena", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "person")
