"""What the force reads of it: reports and the newsletter. They name nobody."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team
from cases.models.known import by_somebody
from quality.models.themes import somebody


class Publication(Guarded):
    """A report or a newsletter: figures with what they count, and what is to be learned. Once published, frozen."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        CHECKED = "checked", "Checked: it names nobody"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Kind(models.TextChoices):
        THEMATIC = "thematic", "Thematic report"
        SCRUTINY = "scrutiny", "Report of the scrutiny group"
        NEWSLETTER = "newsletter", "Newsletter"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=120)
    begins_on = models.DateField(help_text="First day of the period it is about")
    ends_on = models.DateField(help_text="Last day of it")
    text = models.TextField(help_text="What is to be learned, in words")
    figures = models.JSONField(
        default=list, help_text="Each with label, numerator, denominator, what is counted, and as at when"
    )
    written_at = models.DateTimeField()
    written_by = somebody(null=False)
    checked_at = models.DateTimeField(null=True)
    checked_by = somebody()
    published_at = models.DateTimeField(null=True)
    published_by = somebody()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = somebody()
    withdrawn_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks")

    class Meta:
        constraints = [
            by_somebody("checked"),
            by_somebody("published"),
            by_somebody("withdrawn"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="a_publication_has_a_period"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("written_by")),
                name="a_second_person_checks_a_publication",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "published"]) | Q(checked_at__isnull=False),
                name="nothing_is_published_unchecked",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_because=""),
                name="a_publication_is_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publication", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """What is published by everybody of the force; what is not yet, or no longer, by those whose work it is."""
        return Q() if who.can(Can.SEE_QUALITY) else Q(state="published")
