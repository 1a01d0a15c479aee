"""What became of what was sent: delivered, acknowledged, answered. And every answer, as it was given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, about_a_case
from documents.models import Attachment
from partners.models.agency import Agency
from partners.models.disclosure import Disclosure, Purpose


class Expects(models.TextChoices):
    """What an agency owes after it has been told."""

    RECEIPT = "receipt", "Says that it has it"
    DECISION = "decision", "Decides, and tells us"
    OUTCOME = "outcome", "Says what came of it"


class Delivery(Guarded):
    """One disclosure on its way, and what the agency did. Timed from the moment it was sent."""

    class State(models.TextChoices):
        WAITING = "waiting", "Not delivered yet"
        FAILED = "failed", "Could not be delivered: telephone"
        DELIVERED = "delivered", "Delivered, not acknowledged"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        SETTLED = "settled", "Outcome known"
        CONFIRMED = "confirmed", "Destroyed, as they say"
        SUPERSEDED = "superseded", "Replaced before it was delivered"
        WITHDRAWN = "withdrawn", "Taken back"

    class Told(models.TextChoices):
        MAIL = "mail", "By secure mail"
        PHONE = "phone", "By telephone"
        SYSTEM = "system", "Fetched by their own system"
        PORTAL = "portal", "Read by somebody there on our pages"

    said_last: Any = None
    """The reply that a verb has just kept, for whoever called it; nothing of it is in this table."""

    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="delivery")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=60)
    record = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=40)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    expects = ArrayField(models.CharField(max_length=10, choices=Expects.choices), default=list)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first; queues sort by it")

    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(help_text="Not tried again before this")
    trouble = models.TextField(blank=True, help_text="Why it did not arrive")
    knocked_at = models.DateTimeField(
        null=True, help_text="When a mailbox that is not secure was told that something waits"
    )
    delivered_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=10, choices=Told.choices, blank=True)
    told_whom = models.CharField(max_length=200, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_whom = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, help_text="When they decided what they do")
    outcome_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(null=True, help_text="When they asked for more; empty = they have it, or never did")
    ended_at = models.DateTimeField(null=True, help_text="When it was replaced, taken back, or said to be destroyed")

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["try_at", "id"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(
                fields=["sent_at", "id"],
                condition=Q(state__in=["waiting", "failed", "delivered", "acknowledged"]),
                name="delivery_open",
            ),
            models.Index(fields=["kind", "record"], name="delivery_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["delivered", "acknowledged", "settled", "confirmed"])
                | (Q(delivered_at__isnull=False) & ~Q(told_how="")),
                name="delivered_somehow",
            ),
            models.CheckConstraint(condition=~Q(told_how="phone") | ~Q(told_whom=""), name="told_by_telephone_by_name"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(trouble=""), name="failed_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="acknowledged") | Q(acknowledged_at__isnull=False), name="acknowledged_some_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | (Q(outcome_at__isnull=False) & ~Q(outcome="")),
                name="settled_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} to {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("delivery", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        """Whatever stands on its way to their agency, and what they did with it."""
        return _of_their_agency(outsider)

    @property
    def is_told(self) -> bool:
        return self.delivered_at is not None

    @property
    def is_owed(self) -> bool:
        """Somebody there still owes us something."""
        return self.state not in ("settled", "confirmed", "superseded", "withdrawn")


def _of_their_agency(outsider: Actor) -> Q:
    from partners.actor import agency_of  # reads these models

    agency = agency_of(outsider)
    return Q(agency=agency) if agency else Q(pk__in=[])


class Outcome(models.TextChoices):
    """What an agency makes of it; for social care as in the children in need census (Department for Education)."""

    NO_FURTHER_ACTION = "nfa", "No further action"
    ADVICE = "advice", "Advice given"
    EARLY_HELP = "early_help", "Early help"
    IN_NEED = "in_need", "Child in need assessment (section 17)"
    STRATEGY = "strategy", "Strategy discussion"
    SECTION_47 = "s47_single", "Section 47 enquiry by social care"
    SECTION_47_JOINT = "s47_joint", "Section 47 enquiry with police"
    CONFERENCE = "icpc", "Child protection conference"
    ALREADY_OPEN = "already_open", "Already open to a social worker"
    ALLEGATIONS = "lado", "Designated officer (LADO) takes it on"
    ACTED = "acted", "They acted: see what they said"


class NoInterview(models.TextChoices):
    """Why a child who was missing was not heard by somebody independent on the return."""

    DECLINED = "declined", "The child did not want one"
    MISSING_AGAIN = "missing_again", "The child was missing again before it"
    NOT_OFFERED = "not_offered", "None was offered"


class Reply(Guarded):
    """One thing an agency did or said about what it was sent. Added, never changed."""

    class What(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        DECISION = "decision", "Decided"
        ASKS = "asks", "Asks for more"
        DISAGREES = "disagrees", "Disagrees"
        CHANGED = "changed", "Outcome changed"
        DESTROYED = "destroyed", "Destroyed what was taken back"
        INTERVIEW = "interview", "Return home interview held"
        INTERVIEW_HELD = "interview_held", "Return home interview held, the result follows"
        NO_INTERVIEW = "no_interview", "No return home interview"
        MINUTES = "minutes", "Minutes sent"

    class How(models.TextChoices):
        PHONE = "phone", "By telephone"
        MAIL = "mail", "By mail"
        MEETING = "meeting", "In a meeting"
        SYSTEM = "system", "By their own system"
        PORTAL = "portal", "On our pages for agencies"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="replies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=60)
    record = models.UUIDField(db_index=True)
    reference = models.CharField(max_length=40)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="replies")
    what = models.CharField(max_length=15, choices=What.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    who = models.CharField(max_length=200, help_text="Who there answered")
    said = models.TextField(blank=True)
    document = models.ForeignKey(
        Attachment, null=True, on_delete=models.PROTECT, related_name="+", help_text="The minutes that they sent"
    )
    held_at = models.DateTimeField(null=True, help_text="When the return interview was; empty = not said")
    reason = models.CharField(max_length=15, choices=NoInterview.choices, blank=True)
    how = models.CharField(max_length=10, choices=How.choices)
    said_at = models.DateTimeField(help_text="When they decided or said it")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = a system"
    )
    recorded_by_system = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "replies"
        indexes = [models.Index(fields=["agency", "recorded_at", "id"], name="reply_agency")]
        constraints = [
            models.CheckConstraint(condition=~Q(who=""), name="somebody_replied"),
            models.CheckConstraint(
                condition=Q(what__in=["decision", "changed"]) ^ Q(outcome=""), name="a_decision_has_an_outcome"
            ),
            models.CheckConstraint(condition=Q(what="minutes") ^ Q(document=None), name="minutes_are_a_document"),
            models.CheckConstraint(condition=Q(what="no_interview") ^ Q(reason=""), name="no_interview_has_a_reason"),
            models.CheckConstraint(
                condition=Q(held_at=None)
                | Q(what__in=["interview", "interview_held"], held_at__lte=models.F("recorded_at")),
                name="an_interview_was_held_before_it_was_told",
            ),
            models.CheckConstraint(
                condition=~Q(what="interview_held") | Q(held_at__isnull=False), name="held_means_held_some_time"
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False) | ~Q(recorded_by_system=""), name="a_reply_recorded_by_somebody"
            ),
            models.CheckConstraint(condition=Q(said_at__lte=models.F("recorded_at")), name="said_before_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_what_display()}"

    @property
    def is_of_an_interview(self) -> bool:
        """What a child said in a return interview is for those who need it: not for everybody who sees sharing."""
        return self.what in (self.What.INTERVIEW, self.What.INTERVIEW_HELD, self.What.NO_INTERVIEW)

    def get_absolute_url(self) -> str:
        return self.delivery.get_absolute_url()

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        return _of_their_agency(outsider)
