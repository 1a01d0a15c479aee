"""What everybody must know of an address or a telephone number before they act, whoever lives there or answers."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models.known import Known
from cases.models.links import Address

LENGTHS_IN_THIS_COUNTRY = (9, 10)
BEGINS_IN_THIS_COUNTRY = tuple("1235789")
"""Of a national number without its 0 (Ofcom, National Telephone Numbering Plan)."""


class PlaceMarker(Known):
    """A warning marker on an address or on a telephone number: exactly one of the two."""

    class Kind(models.TextChoices):
        HIGH_RISK_DA = "high_risk_da", "High-risk domestic abuse"
        MARAC = "marac", "Heard at MARAC"  # multi-agency risk assessment conference
        TRIGGER_PLAN = "trigger_plan", "Trigger plan for going missing"
        WEAPONS = "weapons", "Weapons or danger to officers"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        ON_RECORD = "on_record", "On record"

    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    address = models.ForeignKey(Address, null=True, on_delete=models.PROTECT, related_name="markers")
    number = models.CharField(max_length=15, blank=True, help_text="As it is compared (`matching.numbers.phone`)")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    note = models.TextField(blank=True)
    starts = models.DateField(null=True, help_text="Empty = not known")
    ends = models.DateField(null=True, help_text="Empty = not ended, as far as we know")

    about = ()

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(address__isnull=False, number="") | Q(address=None, number__gt=""),
                name="an_address_or_a_number_is_marked",
            ),
            models.CheckConstraint(condition=~Q(kind="other") | Q(note__gt=""), name="another_marker_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lte=F("ends")), name="a_marker_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["number"], condition=Q(number__gt="", withdrawn_at=None), name="marked_number")]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        """Where it is read: an address has a page of its own, a number has none."""
        return self.address.get_absolute_url() if self.address else reverse("marker", args=[self.pk])

    @property
    def words(self) -> str:
        """What it warns of, with the note."""
        kind = self.Kind(self.kind)
        if kind == self.Kind.OTHER:
            return self.note
        return f"{kind.label}: {self.note}" if self.note else str(kind.label)

    @property
    def where(self) -> str:
        """The address or the number, in words."""
        return str(self.address) if self.address else as_dialled(self.number)

    def holds_on(self, day: date) -> bool:
        begun = self.starts is None or self.starts <= day
        return self.withdrawn_at is None and begun and (self.ends is None or self.ends >= day)


def as_dialled(plain: str) -> str:
    """ "07700 900461", or with + where it is no number of this country. What is no number stays as it was written."""
    if not plain.isdecimal():
        return plain
    if len(plain) in LENGTHS_IN_THIS_COUNTRY and plain.startswith(BEGINS_IN_THIS_COUNTRY):
        return f"0{plain[:4]} {plain[4:]}"
    return f"+{plain}"
