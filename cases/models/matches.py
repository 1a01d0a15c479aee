"""Two records that may be one person; and what was searched for, by whom, why."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from cases.models.known import by_somebody, may_see_person
from cases.models.person import Person


class Match(Guarded):
    """Two records that may be one person. The machine suggests; two people decide; nothing is moved or lost."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", "Suggested"
        PROPOSED = "proposed", "Waiting for a second person"
        MERGED = "merged", "One person"
        NOT_THE_SAME = "not_the_same", "Not the same person"
        PARTED = "parted", "Parted again"

    class Found(models.TextChoices):
        ON_ENTRY = "on_entry", "When the record was made"
        NIGHTLY = "nightly", "By the nightly comparison"
        BY_SOMEBODY = "by_somebody", "By a member of staff"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=20, choices=Found.choices)
    found_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; without one, when it was found")
    weight = models.FloatField(help_text="How strongly the records agree, in bits (log2 of the odds)")
    reasons_for = models.JSONField(default=list)
    reasons_against = models.JSONField(default=list)

    kept = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            by_somebody("proposed"),
            by_somebody("decided"),
            models.UniqueConstraint(fields=["one", "other"], name="one_match_of_two_records"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_match_has_an_order"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(kept__isnull=False, merged__isnull=False), name="merged_into_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state="merged") | ~Q(proposed_by=F("decided_by")), name="merged_by_two_people"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state__in=["suggested", "proposed"]), name="match_open")
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("match", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "one") & may_see_person(who, "other")


class SearchMade(models.Model):
    """One search: who, when, for what purpose, and which records it found. What was typed is not kept: it may name
    people who have nothing to do with anything."""

    class Purpose(models.TextChoices):
        INCIDENT = "incident", "An incident, or somebody at the door"
        NOTICE = "notice", "A public protection notice"
        MISSING = "missing", "A missing child"
        OFFENDER = "offender", "Managing somebody who poses a risk"
        PARTNER = "partner", "A partner agency has asked"
        QUALITY = "quality", "Putting records right"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    about = models.CharField(max_length=200, help_text="The record or the reason it was made for")
    length = models.PositiveSmallIntegerField(help_text="How many characters were asked for")
    found = ArrayField(models.UUIDField(), help_text="The records shown, best first")

    open_because = "keys and a purpose; each result is loaded through the guard"

    class Meta:
        indexes = [models.Index(fields=["by", "-at"])]

    def __str__(self) -> str:
        return f"{self.by_id} at {self.at}: {self.about}"
