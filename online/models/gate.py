"""The safeguarding gate: who looked for children, each child and what was done for them, and enforcement behind it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from cases.models import Person
from cases.models.known import by_somebody, may_see_person
from govuk.fields import YesNoNotKnown as Answer
from online.codes import CareOutcome, EnforcementKind
from online.models.case import OfAnOnlineCase, sees_online, somebody
from online.models.research import CandidateAddress, Occupant
from places.models import School
from ppn.models import Ppn
from strategy.models import StrategyMeeting


class ChildrenCheck(OfAnOnlineCase):
    """Somebody looks for children at an attributed address. “None found” only with where they looked."""

    class State(models.TextChoices):
        DUE = "due", "Nobody has looked yet"
        FOUND = "found", "Children found"
        NONE_FOUND = "none_found", "No child found, checked"
        NOT_NEEDED = "not_needed", "The address was ruled out"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    at = models.ForeignKey(CandidateAddress, on_delete=models.PROTECT, related_name="children_checks")
    asked_at = models.DateTimeField(help_text="When the address was attributed")
    sources = models.TextField(blank=True, help_text="Where they looked")
    result = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = somebody()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            by_somebody("done"),
            models.CheckConstraint(
                condition=~Q(state__in=["found", "none_found"]) | (~Q(sources="") & ~Q(result="")),
                name="children_were_looked_for_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("childrencheck", args=[self.pk])


class LinkedChild(OfAnOnlineCase):
    """A child whom it may concern: at the address, in contact with the suspect, or recognised in images."""

    class State(models.TextChoices):
        KNOWN = "known", "Known, no notice yet"
        NOTICED = "noticed", "Notice submitted"
        DISCUSSED = "discussed", "Strategy discussion held"
        SETTLED = "settled", "Outcome of social care recorded"
        IN_ERROR = "in_error", "Recorded in error"

    class How(models.TextChoices):
        LIVES_THERE = "lives_there", "Lives at the address"
        STAYS_THERE = "stays_there", "Stays there at times"
        CONTACT = "contact", "Has contact with the suspect elsewhere"
        IN_IMAGES = "in_images", "Recognised in images"
        THROUGH_WORK = "through_work", "Through the work of an adult there"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name_said = models.CharField(max_length=200, help_text="“Not known” is an answer")
    age_said = models.CharField(max_length=40, blank=True, help_text="Empty = not known")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    authority_said = models.CharField(max_length=120, blank=True, help_text="Local authority; empty = not known")
    how = models.CharField(max_length=20, choices=How.choices)
    what = models.TextField(help_text="How we know")
    known_at = models.DateTimeField(help_text="When the first of us knew of the child")
    recorded_by = somebody(help_text="Empty = Longstop itself")
    ppn = models.ForeignKey(Ppn, null=True, on_delete=models.PROTECT, related_name="+")
    notice_at = models.DateTimeField(null=True)
    strategy = models.ForeignKey(StrategyMeeting, null=True, on_delete=models.PROTECT, related_name="+")
    discussed_at = models.DateTimeField(null=True, help_text="When the agencies first discussed the child")
    discussed_last_at = models.DateTimeField(null=True, help_text="When they last did")
    contacted_at = models.DateTimeField(null=True, help_text="Last contact with the social worker")
    seen_at = models.DateTimeField(null=True, help_text="When police last saw the child in person")
    outcome = models.CharField(max_length=20, choices=CareOutcome.choices, blank=True)
    outcome_said = models.TextField(blank=True)
    outcome_from = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = somebody()
    error_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by whichever clock runs out first")

    class Meta:
        verbose_name_plural = "linked children"
        constraints = [
            models.CheckConstraint(condition=~Q(name_said="") & ~Q(what=""), name="a_child_is_named_or_not_known"),
            models.CheckConstraint(
                condition=Q(state__in=["known", "in_error"]) | Q(ppn__isnull=False, notice_at__isnull=False),
                name="a_child_was_noticed_by_a_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state="discussed") | Q(discussed_at__isnull=False), name="a_child_was_discussed_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(discussed_at=None, discussed_last_at=None)
                | Q(discussed_at__isnull=False, discussed_last_at__gte=F("discussed_at")),
                name="a_child_was_last_discussed_after_first",
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | (~Q(outcome="") & ~Q(outcome_from="")),
                name="a_child_is_settled",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_error") | ~Q(error_because=""), name="no_linked_child_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("linkedchild", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "person")

    @property
    def named(self) -> str:
        """By the name on record, else as it was told."""
        return self.person.name if self.person else self.name_said

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for the child."""
        return self.state in CHILD_OPEN


