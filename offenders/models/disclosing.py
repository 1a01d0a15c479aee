"""What an agency is told of an offender. Nothing of an offender leaves the force without a decision of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models import Case
from cases.models.known import by_somebody
from offenders.models.nominal import OfANominal
from partners.models import Agency


class OffenderDisclosure(OfANominal):
    """A proposal to tell one agency something of an offender, and what an inspector decided."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed: nobody has decided"
        SENT = "sent", "Told"
        REFUSED = "refused", "Not told, for a reason"

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    whom = models.CharField(max_length=200, help_text="Who there is to read it: a named post")
    told = models.TextField(help_text="Exactly what they are told")
    why = models.TextField(help_text="Which child it protects, and how")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    refused_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(told="") & ~Q(why=""), name="a_disclosure_says_what_and_why"),
            by_somebody("decided"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None) | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="a_disclosure_waits_or_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_because=""), name="not_disclosed_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="nobody_decides_their_own_disclosure",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("offenderdisclosure", args=[self.pk])
