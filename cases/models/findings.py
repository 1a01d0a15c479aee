"""A child and a person posing a risk have been put together by what we know: somebody must decide."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from cases.models.case import Case, about_a_case
from cases.models.known import by_somebody, may_see_person
from cases.models.links import Address
from cases.models.person import Person


class Finding(Guarded):
    """One child and one person posing a risk. It stays until a person has decided and said why."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for a decision"
        DECIDED = "decided", "Decided"

    class Decision(models.TextChoices):
        NOTICE = "notice", "A notice has been submitted about it"
        MANAGED = "managed", "Known already, and the child is protected"
        NO_CONTACT = "no_contact", "Checked: there is no contact"
        WRONG = "wrong", "What we know is wrong"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    risk = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    known_since = models.DateTimeField(help_text="When the last of the facts was recorded")
    found_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; the queue sorts by it")
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    because = models.TextField(blank=True)
    notice = models.CharField(max_length=40, blank=True, help_text="The notice that was submitted about it")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            by_somebody("decided"),
            models.UniqueConstraint(fields=["child", "risk"], condition=Q(state="open"), name="one_open_finding"),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decision__gt="", because__gt=""), name="decided_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="open"), name="finding_open")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By those who may see both people and at least one of the facts that put them together."""
        seen: models.QuerySet[Evidence] = models.QuerySet(Evidence).filter(
            Evidence.visible_to(who), finding=OuterRef("pk")
        )
        return may_see_person(who, "child") & may_see_person(who, "risk") & Q(Exists(seen))


class Evidence(Guarded):
    """One fact that puts the two together."""

    class Kind(models.TextChoices):
        SAME_HOME = "same_home", "They live, or lived, at the same address"
        RELATED = "related", "They are linked to each other"
        SEEN = "seen", "They were seen together, or the one at the other's home"
        FAMILY = "family", "They are linked through a parent or carer"
        CARERS_HOME = "carers_home", "The person lives with the child's parent or carer"

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    fact = models.UUIDField(help_text="The residence, relationship or sighting")
    fact_kind = models.CharField(max_length=60, help_text="Its model, as app.model")
    through = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.ForeignKey(Address, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True, help_text="Empty = not known")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    other_case = models.ForeignKey(  # two people living at one address are two facts
        Case, null=True, on_delete=models.PROTECT, related_name="+", help_text="Of the second fact, where there are two"
    )
    found_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "kind", "fact"], name="a_fact_counts_once")]

    def __str__(self) -> str:
        return str(self.Kind(self.kind).label)

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who) & about_a_case(who, "other_case") & may_see_person(who, "through")
