"""Partner agencies, and how what we send reaches them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Agency(models.Model):
    """An organisation that safeguards children beside the police."""

    class Kind(models.TextChoices):
        """What an agency is to a child."""

        SOCIAL_CARE = "social_care", "Children's social care"
        HEALTH = "health", "Health"
        EDUCATION = "education", "Education"
        YOUTH_JUSTICE = "youth_justice", "Youth justice"
        ADULT_CARE = "adult_care", "Adult social care"
        PROBATION = "probation", "Probation"
        HOUSING = "housing", "Housing"
        SPECIALIST = "specialist", "Specialist service"
        GP = "gp", "GP practice"
        MIDWIFERY = "midwifery", "Midwifery"
        DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse adviser (IDVA) or MARAC co-ordinator"
        EXPLOITATION = "exploitation", "Exploitation team"
        ALLEGATIONS = "allegations", "Local authority designated officer (LADO)"
        OFFENDERS = "offenders", "Offender management (MAPPA, MOSOVO)"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    mailbox = models.EmailField(help_text="The named mailbox that notices go to")
    mailbox_is_secure = models.BooleanField(
        default=False,
        help_text="The force has checked that what is sent there stays private. Otherwise only that something waits is "
        "mailed, and somebody telephones",
    )
    authorities = ArrayField(
        models.CharField(max_length=3),
        default=list,
        blank=True,
        help_text="Numbers of the councils whose area it works in; empty = everywhere",
    )
    telephone = models.CharField(max_length=40, blank=True, help_text="Empty = not known")
    closed_at = models.DateTimeField(null=True, help_text="Since when nothing is sent there")

    open_because = "which partners there are is public"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mailbox_is_secure=False) | ~Q(mailbox=""), name="a_secure_mailbox_is_a_mailbox"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_health(self) -> bool:
        return self.kind in READS_AS_HEALTH


Kind = Agency.Kind
READS_AS_HEALTH = [Kind.HEALTH.value, Kind.GP.value, Kind.MIDWIFERY.value]
"""Those whose patients may read their own record online."""
ONE_COUNCIL = [Kind.SOCIAL_CARE.value, Kind.ALLEGATIONS.value]
"""Each works for the council it belongs to; one of which nobody has said for which council is never proposed."""
