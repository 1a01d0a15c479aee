"""Who is behind it: research, addresses, everybody who lives there, and the level that says how soon to act."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from cases.models import Address, Person
from cases.models.known import by_somebody, may_see_person
from govuk.fields import YesNoNotKnown as Answer
from online.codes import Confidence, Kirat, ResearchKind
from online.models.case import OfAnOnlineCase, sees_online, somebody


class ResearchAction(OfAnOnlineCase):
    """One thing a researcher did, what came of it, and what comes next."""

    kind = models.CharField(max_length=20, choices=ResearchKind.choices)
    what = models.TextField()
    result = models.TextField(blank=True, help_text="Empty = no answer yet")
    asked_ref = models.CharField(max_length=80, blank=True, help_text="Number of an application or authority, if any")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = somebody(null=False)
    next_step = models.TextField(blank=True)
    next_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="research_says_what_was_done"),
            models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name="research_was_done_before_recorded"),
        ]

    def __str__(self) -> str:
        return f"{ResearchKind(self.kind).label}: {self.what[:80]}"


class CandidateAddress(OfAnOnlineCase):
    """An address it may lead to. With attribution the checks for children begin."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", "Candidate"
        ATTRIBUTED = "attributed", "Attributed"
        RULED_OUT = "ruled_out", "Ruled out"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    address = models.ForeignKey(Address, null=True, on_delete=models.PROTECT, related_name="+")
    written = models.CharField(max_length=300, help_text="As it was written")
    postcode = models.CharField(max_length=10, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices)
    how = models.TextField(help_text="How we come to this address")
    warnings = models.TextField(blank=True, help_text="Animals, firearms, what officers must know; empty = not known")
    recorded_at = models.DateTimeField()
    recorded_by = somebody()
    attributed_at = models.DateTimeField(null=True)
    attributed_by = somebody()
    ruled_out_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(written=""), name="an_address_is_written"),
            models.CheckConstraint(
                condition=~Q(state="attributed") | Q(attributed_at__isnull=False), name="attributed_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="ruled_out") | ~Q(ruled_out_because=""), name="ruled_out_for_a_reason"
            ),
            by_somebody("attributed"),
        ]

    def __str__(self) -> str:
        return self.written

    def get_absolute_url(self) -> str:
        return reverse("candidateaddress", args=[self.pk])


class Occupant(OfAnOnlineCase):
    """Somebody who lives at a candidate address or is there often. Each adult is asked about: do they work with
    children? Not known is an answer for now, and none to close a case with."""

    class State(models.TextChoices):
        THERE = "there", "Lives there or is there often"
        GONE = "gone", "Does not live there"

    class Age(models.TextChoices):
        ADULT = "adult", "Adult"
        CHILD = "child", "Child"
        NOT_KNOWN = "not_known", "Not known"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    at = models.ForeignKey(CandidateAddress, on_delete=models.PROTECT, related_name="occupants")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name_said = models.CharField(max_length=200, help_text="As it was told; “not known” is an answer")
    age = models.CharField(max_length=10, choices=Age.choices)
    relation = models.CharField(max_length=200, blank=True, help_text="To the suspect or the household")
    is_suspect = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN.value)
    works_with_children = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN.value)
    post = models.CharField(max_length=200, blank=True, help_text="What they do, paid or not")
    employer = models.CharField(max_length=200, blank=True)
    works_known_at = models.DateTimeField(null=True, help_text="When we first knew that they work with children")
    works_how = models.TextField(blank=True, help_text="How we know, or whom we asked")
    known_offender = models.CharField(max_length=20, blank=True, help_text="Reference of the managed offender they are")
    recorded_at = models.DateTimeField()
    recorded_by = somebody()
    gone_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name_said=""), name="an_occupant_is_named_or_not_known"),
            models.CheckConstraint(
                condition=~Q(works_with_children="yes") | (Q(works_known_at__isnull=False) & ~Q(post="")),
                name="who_works_with_children_has_a_post",
            ),
            models.CheckConstraint(condition=~Q(state="gone") | ~Q(gone_because=""), name="gone_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name_said

    def get_absolute_url(self) -> str:
        return reverse("occupant", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """Hidden as well from whoever is never shown that person."""
        return sees_online(who, "online_case__case") & may_see_person(who, "person")

    @property
    def may_be_adult(self) -> bool:
        return self.age != self.Age.CHILD


class OccupantCheck(OfAnOnlineCase):
    """One system was asked about one occupant, and what it said."""

    occupant = models.ForeignKey(Occupant, on_delete=models.PROTECT, related_name="checks")
    system = models.CharField(max_length=20, choices=ResearchKind.choices)
    result = models.TextField(help_text="What was found; “nothing” is an answer")
    at = models.DateTimeField()
    by = somebody(null=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(result=""), name="a_check_has_a_result")]

    def __str__(self) -> str:
        return f"{ResearchKind(self.system).label}: {self.result[:80]}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "occupant__person")


class KiratAssessment(OfAnOnlineCase):
    """One run of KIRAT: the level and why. The tool's own questions and scoring are not kept here."""

    class State(models.TextChoices):
        SET = "set", "Set, not ratified"
        RATIFIED = "ratified", "Ratified"
        RETURNED = "returned", "Returned with reasons"
        REPLACED = "replaced", "Replaced by a later run"
        LAPSED = "lapsed", "The case ended before it was ratified"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    level = models.CharField(max_length=10, choices=Kirat.choices)
    tool_level = models.CharField(max_length=10, choices=Kirat.choices, help_text="What the tool itself gave")
    override_because = models.TextField(blank=True, help_text="Why another level was set than the tool gave")
    version = models.CharField(max_length=40, help_text="Of the tool")
    previous_behaviour = models.TextField(help_text="Step 1: what is known of previous behaviour")
    access_to_children = models.TextField(help_text="Step 2: access to children")
    current_behaviour = models.TextField(help_text="Step 3: current behaviour")
    other_factors = models.TextField(help_text="Step 4: other factors; “none known” is an answer")
    because = models.TextField(help_text="Why it was run: the first time, or what is new")
    assessed_at = models.DateTimeField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = somebody()
    decided_said = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["online_case"], condition=Q(state="set"), name="one_level_waits_at_a_time"),
            models.CheckConstraint(
                condition=Q(level=F("tool_level")) | ~Q(override_because=""), name="another_level_for_a_reason"
            ),
            by_somebody("decided"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("assessed_by")), name="nobody_ratifies_their_own_level"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decided_said=""), name="a_level_is_returned_with_reasons"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("kiratassessment", args=[self.pk])


class NewInformation(OfAnOnlineCase):
    """Something became known after the level was set. The level is looked at again, whatever comes of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "KIRAT not run again yet"
        TAKEN_UP = "taken_up", "KIRAT run again"
        CASE_OVER = "case_over", "The case ended first"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    what = models.TextField()
    source = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = somebody(help_text="Empty = Longstop itself")
    taken_up_in = models.ForeignKey(KiratAssessment, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(source=""), name="new_information_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "case_over"], taken_up_in=None)
                | Q(state="taken_up", taken_up_in__isnull=False),
                name="taken_up_in_an_assessment",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("newinformation", args=[self.pk])
