"""Where an agency's system wants to be told that something changed, and each call that tells it so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case
from cases.models.known import by_somebody
from partners.models.access import AgencyAccount
from partners.models.disclosure import Disclosure


class Webhook(Guarded):
    """One address of one agency's system. Never edited: it ends, and another begins, with a secret of its own.

    The secret is not kept anywhere: it is made again from the key of this site and the row (`partners.signing`).
    """

    account = models.ForeignKey(AgencyAccount, on_delete=models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=500)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            by_somebody("ended"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="one_address_of_a_system_at_a_time"
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ended_because=""), name="webhook_ends_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.account} at {self.address}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """Which systems are called where is known to every member of staff; there is nothing about a child in it."""
        return Q()


class WebhookCall(Guarded):
    """One thing that changed, about which one system is called. Written in the transaction of the disclosure."""

    class State(models.TextChoices):
        WAITING = "waiting", "Their system is not called yet"
        CALLED = "called", "Their system was called"
        GIVEN_UP = "given_up", "Their system does not answer"
        DROPPED = "dropped", "Nobody is called there any more"

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="calls")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="calls")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    owed_at = models.DateTimeField(help_text="When it changed")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; the list sorts by it")
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(help_text="Not tried again before this")
    trouble = models.TextField(blank=True, help_text="Why the last try was none")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["try_at", "id"], condition=Q(state="waiting"), name="webhook_call_waiting"),
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=["waiting", "given_up"]), name="webhook_call_open"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "disclosure"], name="one_call_for_each_change"),
            models.CheckConstraint(
                condition=~Q(state="given_up") | ~Q(trouble=""), name="a_call_is_given_up_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["called", "dropped"]) ^ Q(ended_at=None), name="a_call_ends_once"
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("owed_at")), name="called_after_it"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.webhook}"

    def get_absolute_url(self) -> str:
        return reverse("call", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @property
    def message_id(self) -> str:
        """The same at each try, so that their system knows it as the same."""
        return f"msg_{self.pk.hex}"
