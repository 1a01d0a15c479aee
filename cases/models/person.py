"""A person: names, age, flags, numbers, and the records they are part of."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from cases.models.case import Case, Restriction, about_a_case
from cases.models.known import Known
from cases.withheld import not_withheld
from govuk.fields import YesNoNotKnown as Answer
from places.models import School

ADULT_AT = 18


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Neither, or both"
    NOT_KNOWN = "not_known", "Not known"


class Ethnicity(models.TextChoices):
    """The 18+1 self-defined codes that police forces use; "not stated" is the +1."""

    W1 = "W1", "White: English, Welsh, Scottish, Northern Irish or British"
    W2 = "W2", "White: Irish"
    W3 = "W3", "White: Gypsy or Irish Traveller"
    W9 = "W9", "White: any other White background"
    M1 = "M1", "Mixed: White and Black Caribbean"
    M2 = "M2", "Mixed: White and Black African"
    M3 = "M3", "Mixed: White and Asian"
    M9 = "M9", "Mixed: any other mixed background"
    A1 = "A1", "Asian: Indian"
    A2 = "A2", "Asian: Pakistani"
    A3 = "A3", "Asian: Bangladeshi"
    A4 = "A4", "Asian: Chinese"
    A9 = "A9", "Asian: any other Asian background"
    B1 = "B1", "Black: Caribbean"
    B2 = "B2", "Black: African"
    B9 = "B9", "Black: any other Black background"
    O2 = "O2", "Arab"
    O9 = "O9", "Any other ethnic group"
    NOT_STATED = "NS", "Not stated, or not known"


class Person(Guarded):
    """One record of one person. Two records of the same person are joined by `same_as`, and nothing is moved."""

    class State(models.TextChoices):
        ON_RECORD = "on_record", "On record"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="records", help_text="The record that stands for this person"
    )
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    born_from = models.DateField(null=True, help_text="The earliest date of birth; both empty = not known")
    born_to = models.DateField(null=True, help_text="The latest; equal to the earliest where the date is known")
    said_to_be_child = models.CharField(
        max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN, help_text="Where no date of birth says it"
    )
    sex = models.CharField(max_length=10, choices=Sex.choices, default=Sex.NOT_KNOWN)
    ethnicity = models.CharField(max_length=2, choices=Ethnicity.choices, default=Ethnicity.NOT_STATED)
    language = models.CharField(max_length=80, blank=True, help_text="Empty = not known")
    needs_interpreter = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN)
    nhs_number = models.CharField(max_length=10, blank=True)
    consistent_identifier = models.CharField(  # Children Act 2004 s.16LC, by regulations to come
        max_length=40, blank=True, help_text="The consistent child identifier, once the law names it"
    )
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    gp_practice = models.CharField(max_length=200, blank=True, help_text="Empty = not known")
    recorded_at = models.DateTimeField()
    learned_in = models.ForeignKey(
        Case, null=True, on_delete=models.PROTECT, related_name="+", help_text="The case whose notice first named them"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(given_names__gt="") | Q(family_name__gt=""), name="a_person_has_a_name"),
            models.CheckConstraint(
                condition=Q(born_from=None, born_to=None) | Q(born_from__lte=F("born_to")), name="born_within_a_range"
            ),
        ]
        indexes = [models.Index(fields=["nhs_number"], condition=Q(nhs_number__gt=""), name="person_nhs_number")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """Hidden from those with a conflict of interest, and where every case that ever named the person is hidden."""
        conflict = Conflict.objects.filter(user=who.pk, person__same_as=OuterRef("same_as"))
        named = Restriction.objects_for(who).filter(case=OuterRef("case"))
        parts: models.QuerySet[Involvement] = models.QuerySet(Involvement)
        may_see = parts.filter(person=OuterRef("pk"), withdrawn_at=None).filter(
            Q(case=None) | Q(case__restricted=False) | Q(Exists(named)), not_withheld(who, "case")
        )
        return ~Q(Exists(conflict)) & (about_a_case(who, "learned_in") | Q(Exists(may_see)))

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def born_on(self) -> date | None:
        """The date of birth, where it is known to the day."""
        return self.born_from if self.born_from == self.born_to else None

    def age_in_words(self, on: date) -> str:
        """ "7", "about 7 (estimated)", "between 6 and 9 (estimated)" or "not known"."""
        if not self.born_from or not self.born_to:
            return "not known"
        oldest, youngest = age(self.born_from, on), age(self.born_to, on)
        if self.born_on:
            return f"{youngest}"
        if oldest - youngest <= 1:
            return f"about {youngest} (estimated)"
        return f"between {youngest} and {oldest} (estimated)"

    def child_on(self, day: date) -> Answer:
        """Whether they are a child that day: under 18, by their latest possible date of birth."""
        if self.born_to:
            return Answer.YES if age(self.born_to, day) < ADULT_AT else Answer.NO
        return Answer(self.said_to_be_child)


def age(born: date, on: date) -> int:
    """Whole years. Somebody born on 29 February comes of age on 1 March in other years (Family Law Reform Act 1969
    s.9: at the beginning of the anniversary)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class Conflict(models.Model):
    """A member of staff who is never shown a person: themselves, their family, somebody they may be a risk to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    open_because = "keys only; read to decide who may see a person, never shown by itself"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "person"], name="one_conflict")]

    def __str__(self) -> str:
        return f"{self.user_id} is never shown {self.person_id}"


class Involvement(Known):
    """A record the person is part of: a notice, an incident, later a missing episode or an investigation."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    part = models.CharField(max_length=60, help_text="In words: child, parent, caller, person posing a risk")
    kind = models.CharField(max_length=60, help_text="Model of the record, as app.model")
    record = models.UUIDField()
    reference = models.CharField(max_length=40)

    class Meta(Known.Meta):
        indexes = [models.Index(fields=["record"], name="involvement_record")]

    def __str__(self) -> str:
        return f"{self.part} in {self.reference}"


