"""Photos and papers that belong to a record: checked, encrypted, guarded and logged like the record."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case


class State(models.TextChoices):
    WAITING = "waiting", "Being checked"
    QUARANTINED = "quarantined", "In quarantine, not yet checked"
    CLEAN = "clean", "Checked"
    RELEASED = "released", "Let out of quarantine, not checked"
    INFECTED = "infected", "Refused: malware was found"
    WITHDRAWN = "withdrawn", "Withdrawn"


NOT_CHECKED = [State.WAITING.value, State.QUARANTINED.value]
MAY_BE_OPENED = [State.CLEAN.value, State.RELEASED.value]
"""An image of a child is not opened before it is clean, or before somebody has answered for it."""


class Attachment(Guarded):
    """One photo or paper of one record. The file itself lies encrypted outside the database, under a random name."""

    reference = models.CharField(max_length=20, help_text="Of the record it belongs to")
    kind = models.CharField(max_length=60, help_text="Of which model that record is, as app.model")
    record = models.UUIDField(help_text="The record it belongs to")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Whose sergeant is told")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    name = models.CharField(max_length=200, help_text="What the file was called, as it was given")
    caption = models.CharField(max_length=300, help_text="What it shows")
    media_type = models.CharField(max_length=100, help_text="What it really is, whatever its name says")
    size = models.PositiveBigIntegerField(help_text="In bytes")
    sha256 = models.CharField(max_length=64, help_text="Of the file as it was given")
    stored_as = models.CharField(max_length=32, unique=True, help_text="Its random name in the store")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty = an agency did",
    )
    received_from = models.CharField(
        max_length=400, blank=True, help_text="Who sent it, and of which agency; empty = somebody here added it"
    )
    added_at = models.DateTimeField()

    due_at = models.DateTimeField(null=True, help_text="Kept by the clock; the queue sorts by it")
    scanned_at = models.DateTimeField(null=True, help_text="When a scanner gave its answer")
    malware = models.CharField(max_length=200, blank=True, help_text="What the scanner calls it")
    quarantined_because = models.TextField(blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_because = models.TextField(blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["record", "added_at"], name="documents_of_a_record"),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["waiting", "quarantined"]),
                name="documents_not_checked",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(caption=""), name="a_document_says_what_it_shows"),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_document_is_not_empty"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="a_document_has_its_sum"),
            models.CheckConstraint(condition=Q(stored_as__regex="^[0-9a-f]{32}$"), name="a_document_has_a_random_name"),
            models.CheckConstraint(
                condition=Q(added_by__isnull=False, received_from="") | Q(Q(added_by=None), ~Q(received_from="")),
                name="a_document_came_from_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="clean") | Q(scanned_at__isnull=False, malware=""), name="clean_only_when_scanned"
            ),
            models.CheckConstraint(
                condition=~Q(state="infected") | Q(scanned_at__isnull=False, malware__gt=""), name="malware_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | Q(quarantined_because__gt=""), name="in_quarantine_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="released_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False, released_because__gt=""),
                name="released_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="document_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="") & ~Q(state="withdrawn")
                | Q(withdrawn_at__isnull=False, withdrawn_because__gt="", state="withdrawn"),
                name="document_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.caption

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @property
    def came_from(self) -> str:
        """ "Added by Olly Officer", "Sent by Kim Sample, Vale Council"."""
        return f"Sent by {self.received_from}" if self.received_from else f"Added by {self.added_by}"

    @property
    def may_be_opened(self) -> bool:
        return self.state in MAY_BE_OPENED


class StoreCheck(models.Model):
    """A night's look at the store: files that belong to no document, and documents whose file is gone."""

    at = models.DateTimeField()
    files = models.PositiveIntegerField(help_text="How many files there were")
    orphans = ArrayField(models.CharField(max_length=255), help_text="Files that belong to no document")
    missing = ArrayField(models.UUIDField(), help_text="Documents without their file")

    open_because = "random names of files and keys of documents only"

    def __str__(self) -> str:
        return f"{len(self.orphans)} orphans, {len(self.missing)} missing at {self.at}"
