"""Somebody whom the police manage because of the harm they may do. ViSOR stays the primary record; this is the layer of
tasks, approvals, deadlines and safeguarding. There is no field for a bank account or card, and there will be none."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team
from cases.models import Person
from cases.models.known import by_somebody, may_see_person
from govuk.fields import YesNoNotKnown as Answer
from offenders.codes import Access, Category, LeadAgency, Level, ManagedAs, OrderKind, Risk, Whereabouts


def sees_offenders(who: Actor, person: str) -> Q:
    """By those whose work it is, and who may see the person."""
    return may_see_person(who, person) if who.can(Can.SEE_OFFENDERS) else Q(pk__in=[])


GONE = ["transferred", "ended", "archived"]
"""States in which nobody manages them here any more."""


class Nominal(Guarded):
    """One managed person. Always somebody's: a named offender manager, whoever that is today."""

    class State(models.TextChoices):
        PRE_SENTENCE = "pre_sentence", "Before sentence"
        AWAITING_VISIT = "awaiting_visit", "Registered, awaiting first visit"
        ACTIVE = "active", "Managed actively"
        REACTIVE = "reactive", "Managed reactively"
        IN_CUSTODY = "in_custody", "In custody or hospital"
        RELEASED = "released", "Released, awaiting a visit"
        TRANSFERRED = "transferred", "Transferred out"
        ENDED = "ended", "No longer managed"
        ARCHIVED = "archived", "Archived"

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominals")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    managed_as = models.CharField(max_length=20, choices=ManagedAs.choices)
    external_system = models.CharField(max_length=40, blank=True, help_text="ViSOR, or what replaces it; empty = none")
    external_ref = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=10, choices=Category.choices)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.ONE.value)
    lead_agency = models.CharField(max_length=20, choices=LeadAgency.choices, default=LeadAgency.POLICE.value)
    risk = models.CharField(max_length=20, choices=Risk.choices, default=Risk.NOT_ASSESSED.value)
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.ACTIVE.value)
    whereabouts = models.CharField(max_length=20, choices=Whereabouts.choices, default=Whereabouts.COMMUNITY.value)
    no_fixed_abode = models.BooleanField(default=False)
    children_at_home = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN.value)
    warnings = models.TextField(blank=True, help_text="What whoever goes there must know; empty = nothing is known")

    sentence_on = models.DateField(null=True, help_text="Day of sentence; empty = not known, or over")
    missing_since = models.DateTimeField(null=True, help_text="Wanted or missing since; empty = neither")
    looked_for_at = models.DateTimeField(null=True, help_text="When somebody last looked for them")

    began_at = models.DateTimeField(help_text="Since when police manage them")
    notified_at = models.DateTimeField(null=True, help_text="When we were told that they are ours, or were released")
    relevant_on = models.DateField(null=True, help_text="Relevant date (s.82); empty = not registered")
    period_ends_on = models.DateField(null=True, help_text="Last day of the notification period; empty = see below")
    indefinite = models.BooleanField(default=False, help_text="The notification period has no end")
    first_notified_on = models.DateField(null=True, help_text="First notification; a review counts from it (s.91B)")
    last_notified_on = models.DateField(null=True, help_text="Last notification under ss.83, 84 or 85")

    first_visited_at = models.DateTimeField(null=True)
    last_visited_at = models.DateTimeField(null=True)
    visit_due_at = models.DateTimeField(null=True, help_text="Kept by its clocks; lists sort by it")
    active_again_at = models.DateTimeField(
        null=True, help_text="When they were last made active again after being managed reactively; empty = never"
    )
    interval_days = models.PositiveSmallIntegerField(null=True, help_text="Of the approved plan; empty = the tariff")
    interval_for = models.CharField(
        max_length=20,
        choices=Risk.choices,
        blank=True,
        help_text="The risk that interval was set for; empty = not known",
    )
    assessed_at = models.DateTimeField(null=True, help_text="When the last assessment was approved")
    assessment_due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    reassess_since = models.DateTimeField(
        null=True, help_text="Something happened that asks for a new assessment; empty = nothing since the last"
    )
    reassess_because = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True, help_text="Last MAPPA review")
    review_due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    low_since = models.DateField(null=True, help_text="Assessed low without a break since then")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["visit_due_at", "id"], name="nominal_visits"),
            models.Index(fields=["manager", "state"], name="nominal_manager"),
            models.Index(fields=["assessment_due_at"], name="nominal_assessments"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["external_system", "external_ref"],
                condition=~Q(external_ref=""),
                name="one_nominal_for_an_external_reference",
            ),
            models.CheckConstraint(
                condition=Q(external_system="", external_ref="") | (~Q(external_system="") & ~Q(external_ref="")),
                name="an_external_reference_names_its_system",
            ),
            models.CheckConstraint(
                condition=~Q(managed_as="rso")
                | Q(state__in=["pre_sentence", "in_custody", *GONE])
                | Q(relevant_on__isnull=False),
                name="a_registered_offender_has_a_relevant_date",
            ),
            models.CheckConstraint(
                condition=Q(relevant_on=None)
                | Q(indefinite=True, period_ends_on=None)
                | Q(indefinite=False, period_ends_on__gte=F("relevant_on")),
                name="a_period_ends_or_is_indefinite",
            ),
            models.CheckConstraint(
                condition=Q(reassess_since=None, reassess_because="")
                | (Q(reassess_since__isnull=False) & ~Q(reassess_because="")),
                name="assessed_again_for_a_reason",
            ),
            by_somebody("ended"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="") | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="managing_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("nominal", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_offenders(who, "person")

    @property
    def is_registered(self) -> bool:
        return self.managed_as == ManagedAs.RSO

    @property
    def is_before_sentence(self) -> bool:
        """Charged with an offence that would make them notify, and not convicted of it yet."""
        return self.is_registered and self.relevant_on is None

    @property
    def is_ours(self) -> bool:
        return self.state not in GONE


