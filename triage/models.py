"""An incident: a contact with police, graded, attended, re-assessed while it waits, closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Address, Case, about_a_case
from govuk.fields import YesNoNotKnown as Answer


class State(models.TextChoices):
    AWAITING_RESOURCE = "awaiting_resource", "Waiting for a unit"
    IN_TRIAGE = "in_triage", "In the triage hub"
    ASSIGNED = "assigned", "Unit assigned"
    ATTENDED = "attended", "Attended"
    OUTCOME_RECORDED = "outcome_recorded", "Outcome recorded"
    CLOSED = "closed", "Closed"
    NO_DEPLOYMENT = "no_deployment", "Ended without attendance"


NOT_ATTENDED = [State.AWAITING_RESOURCE.value, State.IN_TRIAGE.value, State.ASSIGNED.value]


class Grade(models.TextChoices):
    G1 = "G1", "G1 Immediate"
    G2 = "G2", "G2 Priority"
    G3 = "G3", "G3 Scheduled"
    G4 = "G4", "G4 Resolution without deployment"

    def is_lower_than(self, other: str) -> bool:
        return str(self.value) > other


class Channel(models.TextChoices):
    EMERGENCY = "999", "999"
    NON_EMERGENCY = "101", "101"
    ONLINE = "online", "Online"
    ENQUIRY_OFFICE = "enquiry_office", "Enquiry office"
    PARTNER = "partner", "Partner agency"
    OFFICER = "officer", "Officer"
    SILENT = "silent_999", "Silent or abandoned 999"
    CALL_LOG = "call_log", "Imported call log"


class Risk(models.TextChoices):
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
    NOT_KNOWN = "not_known", "Not known"


class Incident(Guarded):
    """One contact and what becomes of it."""

    reference = models.CharField(max_length=40, unique=True)
    log_reference = models.CharField(  # noqa: DJ001 - null, so that many incidents may have none
        max_length=80, null=True, unique=True, help_text="Its number in an imported call log"
    )
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="incidents")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", help_text="The control room that holds it"
    )
    state = models.CharField(max_length=20, choices=State.choices, editable=False)

    channel = models.CharField(max_length=20, choices=Channel.choices)
    category = models.CharField(max_length=200, blank=True)
    location = models.CharField(max_length=300)
    address = models.ForeignKey(
        Address, null=True, on_delete=models.PROTECT, related_name="+", help_text="Where the location names one"
    )
    what_happened = models.TextField()
    caller = models.CharField(max_length=200, blank=True, help_text="Empty = not given")
    child = models.CharField(
        max_length=10, choices=Answer.choices, help_text="Is a child at the scene, or does one live there?"
    )

    grade_initial = models.CharField(max_length=2, choices=Grade.choices)
    grade = models.CharField(max_length=2, choices=Grade.choices)
    reported_at = models.DateTimeField()
    attend_by = models.DateTimeField(
        null=True, help_text="Kept by the attendance clocks (for a G4: contact or a decision); the board sorts by it"
    )
    reassessed_at = models.DateTimeField(null=True)
    resourced_at = models.DateTimeField(null=True)
    unit = models.CharField(max_length=80, blank=True)
    attended_at = models.DateTimeField(null=True)
    attended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    child_seen = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    child_not_seen_because = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    no_ppn_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["attend_by", "id"],
                condition=Q(state__in=["awaiting_resource", "in_triage", "assigned"]),
                name="incident_not_attended",
            ),
            models.Index(fields=["reported_at"], name="incident_reported"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who)

    @property
    def concerns_a_child(self) -> bool:
        """Where nobody knows, a child is concerned."""
        return self.child != Answer.NO


class Thrive(Guarded):
    """One THRIVE assessment. A new one is added each time; none is overwritten."""

    class Trigger(models.TextChoices):
        INITIAL = "initial", "First call"
        NEW_INFORMATION = "new_information", "New information"
        REPEAT_CALL = "repeat_call", "Repeat call"
        TARGET_MISSED = "target_missed", "Target missed"
        INTERVAL = "interval", "Interval passed"
        REGRADE = "regrade", "Change of grade"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="assessments")
    trigger = models.CharField(max_length=20, choices=Trigger.choices)
    threat = models.TextField()
    harm = models.TextField()
    risk = models.TextField()
    investigation = models.TextField()
    vulnerability = models.TextField()
    engagement = models.TextField()
    overall = models.CharField(max_length=10, choices=Risk.choices)
    before_we_arrive = models.TextField(help_text="What could happen before we arrive")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.get_trigger_display()}, {self.get_overall_display()}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "incident__case")


class CallLogImport(models.Model):
    """One call log that was loaded, and what came of its rows."""

    file_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    summary = models.JSONField(default=dict)

    open_because = "counts only"

    def __str__(self) -> str:
        return self.file_name


class RowToCheck(Guarded):
    """A row of a call log that a person has to look at: it could not be loaded, or a time in it cannot be right."""

    class Kind(models.TextChoices):
        NOT_LOADED = "not_loaded", "Not loaded"
        FLAGGED = "flagged", "Loaded, a time to check"
        DUPLICATE = "duplicate", "Repeated number, not loaded again"

    came_with = models.ForeignKey(CallLogImport, on_delete=models.PROTECT, related_name="rows_to_check")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    line = models.PositiveIntegerField()
    reason = models.TextField()
    values = models.JSONField(default=dict)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_how = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["came_with", "line"], condition=Q(settled_at=None), name="row_to_check_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="row_settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "incident__case")
