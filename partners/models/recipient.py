"""An agency that is to hear of a record: sent to, or refused by two people with a reason."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case
from cases.models.known import by_somebody
from partners.models.agency import Agency, Kind
from partners.models.disclosure import Disclosure
from partners.models.rules import FieldClass


class Recipient(Guarded):
    """One agency and one record. Children Act 2004 s.16LA: not to share is a decision too, and is kept with its reason.

    Timed from the moment it was proposed.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "To be sent or refused"
        REFUSAL_PROPOSED = "refusal_proposed", "Refusal waits for a countersignature"
        REFUSED = "refused", "Not shared"
        SENT = "sent", "Sent"
        COVERED = "covered", "Told in another way"

    kind = models.CharField(max_length=60, help_text="Model of the record, as app.model")
    record = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=40)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recipients")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="recipients", help_text="Empty = none is known"
    )
    wants = models.CharField(max_length=20, choices=Kind.choices, help_text="The kind of agency that is meant")
    whom = models.CharField(
        max_length=300, blank=True, help_text="For whom none is known; empty = nobody in particular"
    )
    why_none = models.TextField(blank=True)
    reasons = ArrayField(models.TextField(), default=list, help_text="Why it is proposed, each rule in words")
    rules = ArrayField(models.BigIntegerField(), default=list, help_text="Keys of the rules")
    field_classes = ArrayField(models.CharField(max_length=20, choices=FieldClass.choices))
    proposed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first; queues sort by it")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = by a rule"
    )
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    refused_because = models.TextField(blank=True)
    countersigned_at = models.DateTimeField(null=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    overruled_at = models.DateTimeField(null=True)
    overruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    overruled_because = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    disclosure = models.ForeignKey(
        Disclosure, null=True, on_delete=models.PROTECT, related_name="+", help_text="What they got first"
    )
    covered_how = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state="refusal_proposed"), name="recipient_to_countersign"
            ),
            models.Index(fields=["kind", "record"], name="recipient_record"),
        ]
        constraints = [
            by_somebody("refused"),
            by_somebody("countersigned"),
            by_somebody("overruled"),
            models.UniqueConstraint(
                fields=["record", "agency"], condition=Q(agency__isnull=False), name="an_agency_once_for_a_record"
            ),
            models.UniqueConstraint(
                fields=["record", "wants", "whom"], condition=Q(agency=None), name="an_unknown_agency_once_for_a_record"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | ~Q(why_none=""), name="no_agency_known_says_why"
            ),
            models.CheckConstraint(condition=~Q(reasons=[]), name="a_recipient_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False, disclosure__isnull=False, agency__isnull=False),
                name="sent_with_a_disclosure",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "refusal_proposed"])
                | (Q(refused_by__isnull=False) & ~Q(refused_because="")),
                name="refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(countersigned_by__isnull=False), name="refused_only_countersigned"
            ),
            models.CheckConstraint(
                condition=Q(countersigned_by=None) | ~Q(countersigned_by=F("refused_by")),
                name="countersigned_by_another_person",
            ),
            models.CheckConstraint(condition=~Q(state="covered") | ~Q(covered_how=""), name="covered_somehow"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} to {self.name}"

    @property
    def name(self) -> str:
        """The agency, or what is wanted where none is known."""
        if self.agency:
            return str(self.agency)
        whose = f" for {self.whom}" if self.whom else ""
        return f"No agency known: {Kind(self.wants).label}{whose}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PROPOSED, self.State.REFUSAL_PROPOSED)

    @property
    def classes_in_words(self) -> list[str]:
        return [str(each.label) for each in FieldClass if each.value in self.field_classes]

    def get_absolute_url(self) -> str:
        return reverse("recipient", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)
