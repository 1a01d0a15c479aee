"""What is found again and again, whoever looked: one list of themes, and each time one was found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from quality.codes import Source


def somebody(*, null: bool = True, help_text: str = "") -> Any:
    """One of our people, by key. Empty = nobody yet, unless the field says otherwise."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=null, on_delete=models.PROTECT, related_name="+", help_text=help_text
    )


def sees_quality(who: Actor) -> Q:
    """By those whose work it is. Nobody's feedback is among what is guarded by this alone."""
    return Q() if who.can(Can.SEE_QUALITY) else Q(pk__in=[])


class Theme(Guarded):
    """One thing to learn about, under one name for every source. Never removed: retired, so that old counts stay."""

    class State(models.TextChoices):
        IN_USE = "in_use", "In use"
        RETIRED = "retired", "No longer used"

    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    name = models.CharField(max_length=80, unique=True)
    means = models.TextField(help_text="What belongs under it, so that two reviewers mean the same")
    added_at = models.DateTimeField()
    retired_because = models.TextField(blank=True)
    found_twice_at = models.DateTimeField(null=True, help_text="The second time, while nothing was done about it")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(means=""), name="a_theme_has_a_name_and_a_meaning"),
            models.CheckConstraint(
                condition=~Q(state="retired") | ~Q(retired_because=""), name="a_theme_is_retired_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.pk])

    @property
    def reference(self) -> str:
        """As clocks name it."""
        return self.name[:40]

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By everybody: whoever is given feedback reads what it is about. A theme names nobody."""
        return Q()


class ThemeNote(Guarded):
    """A theme was found once, in one case that was looked at. It does not say whose work it was: that is feedback."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="notes")
    source = models.CharField(max_length=20, choices=Source.choices)
    record = models.UUIDField(db_index=True, help_text="The review, scrutiny or recommendation it was found in")
    reference = models.CharField(max_length=40, help_text="Its number, for people")
    found_at = models.DateTimeField(db_index=True)
    found_by = somebody(help_text="Empty = somebody of a partner agency")
    said = models.TextField(blank=True, help_text="In what way, without anybody's name; empty = the theme says it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "record"], name="a_theme_counts_once_for_a_record"),
            models.CheckConstraint(condition=~Q(reference=""), name="a_theme_was_found_in_something"),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.reference}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_quality(who)
