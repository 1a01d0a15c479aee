"""Partner agencies, and exactly what was sent to whom, when, by whom and on what basis."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from access.actor import Actor
from access.guarded import Guarded
from cases.models import Case, about_a_case


class Agency(models.Model):
    """An organisation that safeguards children beside the police."""

    class Kind(models.TextChoices):
        SOCIAL_CARE = "social_care", "Children's social care"
        HEALTH = "health", "Health"
        EDUCATION = "education", "Education"
        YOUTH_JUSTICE = "youth_justice", "Youth justice"
        ADULT_CARE = "adult_care", "Adult social care"
        PROBATION = "probation", "Probation"
        HOUSING = "housing", "Housing"
        SPECIALIST = "specialist", "Specialist service"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    mailbox = models.EmailField(help_text="The named mailbox that notices go to")

    open_because = "which partners there are is public"

    def __str__(self) -> str:
        return self.name


class Basis(models.TextChoices):
    """Why the law lets us share. Consent is not the basis: people are informed, not asked."""

    LEGAL_OBLIGATION = "legal_obligation", "Legal obligation"
    PUBLIC_TASK = "public_task", "Public task (safeguarding a child)"
    VITAL_INTERESTS = "vital_interests", "Vital interests"


class Informed(models.TextChoices):
    """Whether the family was told that we share."""

    YES = "yes", "Yes"
    NO_RISK = "no_risk", "No, telling them would put somebody at risk"
    NOT_YET = "not_yet", "Not yet"


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
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["agency", "sent_at", "id"])]

    def __str__(self) -> str:
        return f"{self.reference} to {self.agency}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)
