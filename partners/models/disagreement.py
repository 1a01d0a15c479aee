"""We and an agency disagree about a child: who talks to whom next, and by when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case
from cases.models.known import by_somebody
from partners.models.agency import Agency


class Disagreement(Guarded):
    """One disagreement, through the stages that every safeguarding partnership's procedures have."""

    class State(models.TextChoices):
        PRACTITIONERS = "practitioners", "Stage 1: those who deal with it"
        MANAGERS = "managers", "Stage 2: managers"
        HEADS = "heads", "Stage 3: heads of service"
        PARTNERS = "partners", "Stage 4: delegated safeguarding partners"
        SETTLED = "settled", "Settled"

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=60, help_text="Model of the record, as app.model")
    record = models.UUIDField(db_index=True)
    about = models.CharField(max_length=40, help_text="Reference of the record")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disagreements")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="disagreements")
    why = models.TextField(help_text="What we and they disagree about")
    what_we_ask = models.TextField(help_text="What we ask for, for the child")
    raised_by_them = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; the list sorts by it")
    stage_since = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_how = models.TextField(blank=True)

    class Meta:
        constraints = [
            by_somebody("settled"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(what_we_ask=""), name="a_disagreement_about_something"),
            models.CheckConstraint(condition=~Q(state="settled") | ~Q(settled_how=""), name="settled_somehow"),
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=~Q(state="settled"), name="disagreement_open")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("disagreement", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        """What their own agency raised with us: they said it."""
        from partners.actor import agency_of  # reads models of ours

        agency = agency_of(outsider)
        return Q(agency=agency, raised_by_them=True) if agency else Q(pk__in=[])