CHILD_OPEN = [LinkedChild.State.KNOWN.value, LinkedChild.State.NOTICED.value, LinkedChild.State.DISCUSSED.value]
"""Linked with the case, and social care has not said what it decided."""


class NotConcerned(OfAnOnlineCase):
    """A child whom our records put near the case, and why it does not concern them. Asked once, answered once."""

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    occupant = models.ForeignKey(Occupant, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    at = models.DateTimeField()
    by = somebody(null=False)

    class Meta:
        verbose_name_plural = "not concerned"
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="not_concerned_for_a_reason"),
            models.CheckConstraint(
                condition=Q(person=None, occupant__isnull=False) | Q(person__isnull=False, occupant=None),
                name="not_concerned_is_about_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.because[:80]

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "person")


class SocialWorkerContact(OfAnOnlineCase):
    """Somebody spoke with the social worker of a linked child."""

    child = models.ForeignKey(LinkedChild, on_delete=models.PROTECT, related_name="contacts")
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    said = models.TextField()
    by = somebody(null=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(who="") & ~Q(said=""), name="a_social_worker_said_so")]

    def __str__(self) -> str:
        return f"{self.who}: {self.said[:80]}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "child__person")


class GateOverride(OfAnOnlineCase):
    """Enforcement without what comes before it: decided by an inspector, or it happened. A discussion is owed."""

    class State(models.TextChoices):
        OWED = "owed", "Strategy discussion still to be held"
        HELD = "held", "Strategy discussion held"

    class Kind(models.TextChoices):
        DECIDED = "decided", "An inspector decided"
        HAPPENED = "happened", "It was carried out although the gate was shut"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    missing = models.TextField(help_text="What had not been done, as it stood then")
    because = models.TextField()
    at = models.DateTimeField()
    by = somebody(null=False)
    held_at = models.DateTimeField(null=True)
    strategy = models.ForeignKey(StrategyMeeting, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="the_gate_is_overridden_for_a_reason"),
            models.CheckConstraint(condition=~Q(state="held") | Q(held_at__isnull=False), name="the_owed_one_was_held"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("gateoverride", args=[self.pk])


class Enforcement(OfAnOnlineCase):
    """A warrant, an arrest, a search, a voluntary attendance: planned behind the gate, and what came of it."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        DONE = "done", "Carried out"
        CALLED_OFF = "called_off", "Called off"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    kind = models.CharField(max_length=20, choices=EnforcementKind.choices)
    voluntary_because = models.TextField(blank=True, help_text="No bail conditions follow: why nevertheless")
    planned_for = models.DateTimeField()
    planned_at = models.DateTimeField()
    planned_by = somebody(null=False)
    briefing = models.TextField(help_text="Who goes, what they must know")
    child_plan = models.TextField(help_text="Who sees the children, who stays with them; “no child” is an answer")
    social_worker = models.CharField(max_length=200, blank=True, help_text="Who of social care comes; empty = nobody")
    welfare_plan = models.TextField(help_text="Risk of suicide of the suspect, and what is done about it")
    override = models.OneToOneField(
        GateOverride, null=True, on_delete=models.PROTECT, related_name="used_by", help_text="Good for this one alone"
    )
    happened = models.OneToOneField(
        GateOverride, null=True, on_delete=models.PROTECT, related_name="of", help_text="The gate was shut all the same"
    )
    done_at = models.DateTimeField(null=True)
    done_by = somebody()
    result = models.TextField(blank=True)
    devices = models.PositiveSmallIntegerField(null=True, help_text="How many were seized; empty = not known")
    children_seen = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    called_off_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["online_case"], condition=Q(state="planned"), name="one_enforcement_planned_at_a_time"
            ),
            by_somebody("done"),
            models.CheckConstraint(
                condition=~Q(kind="voluntary") | ~Q(voluntary_because=""), name="voluntary_only_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(briefing="") & ~Q(child_plan="") & ~Q(welfare_plan=""), name="enforcement_is_planned_whole"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(done_at__isnull=False) & ~Q(result="")),
                name="done_with_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(state="called_off") | ~Q(called_off_because=""), name="called_off_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("enforcement", args=[self.pk])
