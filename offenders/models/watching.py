"""Approvals, new information, children: what somebody has to decide on, and soon."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.roles import Role
from accounts.models import Team
from cases.models import Person
from cases.models.known import by_somebody, may_see_person
from offenders.codes import CareDecision, ContactKind, Risk
from offenders.models.managing import Approvable, OffenderVisit
from offenders.models.nominal import OfANominal, sees_offenders
from ppn.models import Ppn


class Approval(OfANominal):
    """Something waits for a supervisor: the duty post of a team, whoever holds it or covers for it now."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned with reasons"
        WITHDRAWN = "withdrawn", "Taken back by its author"

    class What(models.TextChoices):
        VISIT = "visit", "Visit"
        ASSESSMENT = "assessment", "ARMS assessment"
        PLAN = "plan", "Risk management plan"
        REACTIVE = "reactive", "Reactive management"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    at_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Whose supervisors decide")
    what = models.CharField(max_length=20, choices=What.choices)
    record = models.UUIDField(help_text="What is to be approved")
    record_reference = models.CharField(max_length=40)
    url = models.CharField(max_length=200)
    role = models.CharField(max_length=30, choices=Role.choices, help_text="The post that decides")
    risk = models.CharField(max_length=20, choices=Risk.choices, help_text="Of the offender when it was submitted")
    one_by_one = models.BooleanField(default=False, help_text="May not be approved together with others")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; the queue sorts by it")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="approvals_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(state="waiting"), name="one_approval_at_a_time"),
            by_somebody("decided"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | Q(~Q(state="waiting"), decided_at__isnull=False),
                name="an_approval_waits_or_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"]) | ~Q(decided_by=F("submitted_by")),
                name="nobody_approves_their_own_work",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(because=""), name="returned_with_reasons"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("approval", args=[self.pk])

    @property
    def team(self) -> Team:
        return self.at_team


class ApprovalRead(OfANominal):
    """A supervisor has opened something that waits and read it. Only then can they approve it together with others."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="reads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["approval", "by"], name="read_once_by_one")]

    def __str__(self) -> str:
        return f"{self.by_id} read {self.approval_id}"


class ReactiveProposal(Approvable):
    """An offender manager proposes that somebody is no longer visited: low for three years, and nothing against it."""

    criteria = models.JSONField(default=dict, help_text="Each criterion and whether it is met, as counted at the time")
    because = models.TextField()

    class Meta(Approvable.Meta):
        constraints = [
            *Approvable.Meta.constraints,
            models.CheckConstraint(condition=~Q(because=""), name="reactive_for_a_reason"),
        ]


class Intelligence(OfANominal):
    """Something new about an offender. Whoever is managed reactively is active again from that moment."""

    class State(models.TextChoices):
        NEW = "new", "Nobody has assessed it"
        ASSESSED = "assessed", "Assessed"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    received_at = models.DateTimeField()
    source = models.CharField(max_length=200)
    what = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    was_reactive = models.BooleanField(default=False, help_text="It ended reactive management")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    assessed_at = models.DateTimeField(null=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    means = models.TextField(blank=True, help_text="What it means for the risk, and what is done")
    reassess = models.CharField(max_length=10, blank=True, choices=[("yes", "Yes"), ("no", "No")])

    class Meta:
        verbose_name_plural = "intelligence"
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="new"), name="intelligence_new")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="intelligence_says_something"),
            by_somebody("assessed"),
            models.CheckConstraint(
                condition=Q(state="new", assessed_at=None)
                | Q(~Q(means=""), ~Q(reassess=""), state="assessed", assessed_at__isnull=False),
                name="intelligence_is_assessed_with_words",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("intelligence", args=[self.pk])


class ChildContact(OfANominal):
    """An offender has contact with a child. A notice at once; then what children's social care decided, until known."""

    class State(models.TextChoices):
        LEARNED = "learned", "Learned: no notice yet"
        NOTICE = "notice", "Notice submitted, not shared yet"
        SHARED = "shared", "Shared: social care has not decided"
        DECIDED = "decided", "Decided: the plan has to take it up"
        CLOSED = "closed", "Taken up in the plan"
        IN_ERROR = "in_error", "Recorded in error"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    child = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = not known"
    )
    child_said = models.CharField(max_length=200, help_text="Name and age as they were told; “not known” is an answer")
    relation = models.CharField(max_length=200, help_text="How the child and the offender know each other")
    kind = models.CharField(max_length=20, choices=ContactKind.choices)
    what = models.TextField()
    visit = models.ForeignKey(OffenderVisit, null=True, on_delete=models.PROTECT, related_name="contacts")
    finding = models.UUIDField(null=True, help_text="The link between the two that the software found; empty = none")
    discovered_at = models.DateTimeField(help_text="When the first of us knew")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ppn = models.ForeignKey(Ppn, null=True, on_delete=models.PROTECT, related_name="+")
    notice_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    chased = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=20, choices=CareDecision.choices, blank=True, help_text="Empty = not known")
    decision_at = models.DateTimeField(null=True)
    decision_from = models.CharField(max_length=200, blank=True)
    protects = models.TextField(blank=True, help_text="How the child is protected now, as social care says")
    effect = models.TextField(blank=True, help_text="What it changes in the plan for the offender")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks; the list sorts by it")
    raised_at = models.DateTimeField(null=True, help_text="When an inspector asked the head of service for it")
    raised_with = models.CharField(max_length=200, blank=True, help_text="Who that is; empty = not raised")
    error_because = models.TextField(blank=True, help_text="Why it was no contact; empty = it is not in error")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], condition=~Q(state__in=["closed", "in_error"]), name="contacts_open"),
            models.Index(fields=["ppn"], name="contacts_of_a_notice"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(child_said="") & ~Q(what=""), name="a_contact_says_who_and_what"),
            models.CheckConstraint(
                condition=Q(state__in=["learned", "in_error"]) | Q(ppn__isnull=False, notice_at__isnull=False),
                name="a_contact_goes_on_with_a_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "closed"])
                | (~Q(decision="") & Q(decision_at__isnull=False) & ~Q(protects="")),
                name="a_contact_is_decided_with_the_decision",
            ),
            by_somebody("closed"),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(effect=""), name="a_contact_ends_in_the_plan"),
            models.CheckConstraint(
                condition=Q(state="in_error", error_because__gt="") | Q(~Q(state="in_error"), error_because=""),
                name="a_contact_is_in_error_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["nominal", "child"],
                condition=~Q(state__in=["closed", "in_error"]),
                name="one_open_contact_with_a_child",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("childcontact", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_offenders(who, "nominal__person") & may_see_person(who, "child")

    @property
    def child_named(self) -> str:
        """By the name on record, or as they were told."""
        return self.child.name if self.child else self.child_said
