"""Where people live, how they are linked, where they were seen; and where nobody may know they live."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from cases.models.known import Known, may_see_person
from cases.models.person import Person
from places.models import District


class Address(Guarded):
    """A place people live at. Two spellings of one address are one: `key` is the house and the postcode."""

    text = models.CharField(max_length=300, help_text="As it was first written")
    postcode = models.CharField(max_length=8, blank=True, help_text="Empty = not known")
    uprn = models.CharField(max_length=12, blank=True, help_text="Unique Property Reference Number, where known")
    key = models.CharField(max_length=320, unique=True)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.text, self.postcode) if part)

    def get_absolute_url(self) -> str:
        return reverse("household", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """That a house stands somewhere is no secret; who lives there is a fact with its own rule."""
        return Q()


class Residence(Known):
    """A person lives or lived at an address."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="residences")
    starts = models.DateField(null=True, help_text="Empty = not known")
    ends = models.DateField(null=True, help_text="Empty = still there, as far as we know")

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lte=F("ends")), name="moved_out_after_moving_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.address_id}"

    @classmethod
    def current_on(cls, day: date) -> Q:
        """`is_current`, for the database."""
        return Q(withdrawn_at=None) & (Q(ends=None) | Q(ends__gte=day))

    def is_current(self, day: date) -> bool:
        return self.withdrawn_at is None and (self.ends is None or self.ends >= day)


class Relationship(Known):
    """One person is something to another: "person is the parent of other"."""

    class Kind(models.TextChoices):
        PARENT = "parent", "parent"
        STEP_PARENT = "step_parent", "step-parent"
        CARER = "carer", "carer or foster carer"
        GRANDPARENT = "grandparent", "grandparent"
        SIBLING = "sibling", "brother or sister"
        PARTNER = "partner", "partner"
        FORMER_PARTNER = "former_partner", "former partner"
        OTHER_FAMILY = "other_family", "other family"
        FRIEND = "friend", "friend"
        PROFESSIONAL = "professional", "professional (teacher, coach, worker)"
        POSES_RISK = "poses_risk", "person posing a risk"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_from")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_to")
    starts = models.DateField(null=True, help_text="Empty = not known")
    ends = models.DateField(null=True, help_text="Empty = goes on, as far as we know")

    about = ("person", "other")

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_is_related_to_themselves"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lte=F("ends")), name="a_relationship_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is {self.kind} of {self.other_id}"


class Sighting(Known):
    """A person was seen: at an address, with somebody, or both."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sightings")
    company = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="seen_with")
    address = models.ForeignKey(Address, null=True, on_delete=models.PROTECT, related_name="sightings")
    seen_at = models.DateTimeField()
    note = models.TextField(blank=True)

    about = ("person", "company")

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(company__isnull=False) | Q(address__isnull=False), name="seen_with_somebody_or_somewhere"
            ),
            models.CheckConstraint(condition=~Q(person=F("company")), name="nobody_is_seen_with_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} seen {self.seen_at}"


class ProtectedAddress(Guarded):
    """Where somebody lives whom nobody may find: a refuge, a placement. Never an `Address`: so no search, no
    household, no match and no sharing can show it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protected_addresses")
    address = models.TextField()
    protected_because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"protected address of {self.person_id}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return may_see_person(who, "person") if who.can(Can.SEE_PROTECTED_ADDRESS) else Q(pk__in=[])


class Reveal(models.Model):
    """Somebody looked at a protected address, and why. Added, never changed."""

    of = models.ForeignKey(ProtectedAddress, on_delete=models.PROTECT, related_name="reveals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    because = models.TextField()

    open_because = "who looked and why, never the address"

    def __str__(self) -> str:
        return f"{self.by_id} at {self.at}"
