"""After enforcement: suspects, bail and its conditions, safety plans, the designated officer, seized devices."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from cases.models import Person
from cases.models.known import by_somebody, may_see_person
from documents.models import Attachment
from offenders.models import Nominal
from online.codes import Authority, Status
from online.models.case import OfAnOnlineCase, sees_online, somebody
from online.models.research import Occupant
from partners.models import Agency


class Suspect(OfAnOnlineCase):
    """Somebody suspected, and where they stand. Never called an offender here."""

    State = Status

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=Status.choices, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name_said = models.CharField(max_length=200, help_text="“Not known” is an answer")
    occupant = models.ForeignKey(Occupant, null=True, on_delete=models.PROTECT, related_name="+")
    nominal = models.ForeignKey(Nominal, null=True, on_delete=models.PROTECT, related_name="+")
    suspected_at = models.DateTimeField()
    arrested_at = models.DateTimeField(null=True, help_text="Or first interviewed as a volunteer")
    changed_at = models.DateTimeField(help_text="When they last came to stand as they do")
    because = models.TextField(blank=True, help_text="Why released under investigation, or no further action")
    protects = models.TextField(blank=True, help_text="How linked children are protected now, without conditions")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name_said=""), name="a_suspect_is_named_or_not_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["rui", "nfa"]) | ~Q(because=""), name="released_or_let_go_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["arrested", "interviewed", "bailed", "rui", "charged"])
                | Q(arrested_at__isnull=False),
                name="arrested_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("suspect", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "person")


class Bail(OfAnOnlineCase):
    """One suspect's pre-charge bail: its conditions, and the moment at which they protect nobody any more."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", "In force"
        ENDED = "ended", "Ended"
        LAPSED = "lapsed", "Lapsed"

    child_known: bool = False
    """A child has just been linked, in a transaction that has not saved it yet; nothing of it is in this table."""

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="bails")
    released_at = models.DateTimeField()
    starts_on = models.DateField(help_text="Bail start date: the day after the arrest")
    custody_officer = models.CharField(max_length=200)
    about_contact = models.TextField(help_text="Conditions on contact; “none, because …” is an answer")
    about_address = models.TextField(help_text="Conditions on where they live and may go")
    about_devices = models.TextField(help_text="Conditions on devices and the internet")
    expires_at = models.DateTimeField(help_text="When the conditions end, after every extension")
    authority = models.CharField(max_length=20, choices=Authority.choices, default=Authority.CUSTODY.value)
    rule = models.CharField(max_length=200, help_text="The rule of the Act it was counted by")
    applied_at = models.DateTimeField(null=True, help_text="Court asked to extend it, and it has not decided (s.47ZJ)")
    ended_at = models.DateTimeField(null=True)
    ended_by = somebody()
    ended_because = models.TextField(blank=True)
    breaches = models.PositiveSmallIntegerField(default=0)
    breached_at = models.DateTimeField(null=True, help_text="Since when we know of a breach nobody has decided on")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suspect"], condition=Q(state="in_force"), name="one_bail_at_a_time"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("released_at")), name="bail_ends_after_it_began"),
            models.CheckConstraint(
                condition=~Q(about_contact="") & ~Q(about_address="") & ~Q(about_devices=""),
                name="each_condition_is_said",
            ),
            by_somebody("ended"),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(ended_because=""), name="bail_ended_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("bail", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "suspect__person")


class BailChange(OfAnOnlineCase):
    """Bail was extended, its conditions were varied, or it was breached: who, when, by what rule."""

    class What(models.TextChoices):
        EXTENDED = "extended", "Extended"
        VARIED = "varied", "Conditions varied"
        BREACHED = "breached", "Breached"

    bail = models.ForeignKey(Bail, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()
    by = somebody(null=False)
    authority = models.CharField(max_length=20, choices=Authority.choices, blank=True)
    authorised_by = models.CharField(max_length=200, blank=True)
    expired_at = models.DateTimeField(null=True, help_text="When it would have ended")
    expires_at = models.DateTimeField(null=True, help_text="When it ends now")
    rule = models.CharField(max_length=200, blank=True, help_text="The rule of the Act it was counted by")
    because = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="extended")
                | (~Q(authority="") & ~Q(authorised_by="") & ~Q(rule="") & Q(expires_at__gt=F("expired_at"))),
                name="bail_is_extended_by_authority",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="bail_is_changed_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.What(self.what).label}: {self.because[:80]}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "bail__suspect__person")


