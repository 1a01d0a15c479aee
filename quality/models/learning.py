"""What is to change because a theme was found, and whether it has: a new sample says so, and not whoever changed it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team
from cases.models.known import by_somebody
from quality.codes import Source
from quality.models.themes import Theme, somebody
from quality.whose import answered_for, supervised_by


def _of_an_owner(who: Actor, owner: str) -> Q:
    if who.can(Can.SEE_QUALITY):
        return Q()
    return Q(**{f"{owner}__in": answered_for(who) | supervised_by(who)})


class LearningAction(Guarded):
    """One thing to change. Its owner says when it is done; somebody else draws anew and says whether it held."""

    class State(models.TextChoices):
        OPEN = "open", "To be done"
        DONE = "done", "Done, to be tested again"
        HELD = "held", "Tested again: it held"
        NOT_HELD = "not_held", "Tested again: it did not hold"
        NOT_NEEDED = "not_needed", "Not needed"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField(help_text="What is to change")
    owner = somebody(null=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Of its owner")
    source = models.CharField(max_length=20, choices=Source.choices, blank=True, help_text="Empty = the theme itself")
    record = models.UUIDField(null=True, help_text="What asked for it, such as a scrutiny; empty = the theme itself")
    found_in = models.CharField(max_length=40, blank=True, help_text="Its number, for people")
    follows = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
        help_text="The action that did not hold",
    )
    opened_at = models.DateTimeField()
    opened_by = somebody(null=False)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks; queues sort by it")
    evidence = models.TextField(blank=True, help_text="What shows that it is done")
    done_at = models.DateTimeField(null=True)
    done_by = somebody()
    closed_because = models.TextField(blank=True, help_text="What the re-test showed, or why it is not needed")

    class Meta:
        constraints = [
            by_somebody("done"),
            models.CheckConstraint(condition=~Q(what=""), name="a_learning_action_says_what"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "held", "not_held"]) | (~Q(evidence="") & Q(done_at__isnull=False)),
                name="a_learning_action_is_done_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(record=None, found_in="", source="") | (Q(record__isnull=False) & ~Q(found_in="")),
                name="what_asked_for_an_action_has_a_number",
            ),
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="open"), name="learning_open")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("learningaction", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By those whose work quality is, by its owner and whoever covers for them, and by who supervises them."""
        return _of_an_owner(who, "owner")


class Retest(Guarded):
    """A new sample of the same theme, drawn after an action was done: was it found again?"""

    class State(models.TextChoices):
        DRAWN = "drawn", "Drawn, not judged yet"
        HELD = "held", "It held"
        NOT_HELD = "not_held", "It did not hold"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    action = models.OneToOneField(LearningAction, on_delete=models.PROTECT, related_name="retest")
    sample = models.UUIDField(help_text="The sample that was drawn for it")
    sample_reference = models.CharField(max_length=40)
    drawn_at = models.DateTimeField()
    drawn_by = somebody(null=False)
    looked_at = models.PositiveSmallIntegerField(null=True, help_text="How many records were looked at")
    found = models.PositiveSmallIntegerField(null=True, help_text="In how many of them the theme was found again")
    result = models.TextField(blank=True, help_text="What it shows, in words")
    decided_at = models.DateTimeField(null=True)
    decided_by = somebody()

    class Meta:
        constraints = [
            by_somebody("decided"),
            models.CheckConstraint(
                condition=Q(state="drawn") | (Q(found__lte=models.F("looked_at")) & ~Q(result="")),
                name="a_retest_is_judged_by_numbers_and_words",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return self.action.get_absolute_url()

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return _of_an_owner(who, "action__owner")
