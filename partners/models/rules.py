"""Which agencies are proposed, for what, and how much of it each needs."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from partners.models.agency import Agency, Kind


class FieldClass(models.TextChoices):
    """A part of what is known, as fine as it can be left out. An agency gets the parts it needs."""

    IDENTITY = "identity", "Who it is about"
    VOICE = "voice", "Voice of the child"
    HAPPENED = "happened", "What happened"
    RISK = "risk", "Our assessment of the risk"
    ADDRESS = "address", "Home address"
    CONTACT = "contact", "Telephone and language"
    SCHOOLING = "schooling", "School"
    HEALTH = "health", "Health"
    FAMILY = "family", "Parents, carers and the household"
    OFFENCES = "offences", "Offences and what police did"
    RISK_PERSON = "risk_person", "Person posing a risk"
    THIRD_PARTY = "third_party", "Other people"
    RESEARCH = "research", "What our research adds"


class Fact(models.TextChoices):
    """What a rule may ask of a record."""

    CHILD = "child", "A child is involved, or nobody knows"
    DA_HIGH = "da_high", "Domestic abuse at high risk, or nobody knows"
    UNBORN = "unborn", "Concern for an unborn child"
    EXPLOITATION = "exploitation", "A child is exploited, sexually or criminally"
    POSITION_OF_TRUST = "position_of_trust", "The person posing a risk works or volunteers with children"
    YOUTH = "youth", "The person alleged to pose a risk is aged 10 to 17"
    ON_LICENCE = "on_licence", "The person posing a risk is on licence"
    REGISTERED = "rso", "The person posing a risk is a registered sex offender"


class SharingRule(models.Model):
    """One line of the table by which recipients are proposed. It is never edited: it ends, and another begins."""

    types = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="Any of these types; empty = every type"
    )
    grades = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, help_text="Any of these grades; empty = every grade"
    )
    facts = ArrayField(
        models.CharField(max_length=20, choices=Fact.choices),
        default=list,
        blank=True,
        help_text="All of these hold; empty = always",
    )
    from_age = models.PositiveSmallIntegerField(null=True, help_text="Youngest child it is for; empty = no limit")
    to_age = models.PositiveSmallIntegerField(null=True, help_text="Oldest child it is for; empty = no limit")
    kind = models.CharField(max_length=20, choices=Kind.choices, help_text="The kind of agency that is proposed")
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="rules", help_text="This one; empty = the one there"
    )
    why = models.TextField(help_text="Why they need to know, as the co-ordinator reads it")
    field_classes = ArrayField(models.CharField(max_length=20, choices=FieldClass.choices))
    source = models.TextField(help_text="The agreement, guidance or law it rests on")
    is_our_default = models.BooleanField(default=False, help_text="Nobody has prescribed it; the force may choose")
    starts_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = Longstop"
    )
    ends_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)

    open_because = "which kinds of agency hear of what is no secret"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(why="") & ~Q(source=""), name="a_rule_says_why_and_on_what_it_rests"),
            models.CheckConstraint(condition=~Q(field_classes=[]), name="a_rule_says_what_goes"),
            models.CheckConstraint(
                condition=Q(from_age=None) | Q(to_age=None) | Q(from_age__lte=F("to_age")), name="a_rules_ages_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None, ended_by=None, ended_because="")
                | (Q(ends_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="a_rule_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_whom}: {self.why}"

    @property
    def to_whom(self) -> str:
        return str(self.agency) if self.agency else str(Kind(self.kind).label)

    @property
    def when_in_words(self) -> str:
        """On which records it proposes them."""
        said = [f"type {' or '.join(each.replace('_', ' ') for each in self.types)}"] if self.types else []
        said += [f"grade {' or '.join(self.grades)}"] if self.grades else []
        said += [str(Fact(each).label) for each in self.facts if each in Fact.values]
        if self.from_age is not None or self.to_age is not None:
            oldest = "and over" if self.to_age is None else f"to {self.to_age}"
            said.append(f"children aged {self.from_age or 0} {oldest}")
        return "; ".join(said) or "Always"

    @property
    def classes_in_words(self) -> list[str]:
        return [str(each.label) for each in FieldClass if each.value in self.field_classes]