class SafetyPlan(OfAnOnlineCase):
    """How a child is kept safe while a suspect is on bail or free: the plan itself, where everybody finds it."""

    class State(models.TextChoices):
        NEEDED = "needed", "Not filed yet"
        FILED = "filed", "Filed"
        NOT_NEEDED = "not_needed", "Not needed"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT, related_name="safety_plans")
    needed_since = models.DateTimeField(help_text="Release of the suspect")
    why_not_yet = models.TextField(blank=True, help_text="Why it was not there at release")
    plan = models.TextField(blank=True, help_text="Who lives where, who sees the child, who checks; in words")
    agreed_with = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(null=True)
    filed_by = somebody()
    not_needed_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="filed") | (~Q(plan="") & ~Q(agreed_with="") & Q(filed_at__isnull=False)),
                name="a_safety_plan_says_how",
            ),
            by_somebody("filed"),
            models.CheckConstraint(
                condition=~Q(state="not_needed") | ~Q(not_needed_because=""), name="no_safety_plan_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("safetyplan", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "suspect__person")


class LadoReferral(OfAnOnlineCase):
    """An adult works with children: the local authority's designated officer (LADO) is told within a working day."""

    class State(models.TextChoices):
        DUE = "due", "Not referred yet"
        REFERRED = "referred", "Referred"
        ANSWERED = "answered", "Answered"
        NOT_NEEDED = "not_needed", "Not needed"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    occupant = models.ForeignKey(Occupant, on_delete=models.PROTECT, related_name="lado_referrals")
    known_at = models.DateTimeField(help_text="When we first knew that they work with children")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True, help_text="Exactly what the designated officer is told")
    referred_at = models.DateTimeField(null=True)
    referred_by = somebody()
    reply = models.TextField(blank=True)
    reply_from = models.CharField(max_length=200, blank=True)
    replied_at = models.DateTimeField(null=True)
    chased = models.PositiveSmallIntegerField(default=0, help_text="How often we asked for the answer again")
    transfer_of_risk = models.TextField(blank=True, help_text="What was decided on risk at their work")
    not_needed_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occupant"], condition=~Q(state="not_needed"), name="one_referral_for_one_adult"
            ),
            by_somebody("referred"),
            models.CheckConstraint(
                condition=~Q(state__in=["referred", "answered"])
                | (Q(agency__isnull=False, referred_at__isnull=False) & ~Q(said="")),
                name="referred_to_somebody_in_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(reply="") & ~Q(reply_from="")), name="a_lado_answer_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(state="not_needed") | ~Q(not_needed_because=""), name="no_lado_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("ladoreferral", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_online(who, "online_case__case") & may_see_person(who, "occupant__person")


class Device(OfAnOnlineCase):
    """One seized device: an exhibit number, never what is on it. Images go to the national database, not here."""

    class State(models.TextChoices):
        SEIZED = "seized", "Seized, not examined"
        EXAMINED = "examined", "Examined, not uploaded"
        UPLOADED = "uploaded", "Uploaded for victim identification"
        NOTHING = "nothing", "Nothing to upload"
        RETURNED = "returned", "Returned without examination"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    exhibit = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    seized_at = models.DateTimeField()
    recorded_by = somebody()
    examined_at = models.DateTimeField(null=True)
    examined_said = models.TextField(blank=True)
    uploaded_at = models.DateTimeField(null=True)
    caid_ref = models.CharField(max_length=80, blank=True, help_text="Reference in the Child Abuse Image Database")
    ended_because = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["online_case", "exhibit"], name="one_device_for_an_exhibit"),
            models.CheckConstraint(
                condition=~Q(state="uploaded") | (Q(uploaded_at__isnull=False) & ~Q(caid_ref="")),
                name="uploaded_with_a_reference",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["nothing", "returned"]) | ~Q(ended_because=""), name="no_upload_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("device", args=[self.pk])
