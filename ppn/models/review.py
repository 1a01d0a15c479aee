"""What the MASH, an officer's supervisor and the sergeant add to a notice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Person, about_a_case
from ppn.codes import StrategyDecision
from ppn.models.notice import Ppn


class DetailRequest(Guarded):
    """The MASH asks the officer for more. The notice's own clocks run on, and what is known is shared meanwhile."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        ANSWERED = "answered", "Answered"

    ppn = models.ForeignKey(Ppn, on_delete=models.PROTECT, related_name="detail_requests")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    reference = models.CharField(max_length=40)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The officer's")
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answered_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="answered") | ~Q(answer=""), name="answered_with_words"),
        ]
        indexes = [models.Index(fields=["ppn"], condition=Q(state="asked"), name="detail_still_asked")]

    def __str__(self) -> str:
        return f"more detail for {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("ppn-detail", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "ppn__case")


class ChildConsidered(Guarded):
    """Another child of the household, whom the notice does not name: somebody has said what it means for them."""

    ppn = models.ForeignKey(Ppn, on_delete=models.PROTECT, related_name="children_considered")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    what_it_means = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ppn", "person"], name="child_considered_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.ppn_id}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "ppn__case")


class Trigger(Guarded):
    """Something that may need a strategy meeting. Longstop or a person raises it, a co-ordinator proposes, a sergeant
    decides. A notice is not filed while one has no decision."""

    class State(models.TextChoices):
        RAISED = "raised", "Raised"
        PROPOSED = "proposed", "Proposed to the sergeant"
        DECIDED = "decided", "Decided"

    class Proposal(models.TextChoices):
        MEET = "meet", "Request a strategy meeting"
        NO_MEETING = "no_meeting", "No meeting is needed"

    ppn = models.ForeignKey(Ppn, on_delete=models.PROTECT, related_name="triggers")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    reference = models.CharField(max_length=40)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=3, help_text="T1 to T16")
    why = models.TextField(help_text="What in the notice or on record raises it, in words")
    evidence = models.CharField(max_length=200, help_text="The same evidence raises it once")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = Longstop"
    )
    proposal = models.CharField(max_length=20, choices=Proposal.choices, blank=True)
    proposed_because = models.TextField(blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=20, choices=StrategyDecision.choices, blank=True)
    because = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ppn", "code", "evidence"], name="trigger_raised_once"),
            models.CheckConstraint(
                condition=~Q(state="decided") | (Q(decision__gt="", decided_at__isnull=False) & ~Q(because="")),
                name="trigger_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="trigger_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["ppn"], condition=~Q(state="decided"), name="trigger_open")]

    def __str__(self) -> str:
        return f"{self.code} in {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("ppn-trigger", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "ppn__case")
