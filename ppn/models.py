"""A public protection notice (PPN): what an officer saw of a child or adult at risk, and what the MASH made of it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, Person, about_a_case
from govuk.fields import YesNoNotKnown as Answer


class State(models.TextChoices):
    SUBMITTED = "submitted", "Waiting for review"
    UNDER_RESEARCH = "under_research", "Being reviewed"
    RISK_ASSESSED = "risk_assessed", "Assessed, not yet shared"
    SHARED = "shared", "Shared, not yet filed"
    FILED = "filed", "Filed"


WAITING_FOR_REVIEW = [State.SUBMITTED.value, State.UNDER_RESEARCH.value]
OPEN = [*WAITING_FOR_REVIEW, State.RISK_ASSESSED.value, State.SHARED.value]


class Type(models.TextChoices):
    """What the notice is about. Names vary by force; there is no national list."""

    CHILD_AT_RISK = "child_at_risk", "Child at risk"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    ADULT_AT_RISK = "adult_at_risk", "Adult at risk"
    MISSING = "missing", "Missing"
    EXPLOITATION = "exploitation", "Exploitation, sexual or criminal"
    ONLINE_ABUSE = "online_abuse", "Online child sexual abuse"
    HARMFUL_PRACTICE = "harmful_practice", "Harmful practice (FGM, forced marriage, so-called honour-based abuse)"
    PERSON_POSING_RISK = "person_posing_risk", "Contact with a person posing a risk"
    MENTAL_HEALTH = "mental_health", "Mental health"
    RADICALISATION = "radicalisation", "Radicalisation"


class Grade(models.TextChoices):
    RED = "red", "Red / high"
    AMBER = "amber", "Amber / medium"
    GREEN = "green", "Green / standard"
    BLUE = "blue", "Blue / no share proposed"


class DomesticAbuseRisk(models.TextChoices):
    NONE = "none", "Not domestic abuse"
    STANDARD = "standard", "Standard"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    NOT_KNOWN = "not_known", "Not known"


class StrategyDecision(models.TextChoices):
    """Whether the agencies must meet about this child (a strategy discussion under Working Together)."""

    REQUESTED = "requested", "Requested"
    HELD = "held", "Already held"
    NOT_NEEDED = "not_needed", "Not needed"


class Ppn(Guarded):
    """One notice. Its review is timed from submission; nothing pauses that."""

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ppns")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The MASH that reviews it")
    arises_from = models.UUIDField(null=True, db_index=True, help_text="The record it was raised from (an incident)")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    types = ArrayField(models.CharField(max_length=20, choices=Type.choices))
    child = models.CharField(max_length=10, choices=Answer.choices, help_text="Is a child involved?")
    grade = models.CharField(
        max_length=10, choices=Grade.choices, help_text="The officer's grade, kept as it was given"
    )
    da_risk = models.CharField(max_length=10, choices=DomesticAbuseRisk.choices)
    narrative = models.TextField()
    first_known_at = models.DateTimeField(help_text="When police first knew")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ppns_submitted")

    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first; queues sort by it")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="ppns_taken"
    )
    taken_at = models.DateTimeField(null=True)
    mash_grade = models.CharField(max_length=10, choices=Grade.choices, blank=True)
    mash_grade_because = models.TextField(blank=True)
    systems_checked = models.TextField(blank=True)
    assessment = models.TextField(blank=True)
    assessed_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    strategy_decision = models.CharField(max_length=20, choices=StrategyDecision.choices, blank=True)
    strategy_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["submitted", "under_research"]),
                name="ppn_waiting_for_review",
            ),
            models.Index(fields=["state", "due_at"], condition=~Q(state="filed"), name="ppn_not_filed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_known_at__lte=models.F("submitted_at")), name="known_before_submitted"
            ),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(strategy_decision__gt=""), name="filed_with_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="taken_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("ppn", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @property
    def current_grade(self) -> str:
        return self.mash_grade or self.grade

    @property
    def is_priority(self) -> bool:
        """A child at risk or high-risk domestic abuse. Where nobody knows whether a child is involved, one is."""
        return (
            self.child != Answer.NO
            or Type.CHILD_AT_RISK in self.types
            or self.da_risk in (DomesticAbuseRisk.HIGH, DomesticAbuseRisk.NOT_KNOWN)
        )

    def types_in_words(self) -> list[str]:
        return [str(Type(each).label) for each in self.types]


class Subject(Guarded):
    """A person the notice is about; for a child, what the child said and how the child was."""

    class Part(models.TextChoices):
        CHILD = "child", "Child"
        PARENT = "parent", "Parent or carer"
        POSES_RISK = "poses_risk", "Person posing a risk (alleged or suspected)"
        ADULT = "adult", "Adult at risk"
        OTHER = "other", "Other"

    ppn = models.ForeignKey(Ppn, on_delete=models.PROTECT, related_name="subjects")
    part = models.CharField(max_length=20, choices=Part.choices)
    name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, help_text="Empty = not known")
    address = models.CharField(max_length=300, blank=True, help_text="Where they live, as written; empty = not known")
    postcode = models.CharField(max_length=10, blank=True)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="Who they are, once somebody has said"
    )
    seen = models.CharField(max_length=10, choices=Answer.choices)
    spoken_to = models.CharField(max_length=10, choices=Answer.choices)
    not_spoken_to_because = models.TextField(blank=True)
    own_words = models.TextField(blank=True)
    demeanour = models.TextField(blank=True)
    home = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "ppn__case")

    @property
    def is_child(self) -> bool:
        return self.part == self.Part.CHILD

    @property
    def has_a_voice(self) -> bool:
        """Whether anything was recorded of what they said or how they were."""
        return bool(self.own_words or self.demeanour or self.home or self.seen == Answer.YES)
