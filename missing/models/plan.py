"""What is to be done to find the child: each action somebody's, by a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import about_a_case
from cases.models.known import by_somebody, may_see_person
from missing.models.episode import Episode


class PlanAction(Guarded):
    """One action of the investigation plan, of a trigger plan, or of the daily meeting."""

    class State(models.TextChoices):
        OPEN = "open", "Not done yet"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "No longer needed"

    class Source(models.TextChoices):
        PLAN = "plan", "Investigation plan"
        TRIGGER_PLAN = "trigger_plan", "Trigger plan"
        DAILY_MEETING = "daily_meeting", "Daily management meeting"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="actions")
    reference = models.CharField(max_length=40, unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    source = models.CharField(max_length=20, choices=Source.choices)
    what = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.TextField(blank=True, help_text="How it was done, or why it is not needed")

    class Meta:
        indexes = [models.Index(fields=["owner", "due_at"], condition=Q(state="open"), name="plan_actions_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_plan_action_says_what"),
            models.CheckConstraint(condition=Q(due_at__gte=F("given_at")), name="a_plan_action_has_time"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | Q(~Q(state="open"), ~Q(how=""), ended_at__isnull=False),
                name="a_plan_action_is_ended_with_words",
            ),
            by_somebody("ended"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("episode-action", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "episode__case") & may_see_person(who, "episode__person")
