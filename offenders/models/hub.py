"""The ViSOR hub: its tasks, transfers between forces, lists that are compared with our records; peer scrutiny."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can, Role
from accounts.duty import team_of
from accounts.models import Team
from cases.models.known import by_somebody
from offenders.codes import Grade, TaskKind
from offenders.models.nominal import Nominal, OfANominal, sees_offenders


class ImportedList(Guarded):
    """A list that was compared with our records: releases, transfers in, travel notices. Kept as figures and a hash."""

    class State(models.TextChoices):
        COMPARED = "compared", "Compared"

    class Kind(models.TextChoices):
        RELEASES = "releases", "Releases from custody"
        TRANSFERS = "transfers", "Transfers in"
        TRAVEL = "travel", "Travel notices"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200, help_text="Of the file")
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    agreed = models.PositiveIntegerField(help_text="Rows that say what we say")
    differing = models.PositiveIntegerField(help_text="Rows that became a task, or joined one that is open")
    unreadable = models.PositiveIntegerField(help_text="Rows that could not be read; each is kept with its reason")
    compared_at = models.DateTimeField()
    compared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "sha256"], name="a_file_is_compared_once")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("importedlist", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return Q() if who.can(Can.SEE_OFFENDERS) else Q(pk__in=[])


class HubTask(Guarded):
    """One thing that has to be put on ViSOR. It is done with the reference and the time of the update, typed in."""

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        ASSIGNED = "assigned", "Assigned"
        IN_PROGRESS = "in_progress", "In progress"
        QUERIED = "queried", "Waits for an answer"
        UPDATED = "updated", "On ViSOR, to be checked by a second person"
        CLOSED = "closed", "Closed"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    hub = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    nominal = models.ForeignKey(
        Nominal, null=True, on_delete=models.PROTECT, related_name="hub_tasks", help_text="Empty = not on our books"
    )
    kind = models.CharField(max_length=20, choices=TaskKind.choices)
    what = models.TextField()
    source = models.CharField(max_length=200, help_text="Who sent it, or which record or list it comes from")
    arises_from = models.UUIDField(null=True, help_text="Our record that made it necessary; empty = none")
    listed_in = models.ForeignKey(ImportedList, null=True, on_delete=models.PROTECT, related_name="tasks")
    received_at = models.DateTimeField()
    happens_at = models.DateTimeField(null=True, help_text="Departure or release; empty = not that kind")
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock; the queue sorts by it")
    visor_ref = models.CharField(max_length=40, blank=True)
    updated_at = models.DateTimeField(null=True, help_text="When it was put on ViSOR, as typed")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    to_verify = models.BooleanField(default=False, help_text="Drawn at random for a second person")
    draw = models.CharField(max_length=80, blank=True, help_text="What it was drawn by: anybody can draw it again")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_said = models.TextField(blank=True, help_text="Why nothing had to be put on ViSOR, or what the check found")
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], condition=~Q(state="closed"), name="hub_tasks_open"),
            models.Index(fields=["kind"], condition=~Q(state="closed"), name="hub_tasks_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="a_hub_task_says_what"),
            models.CheckConstraint(
                condition=~Q(state="updated") | (~Q(visor_ref="") & Q(updated_at__isnull=False)),
                name="on_visor_with_its_reference_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(updated_at__isnull=False) | ~Q(closed_said=""),
                name="closed_with_an_update_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | Q(updated_by=None) | ~Q(verified_by=F("updated_by")),
                name="nobody_verifies_their_own_update",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "in_progress", "queried"]) | Q(assigned_to__isnull=False),
                name="an_assigned_task_is_somebodys",
            ),
            by_somebody("verified"),
            by_somebody("updated"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("hubtask", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_offenders(who, "nominal__person")

    @property
    def team(self) -> Team:
        return self.hub


class HubQuery(Guarded):
    """The hub asks an offender manager something; the task waits, its clock does not."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        ANSWERED = "answered", "Answered"
        NOT_NEEDED = "not_needed", "No longer needed"

    reference = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    task = models.ForeignKey(HubTask, on_delete=models.PROTECT, related_name="queries")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "hub queries"
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(state="asked"), name="one_question_at_a_time"),
            models.CheckConstraint(condition=~Q(question=""), name="a_query_asks_something"),
            by_somebody("answered"),
            models.CheckConstraint(condition=~Q(state="answered") | ~Q(answer=""), name="an_answer_says_something"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("hubquery", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_offenders(who, "task__nominal__person")

    @property
    def team(self) -> Any:
        nominal = self.task.nominal
        return nominal.team if nominal else team_of(Role.OFFENDER_MANAGER)


class UnreadableRow(Guarded):
    """A row of a list that could not be read, as it was, with the reason. Nothing is dropped."""

    imported = models.ForeignKey(ImportedList, on_delete=models.PROTECT, related_name="unread")
    line = models.PositiveIntegerField()
    text = models.TextField()
    because = models.TextField()

    def __str__(self) -> str:
        return f"line {self.line}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return Q() if who.can(Can.SEE_OFFENDERS) else Q(pk__in=[])


class Transfer(Guarded):
    """An offender goes to another force, or comes from one. Whoever has them keeps them until the other accepts."""

    class State(models.TextChoices):
        REQUESTED = "requested", "Asked for"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Way(models.TextChoices):
        IN = "in", "To us"
        OUT = "out", "From us"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    way = models.CharField(max_length=10, choices=Way.choices)
    nominal = models.ForeignKey(
        Nominal, null=True, on_delete=models.PROTECT, related_name="transfers", help_text="Empty = not on our books yet"
    )
    name_given = models.CharField(max_length=200, help_text="As the request names them")
    external_ref = models.CharField(max_length=40, blank=True)
    force = models.CharField(max_length=200, help_text="The other force")
    contact = models.CharField(max_length=200, help_text="Who answers there")
    moves_on = models.DateField(null=True, help_text="When they move; empty = have moved, or not known")
    because = models.TextField()
    risk = models.CharField(max_length=200, blank=True, help_text="As the other force assesses it; empty = not said")
    requested_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_by_name = models.CharField(max_length=200, blank=True, help_text="At the other force, where they decide")
    decision_because = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="requested"), name="transfers_in_limbo")]
        constraints = [
            models.UniqueConstraint(fields=["nominal"], condition=Q(state="requested"), name="one_transfer_at_a_time"),
            models.UniqueConstraint(
                fields=["external_ref"],
                condition=Q(state="requested", way="in") & ~Q(external_ref=""),
                name="one_request_for_a_reference",
            ),
            models.CheckConstraint(
                condition=~Q(because="") & ~Q(force="") & ~Q(name_given=""), name="a_transfer_says_who_and_why"
            ),
            models.CheckConstraint(condition=~Q(way="out") | Q(nominal__isnull=False), name="whom_we_transfer_is_ours"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision_because=""), name="a_transfer_is_refused_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted", way="out") | ~Q(accepted_by_name=""), name="accepted_by_a_named_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(nominal__isnull=False), name="whoever_was_accepted_is_on_our_books"
            ),
            by_somebody("decided"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("transfer", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_offenders(who, "nominal__person")

    @property
    def team(self) -> Team:
        return self.nominal.team if self.nominal else team_of(Role.OFFENDER_MANAGER)


class ScrutinyRound(Guarded):
    """Every fortnight, managers of other teams look at records of a team that were drawn at random."""

    class State(models.TextChoices):
        DRAWN = "drawn", "Drawn, not all looked at"
        DONE = "done", "Done"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    looked_at_by = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = there is only one team"
    )
    seed = models.CharField(max_length=80, help_text="Anybody can draw the same again with it")
    size = models.PositiveSmallIntegerField(help_text="How many were to be drawn, as the force had set it then")
    drawn_from = models.JSONField(help_text="Everybody it was drawn from, in order: [reference, risk]")
    counts_from = models.DateTimeField(help_text="The last round, or when this one was begun")
    drawn_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=Q(state="drawn"), name="one_round_of_a_team"),
            models.CheckConstraint(
                condition=Q(state="drawn", done_at=None) | Q(state="done", done_at__isnull=False),
                name="a_round_is_done",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("scrutinyround", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return Q() if who.can(Can.SEE_OFFENDERS) else Q(pk__in=[])


class ScrutinyItem(OfANominal):
    """One record that was drawn: who looks at it, what they found, and what has to be done about it."""

    class State(models.TextChoices):
        TO_LOOK_AT = "to_look_at", "To be looked at"
        GRADED = "graded", "Graded, with something to do"
        CLOSED = "closed", "Closed"

    reference = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    round = models.ForeignKey(ScrutinyRound, on_delete=models.PROTECT, related_name="items")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    found = models.TextField(blank=True)
    plan_is_bespoke = models.CharField(
        max_length=10, blank=True, choices=[("yes", "Yes"), ("part", "In part"), ("no", "No")]
    )
    action = models.TextField(blank=True, help_text="Empty = nothing has to be done")
    graded_at = models.DateTimeField(null=True)
    action_due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_said = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "nominal"], name="drawn_once_in_a_round"),
            by_somebody("done"),
            models.CheckConstraint(
                condition=Q(state="to_look_at") | (~Q(grade="") & ~Q(found="")), name="scrutiny_ends_in_a_grade"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(action="") | ~Q(done_said=""),
                name="a_scrutiny_action_is_done_with_words",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("scrutinyitem", args=[self.pk])
