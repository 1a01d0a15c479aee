"""A notice that is still being written."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team


class Draft(Guarded):
    """What an officer has typed so far, exactly as typed. After two hours their sergeant sees that it is there.

    It has the key of the notice that it becomes.
    """

    class State(models.TextChoices):
        OPEN = "open", "Being written"
        SUBMITTED = "submitted", "Submitted"
        THROWN_AWAY = "thrown_away", "Thrown away"

    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", help_text="The officer's")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    arises_from = models.UUIDField(null=True)
    typed = models.JSONField(default=dict, help_text="Name of each box -> the texts in it, as typed")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    because = models.TextField(blank=True, help_text="Why it was thrown away")

    class Meta:
        indexes = [models.Index(fields=["author"], condition=Q(state="open"), name="draft_open")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("ppn-draft", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """Its author, and whoever checks officers' notices: any of them who is on duty may have to."""
        return Q() if who.can(Can.CHECK_PPN) else Q(author=who.pk)