OURS = [
    Nominal.State.PRE_SENTENCE.value,
    Nominal.State.AWAITING_VISIT.value,
    Nominal.State.ACTIVE.value,
    Nominal.State.REACTIVE.value,
    Nominal.State.IN_CUSTODY.value,
    Nominal.State.RELEASED.value,
]
"""States in which a nominal is managed here and counts in somebody's load."""
VISITED = [Nominal.State.AWAITING_VISIT.value, Nominal.State.ACTIVE.value, Nominal.State.RELEASED.value]


class OfANominal(Guarded):
    """A record about one managed person. Its team and its owner are theirs, whoever manages them now."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_offenders(who, "nominal__person")

    @property
    def team(self) -> Team:
        team: Team = self.nominal.team
        return team


class Requirement(OfANominal):
    """One conviction, caution or finding that makes somebody notify (Sexual Offences Act 2003 s.80)."""

    offence = models.CharField(max_length=200, help_text="As listed in Schedule 3")
    disposal = models.CharField(max_length=40, help_text="A code of `offenders.statutory.DISPOSALS`")
    relevant_on = models.DateField(help_text="Relevant date (s.82(6)): of the conviction, caution or finding")
    under_18 = models.BooleanField(help_text="Under 18 on the relevant date: the period is half (s.82(2))")
    ends_on = models.DateField(null=True, help_text="Last day; empty = indefinite")
    rule = models.CharField(max_length=120, help_text="The rule of the Act it was counted by")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(offence=""), name="a_requirement_names_its_offence")]

    def __str__(self) -> str:
        return self.offence


class CivilOrder(OfANominal):
    """An order of a court about somebody: what they may not do, and until when."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", "In force"
        ENDED = "ended", "Ended"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    kind = models.CharField(max_length=20, choices=OrderKind.choices)
    terms = models.TextField(help_text="What they may not do or must do, as the order says")
    protects_children = models.CharField(max_length=10, choices=Answer.choices)
    made_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="Last day; empty = until a further order")
    recorded_at = models.DateTimeField()
    varied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(terms=""), name="an_order_says_what"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("made_on")), name="an_order_ends_later"
            ),
            by_somebody("ended"),
            models.CheckConstraint(
                condition=Q(state="in_force", ended_at=None) | Q(state="ended", ended_at__isnull=False),
                name="an_order_is_in_force_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("civilorder", args=[self.pk])


class LegacyFolder(OfANominal):
    """Where something stands in the secure folders of before: read there, never added to."""

    system = models.CharField(max_length=80)
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=200, blank=True)
    dated_on = models.DateField(null=True, help_text="Empty = not known")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nominal", "system", "number"], name="one_legacy_reference")]

    def __str__(self) -> str:
        return f"{self.system} {self.number}"
