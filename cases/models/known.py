"""A fact about a person: who says so, since when we know it, and what became of it if it was wrong."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from access.actor import Actor
from access.guarded import Guarded
from cases.models.case import Case, about_a_case


def by_somebody(done: str) -> models.CheckConstraint:
    """Who did it and when are known together, or not at all."""
    at, by = f"{done}_at", f"{done}_by"
    return models.CheckConstraint(
        condition=Q(**{at: None, by: None}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
        name=f"%(class)s_{done}_by_somebody",
    )


class HowKnown(models.TextChoices):
    SEEN = "seen", "Police saw it"
    SAID_BY_PERSON = "said_by_person", "They said so themselves"
    SAID_BY_OTHER = "said_by_other", "Somebody else said so"
    PARTNER = "partner", "A partner agency said so"
    RECORD = "record", "Another record says so"


class Known(Guarded):
    """A fact is added and may be withdrawn as mistaken; it is never edited and never deleted."""

    how = models.CharField(max_length=20, choices=HowKnown.choices)
    source = models.CharField(max_length=200, help_text="Who or which record says so")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    about: tuple[str, ...] = ("person",)
    """Fields that name the people it is about: seen only by those who may see each of them."""

    class Meta:
        abstract = True
        constraints = [by_somebody("withdrawn")]

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        needed = about_a_case(who)
        for field in cls.about:
            needed &= may_see_person(who, field)
        return needed

    def how_we_know(self) -> str:
        """For the page: "Police saw it: PPN-001001"."""
        return f"{HowKnown(self.how).label}: {self.source}" if self.source else str(HowKnown(self.how).label)


def may_see_person(who: Actor, path: str) -> Q:
    """Nobody there, or somebody this person may see."""
    from cases.models.person import Person  # it stands on this module

    seen: models.QuerySet[Any] = models.QuerySet(Person).filter(Person.visible_to(who), pk=OuterRef(path))
    nobody = Q(**{path: None})
    return nobody | Q(Exists(seen))