class Alias(Known):
    """Another name the person goes by or went by."""

    class Kind(models.TextChoices):
        KNOWN_AS = "known_as", "Known as"
        BIRTH = "birth", "Name at birth"
        PREVIOUS = "previous", "Earlier name"
        SPELLING = "spelling", "Other spelling"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="aliases")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(condition=Q(given_names__gt="") | Q(family_name__gt=""), name="an_alias_is_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class Phone(Known):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="phones")
    number = models.CharField(max_length=40, help_text="As it was written")
    plain = models.CharField(
        max_length=15,
        blank=True,
        editable=False,
        help_text="As it is compared (`matching.numbers.phone`); empty = never",
    )
    safe = models.CharField(max_length=10, choices=Answer.choices, help_text="Is it safe to call them on it?")

    class Meta(Known.Meta):
        indexes = [models.Index(fields=["plain"], condition=Q(plain__gt="", withdrawn_at=None), name="phone_plain")]

    def __str__(self) -> str:
        return self.number


class Reference(Known):
    """What another system calls this person: a records system, ViSOR, a council's case number."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="references")
    system = models.CharField(max_length=80)
    number = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.system} {self.number}"


class Flag(Known):
    """Something that changes how everybody should act: a plan, a warning, or a risk to children."""

    class Kind(models.TextChoices):
        LOOKED_AFTER = "looked_after", "Looked after by the local authority"
        PROTECTION_PLAN = "protection_plan", "Child protection plan"
        IN_NEED = "in_need", "Child in need plan"
        RSO = "rso", "Registered sex offender"
        POSES_RISK = "poses_risk", "Person posing a risk to children"
        HIGH_RISK_DA = "high_risk_da", "High-risk domestic abuse"
        MARAC = "marac", "Heard at MARAC"  # multi-agency risk assessment conference
        TRIGGER_PLAN = "trigger_plan", "Trigger plan for going missing"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    starts = models.DateField(null=True, help_text="Empty = not known")
    ends = models.DateField(null=True, help_text="Empty = not ended, as far as we know")

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lte=F("ends")), name="a_flag_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(kind__in=["rso", "poses_risk"], withdrawn_at=None), name="flag_risk"
            )
        ]

    def __str__(self) -> str:
        return str(self.Kind(self.kind).label)

    @property
    def is_a_risk(self) -> bool:
        """They are a risk to children. Who is at risk themselves, of domestic abuse, is none."""
        return self.kind in (self.Kind.RSO, self.Kind.POSES_RISK)

    @property
    def stands_out(self) -> bool:
        """Shown as a danger: a risk to children, or to themselves."""
        return self.is_a_risk or self.kind == self.Kind.HIGH_RISK_DA

    def holds_on(self, day: date) -> bool:
        return self.withdrawn_at is None and (self.ends is None or self.ends >= day)
