"""Exactly what was sent to whom, when, by whom and on what basis."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.time import now
from cases.models import Case, about_a_case
from partners.models.agency import Agency


class Basis(models.TextChoices):
    """Why the law lets us share. Consent is not the basis: people are informed, not asked."""

    LEGAL_OBLIGATION = "legal_obligation", "Legal obligation"
    PUBLIC_TASK = "public_task", "Public task (safeguarding a child)"
    VITAL_INTERESTS = "vital_interests", "Vital interests"


class Informed(models.TextChoices):
    """Whether the family was told that we share."""

    YES = "yes", "Yes"
    NO_RISK = "no_risk", "No, telling them would put somebody at risk"
    NO_OTHER = "no_other", "No, for another reason"
    NOT_YET = "not_yet", "Not yet"


class Purpose(models.TextChoices):
    SHARE = "share", "Shared"
    CORRECTION = "correction", "Correction"
    WITHDRAWAL = "withdrawal", "Taken back"


class NextNumber(Func):
    """In the order of writing. What whoever reads in that order has to know stands in `migrations/0006_agencies.py`."""

    template = "next_disclosure_number()"
    output_field = BigIntegerField()


class Disclosure(Guarded):
    """What one agency was sent. A row is exactly what left the force and is never changed."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="disclosures")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosures")
    kind = models.CharField(max_length=60, help_text="Model of the record it was taken from, as app.model")
    record = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=40)
    content = models.JSONField(help_text="Exactly what was sent")
    basis = models.CharField(max_length=20, choices=Basis.choices)
    why_needed = models.TextField()
    informed = models.CharField(max_length=10, choices=Informed.choices)
    not_informed_because = models.TextField(blank=True, help_text="Not told: why")
    who_will_tell = models.CharField(max_length=200, blank=True, help_text="Not yet told: who will tell them")
    tell_by = models.DateTimeField(null=True, help_text="Not yet told: by when")
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.SHARE)
    replaces = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="The row it takes the place of",
    )
    because = models.TextField(blank=True, help_text="Why it was corrected or taken back")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = Longstop"
    )
    sent_by_system = models.CharField(max_length=60, blank=True, help_text="Why it went by itself: a reminder")
    available_until = models.DateTimeField(help_text="Until when the agency can fetch it from us")
    number = models.BigIntegerField(db_default=NextNumber(), editable=False, help_text="In the order of writing")

    class Meta:
        indexes = [
            models.Index(fields=["agency", "sent_at", "id"]),
            models.Index(fields=["agency", "number"], name="disclosure_feed"),
            models.Index(  # asked for each row of a page: was it replaced since?
                fields=["agency", "record", "number"],
                condition=Q(purpose__in=["correction", "withdrawal"]),
                name="disclosure_replacing",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="share", replaces=None)
                | (Q(purpose__in=["correction", "withdrawal"], replaces__isnull=False) & ~Q(because="")),
                name="what_replaces_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=False, sent_by_system="") | Q(sent_by=None, sent_by_system__gt=""),
                name="sent_by_a_person_or_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} to {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("disclosure", args=[self.pk])

    @property
    def sender(self) -> str:
        """Who sent it, for a page."""
        return str(self.sent_by) if self.sent_by else f"Longstop ({self.sent_by_system})"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        """What their agency was sent, and nobody has corrected, taken back or let run out since."""
        from partners.actor import agency_of  # reads these models

        agency = agency_of(outsider)
        return Q(agency=agency) & still_stands() if agency else Q(pk__in=[])


def still_stands() -> Q:
    """The decision to share is in force: not run out, not corrected or taken back since, not replaced on its way."""
    replaced = Disclosure.objects.model._base_manager.filter(
        agency=OuterRef("agency"),
        kind=OuterRef("kind"),
        record=OuterRef("record"),
        number__gt=OuterRef("number"),
        purpose__in=[Purpose.CORRECTION, Purpose.WITHDRAWAL],
    )
    return Q(available_until__gt=now()) & ~Q(delivery__state="superseded") & ~Q(Exists(replaced))
