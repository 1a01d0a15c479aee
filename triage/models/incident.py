"""An incident: a contact with police, graded, attended or dealt with by phone, re-assessed while it waits, closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Address, Case, about_a_case
from cases.models.markers import as_dialled
from govuk.fields import YesNoNotKnown as Answer
from triage.codes import NOT_ATTENDED, OPEN, Category, Channel, Destination, Grade, Risk, State
from triage.ranking import Band, Facts, why


class Incident(Guarded):
    """One contact and what becomes of it."""

    reference = models.CharField(max_length=40, unique=True)
    log_reference = models.CharField(  # noqa: DJ001 - null, so that many incidents may have none
        max_length=80, null=True, unique=True, help_text="Its number in an imported call log or another system"
    )
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="incidents")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", help_text="The control room that holds it"
    )
    area = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", help_text="The response team whose area it is in"
    )
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    channel = models.CharField(max_length=20, choices=Channel.choices)
    category = models.CharField(max_length=200, blank=True, help_text="In a few words")
    opening_category = models.CharField(max_length=20, choices=Category.choices, default=Category.NOT_KNOWN)
    closing_category = models.CharField(max_length=20, choices=Category.choices, blank=True)
    location = models.CharField(max_length=300)
    address = models.ForeignKey(
        Address, null=True, on_delete=models.PROTECT, related_name="+", help_text="Where the location names one"
    )
    what_happened = models.TextField()
    caller = models.CharField(max_length=200, blank=True, help_text="Empty = not given")
    caller_number = models.CharField(max_length=40, blank=True, help_text="Digits; empty = not given or withheld")
    caller_is_child = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN)
    safe_number = models.CharField(max_length=40, blank=True, help_text="Empty = not known")
    safe_time = models.CharField(max_length=100, blank=True, help_text="Empty = not known")
    may_leave_message = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN)

    child = models.CharField(
        max_length=10, choices=Answer.choices, help_text="Is a child at the scene, or does one live there?"
    )
    children = models.TextField(blank=True, help_text="Names, ages, how many, safe now? Empty = not known")
    unborn_child = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN)
    domestic_abuse = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN)
    possible_child_because = models.TextField(
        blank=True, help_text="Why the software thinks of a child, until somebody has said"
    )
    possible_child_at = models.DateTimeField(null=True)
    no_child_although = models.TextField(
        blank=True, help_text="What spoke for a child when somebody said that there is none"
    )
    child_known_at = models.DateTimeField(null=True, help_text="When police first knew of the child")
    child_seen_at = models.DateTimeField(null=True, help_text="When every child had been seen")
    child_seen = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    child_not_seen_because = models.TextField(blank=True)

    grade_initial = models.CharField(max_length=2, choices=Grade.choices)
    grade = models.CharField(max_length=2, choices=Grade.choices)
    risk = models.CharField(max_length=10, choices=Risk.choices, default=Risk.NOT_KNOWN, help_text="Of the last THRIVE")
    urgent_because = models.TextField(blank=True, help_text="Why it is to be treated as urgent, whatever its grade")
    rank = models.PositiveSmallIntegerField(
        choices=[(each.value, each.name) for each in Band], default=Band.HIGH_CHILD.value
    )

    reported_at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)
    attend_by = models.DateTimeField(
        null=True, help_text="Kept by the clocks of attendance, first contact and resolution; boards sort by it"
    )
    reassessed_at = models.DateTimeField(null=True)
    resourced_at = models.DateTimeField(null=True)
    unit = models.CharField(max_length=80, blank=True)
    attended_at = models.DateTimeField(null=True)
    attended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="incidents_owned"
    )
    offered_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(null=True)

    repeat_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeats")
    called_again_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True, help_text="When the caller was last reached")
    first_contact_at = models.DateTimeField(null=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0, help_text="Since the caller was last reached")
    not_reached_at = models.DateTimeField(null=True, help_text="When the third attempt failed")
    fim_asked_at = models.DateTimeField(null=True)
    resources_decided_at = models.DateTimeField(null=True)
    resources_until = models.DateTimeField(null=True, help_text="Until when the decision on resources stands")

    entered_hub_at = models.DateTimeField(null=True)
    destination = models.CharField(max_length=20, choices=Destination.choices, blank=True)
    dealt_by = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    allocated_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    bounces = models.PositiveSmallIntegerField(default=0, help_text="How often a team has sent it back")
    specialist_note = models.TextField(blank=True, help_text="The specialist sergeant on shared images")

    outcome = models.TextField(blank=True)
    outcome_at = models.DateTimeField(null=True)
    no_ppn_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["rank", "attend_by", "id"], condition=Q(state__in=NOT_ATTENDED), name="incident_waits"
            ),
            models.Index(fields=["reported_at"], name="incident_reported"),
            models.Index(fields=["address", "reported_at"], name="incident_address"),
            models.Index(
                fields=["caller_number", "reported_at"], condition=~Q(caller_number=""), name="incident_number"
            ),
            models.Index(fields=["owner"], condition=Q(state__in=OPEN), name="incident_owner"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(repeat_of=F("id")), name="no_incident_repeats_itself"),
            models.CheckConstraint(
                condition=Q(offered_to=None, offered_at=None) | Q(offered_to__isnull=False, offered_at__isnull=False),
                name="incident_offered_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | Q(owner__isnull=False), name="an_open_incident_has_an_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @property
    def title(self) -> str:
        """What it is about, on one line."""
        return self.category or self.what_happened[:80]

    @property
    def calls_from(self) -> str:
        """The caller's number as somebody dials it."""
        return as_dialled(self.caller_number)

    @property
    def safe_to_call(self) -> str:
        """The safe number as somebody dials it."""
        return as_dialled(self.safe_number)

    @property
    def possible_child(self) -> bool:
        return bool(self.possible_child_because)

    @property
    def child_shown(self) -> str:
        """As a tag says it: what the software thinks of a child is not shown as none."""
        return Answer.NOT_KNOWN.value if self.possible_child and self.child == Answer.NO else self.child

    @property
    def concerns_a_child(self) -> bool:
        """Where nobody knows, or the software has found one, a child is concerned."""
        return self.child != Answer.NO or self.possible_child

    @property
    def child_to_be_seen(self) -> bool:
        """A child is known, or has been found by the software, and has not been seen."""
        return (self.child == Answer.YES or self.possible_child) and self.child_seen_at is None

    def facts(self) -> Facts:
        """What the rule of ranking looks at."""
        return Facts(
            risk=self.risk,
            grade=self.grade,
            child=self.child,
            possible_child=self.possible_child,
            urgent=bool(self.urgent_because),
            bounces=self.bounces,
        )

    def why_this_rank(self) -> str:
        return why(self.facts())
