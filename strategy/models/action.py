"""What a meeting gave somebody to do, with a clock of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import about_a_case
from partners.models import Agency
from strategy.models.meeting import StrategyMeeting


class Action(Guarded):
    """One action of one meeting: for somebody here, or for a named person of a partner agency."""

    class State(models.TextChoices):
        OPEN = "open", "Not done yet"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "No longer needed"

    meeting = models.ForeignKey(StrategyMeeting, on_delete=models.PROTECT, related_name="actions")
    reference = models.CharField(max_length=40, unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    what = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    name_there = models.CharField(max_length=200, blank=True, help_text="Who at the agency")
    given_at = models.DateTimeField(help_text="When the meeting was held")
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.TextField(blank=True, help_text="How it was done, or why it is not needed")

    class Meta:
        indexes = [models.Index(fields=["meeting"], condition=Q(state="open"), name="actions_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="an_action_says_what"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, agency=None, name_there="")
                | Q(Q(owner=None, agency__isnull=False), ~Q(name_there="")),
                name="an_action_is_somebodys",
            ),
            models.CheckConstraint(condition=Q(due_at__gte=models.F("given_at")), name="an_action_has_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_action_is_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | Q(~Q(state="open"), ~Q(how=""), ended_at__isnull=False),
                name="an_action_is_ended_with_words",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "meeting__case")

    @property
    def whose(self) -> str:
        return str(self.owner) if self.owner else f"{self.name_there}, {self.agency}"
