"""An evidence pack for an inspector: what was asked for, what was drawn, what was handed over, to whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from access.time import now
from accounts.models import Team, User
from cases.models import Case, about_a_case
from cases.models.known import by_somebody
from insight.codes import CaseOf, ChildRule, Power, Profile
from sla.calendar import local


def somebody(*, null: bool = True, help_text: str = "") -> Any:
    """One of our people, by key. Empty = nobody yet, unless the field says otherwise."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=null, on_delete=models.PROTECT, related_name="+", help_text=help_text
    )


class EvidencePack(Guarded):
    """What an inspector asked for. Once it is put together its file is never changed; a mended pack is a new file."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked for, being prepared"
        BUILDING = "building", "Being put together"
        PREPARED = "prepared", "Put together, to be checked"
        CHECKED = "checked", "Checked, to be released"
        RELEASED = "released", "Released to be read"
        CLOSED = "closed", "Closed, copies not handed back"
        ENDED = "ended", "Closed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Whose work it is")

    requested_by = models.CharField(max_length=200, help_text="Which inspector asks, and of which inspectorate")
    power = models.CharField(max_length=20, choices=Power.choices)
    power_named = models.CharField(max_length=200, blank=True, help_text="Where it is another one")
    purpose = models.TextField(help_text="What it is for")
    begins_on = models.DateField(help_text="First day of the period")
    ends_on = models.DateField(help_text="Last day of it")
    as_at = models.DateTimeField(help_text="Everything in it is as it stood at this moment")
    needed_by = models.DateField(help_text="The day it was asked for")
    profile = models.CharField(max_length=10, choices=Profile.choices)
    sample_size = models.PositiveSmallIntegerField(help_text="How many of each queue are listed")
    seed = models.CharField(max_length=80, help_text="By which the samples of the queues are drawn")
    asked_at = models.DateTimeField()
    asked_by = somebody(null=False, help_text="Who wrote the request down")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks")

    prepared_by = somebody(help_text="As whom it was put together: it holds what they may see")
    prepared_at = models.DateTimeField(null=True, help_text="When they had it put together")
    trouble = models.TextField(blank=True, help_text="Why it could not be put together; empty = it could, or will be")
    sent_back_because = models.TextField(blank=True, help_text="What is to be changed; empty = nothing")
    file = models.OneToOneField(
        "EvidenceFile", null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty = not put together yet"
    )
    words_read = models.BooleanField(default=False, help_text="Whoever checked it has read the words that were kept")
    checked_at = models.DateTimeField(null=True)
    checked_by = somebody()
    released_at = models.DateTimeField(null=True)
    released_by = somebody()
    released_until = models.DateTimeField(null=True, help_text="Until when it can be read")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.TextField(blank=True)
    handed_back_at = models.DateTimeField(null=True)
    handed_back_by = somebody(help_text="Who wrote down what became of the copies")
    handed_back_said = models.TextField(blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=~Q(state__in=["ended", "withdrawn"]), name="evidence_packs_open"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="evidence_is_of_some_days"),
            models.CheckConstraint(
                condition=~Q(requested_by="") & ~Q(purpose="") & (~Q(power="other") | ~Q(power_named="")),
                name="evidence_is_asked_for_under_a_power",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "building", "withdrawn"]) | Q(file__isnull=False),
                name="evidence_is_put_together_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "released", "closed", "ended"]) | Q(checked_at__isnull=False),
                name="no_evidence_leaves_unchecked",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "closed", "ended"])
                | Q(released_at__isnull=False, released_until__gt=F("released_at")),
                name="evidence_is_released_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("prepared_by")), name="a_second_person_checks_evidence"
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("prepared_by")),
                name="nobody_releases_evidence_they_prepared",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None) | ~Q(profile="cleaned") | Q(words_read=True),
                name="words_that_leave_were_read",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_because=""), name="evidence_is_withdrawn_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(closed_because=""), name="evidence_is_closed_for_a_reason"
            ),
            by_somebody("prepared"),
            by_somebody("checked"),
            by_somebody("released"),
            by_somebody("handed_back"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("evidencepack", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By those who prepare and release; by a named reader while it is released. Each of them only where they may
        see every case that is in it."""
        open_to = _hides_nothing(who)
        if who.can(Can.PREPARE_EVIDENCE) or who.can(Can.RELEASE_EVIDENCE):
            return open_to
        if not isinstance(who, User) or not who.can(Can.READ_EVIDENCE):
            return Q(pk__in=[])
        named: models.QuerySet[Any] = models.QuerySet(EvidenceReader).filter(pack=OuterRef("pk"), person=who.pk)
        return open_to & Q(state="released", released_until__gt=now()) & Q(Exists(named))

    @property
    def needed_at(self) -> datetime:
        """The end of the day it was asked for."""
        return local(self.needed_by + timedelta(days=1))

    @property
    def begins_at(self) -> datetime:
        return local(self.begins_on)

    @property
    def ends_at(self) -> datetime:
        """The first moment after the period; never later than the moment everything is as at."""
        return min(local(self.ends_on + timedelta(days=1)), self.as_at)

    @property
    def under(self) -> str:
        """The power in words."""
        return self.power_named if self.power == Power.OTHER else str(Power(self.power).label)


def hides_nothing_from(who: Actor, pack: EvidencePack) -> bool:
    """Whether this person may see every case that is in it."""
    open_to: models.QuerySet[Any] = models.QuerySet(EvidencePack).filter(_hides_nothing(who), pk=pack.pk)
    return open_to.exists()


def _hides_nothing(who: Actor) -> Q:
    """No case in the pack is one that this person may not see."""
    inside: models.QuerySet[Any] = models.QuerySet(EvidenceCase).filter(pack=OuterRef("pk"), left_out_at=None)
    return Q(~Exists(inside.exclude(about_a_case(who))))


class OfAPack(Guarded):
    """Part of an evidence pack, seen with it."""

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        seen: models.QuerySet[Any] = models.QuerySet(EvidencePack).filter(
            EvidencePack.visible_to(who), pk=OuterRef("pack")
        )
        return Q(Exists(seen))


class EvidenceDraw(OfAPack):
    """Cases drawn at random by a rule, so that anybody can draw the same again."""

    class State(models.TextChoices):
        DRAWN = "drawn", "Drawn"

    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="draws")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    of = models.CharField(max_length=20, choices=CaseOf.choices)
    group = models.CharField(max_length=20, blank=True, help_text="Only of this grade or risk; empty = of all")
    child = models.CharField(max_length=10, choices=ChildRule.choices, blank=True)
    late = models.BooleanField(default=False, help_text="Only those with a deadline that was missed")
    size_asked = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=80)
    drawn_from = models.JSONField(help_text="Everything it was drawn from, in order: [reference, stratum]")
    strata = models.JSONField(help_text="Every stratum there was, the most urgent first")
    restricted = models.PositiveIntegerField(help_text="In the population, restricted, and so not drawn")
    not_seen = models.PositiveIntegerField(help_text="In it, and not for the post of whoever drew; not drawn either")
    drawn_at = models.DateTimeField()
    drawn_by = somebody(null=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size_asked__gte=1), name="a_draw_of_evidence_asks_for_some")]

    def __str__(self) -> str:
        return f"{self.get_of_display()}, {self.size_asked} of {len(self.drawn_from)}"

    def get_absolute_url(self) -> str:
        return reverse("evidencedraw", args=[self.pk])


class EvidenceCase(OfAPack):
    """One case of the pack: drawn, or added for a reason; and why it was left out, if it was."""

    class State(models.TextChoices):
        IN = "in", "In the pack"
        LEFT_OUT = "left_out", "Left out"

    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="cases")
    draw = models.ForeignKey(EvidenceDraw, null=True, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    kind = models.CharField(max_length=60, help_text="Model of the record, as app.model")
    record = models.UUIDField()
    record_reference = models.CharField(max_length=40)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    stratum = models.CharField(max_length=60, blank=True)
    added_at = models.DateTimeField()
    added_by = somebody(null=False)
    added_because = models.TextField(blank=True, help_text="Empty = it was drawn")
    left_out_at = models.DateTimeField(null=True)
    left_out_by = somebody()
    left_out_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "record"], name="a_case_once_in_a_pack"),
            models.CheckConstraint(
                condition=Q(draw__isnull=False, added_because="") | (Q(draw=None) & ~Q(added_because="")),
                name="a_case_is_drawn_or_added_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="in", left_out_at=None)
                | (Q(state="left_out", left_out_at__isnull=False) & ~Q(left_out_because="")),
                name="evidence_is_left_out_for_a_reason",
            ),
            by_somebody("left_out"),
        ]

    def __str__(self) -> str:
        return self.record_reference

    def get_absolute_url(self) -> str:
        return reverse("evidencecase", args=[self.pk])


class EvidenceReader(OfAPack):
    """Somebody to whom a pack is released."""

    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="readers")
    person = somebody(null=False)
    named_at = models.DateTimeField()
    named_by = somebody(null=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "person"], name="a_reader_once_of_a_pack")]

    def __str__(self) -> str:
        return f"{self.person} reads {self.pack}"


class EvidenceFile(OfAPack):
    """A pack as it was put together once. The file lies encrypted in the store of documents. Never changed."""

    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="files")
    stored_as = models.CharField(max_length=32, unique=True, help_text="Its random name in the store")
    sha256 = models.CharField(max_length=64, help_text="Of the file")
    size = models.PositiveBigIntegerField(help_text="In bytes")
    manifest = models.JSONField(help_text="What is in it, and the hash of each part")
    manifest_sha256 = models.CharField(max_length=64)
    seconds = models.FloatField(help_text="How long it took")
    built_at = models.DateTimeField()
    built_for = somebody(null=False, help_text="It holds what they may see")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    stored_as__regex="^[0-9a-f]{32}$",
                    sha256__regex="^[0-9a-f]{64}$",
                    manifest_sha256__regex="^[0-9a-f]{64}$",
                    size__gt=0,
                ),
                name="an_evidence_file_has_its_sums",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filename}, {self.built_at}"

    @property
    def filename(self) -> str:
        """A name that names nobody."""
        return f"{self.pack.reference}-{str(self.pk)[:8]}.zip"


class EvidenceCopy(OfAPack):
    """A file that left: which, to whom, when, on what basis. Never changed."""

    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="copies")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="copies")
    given_to = somebody(null=False)
    given_at = models.DateTimeField()
    basis = models.CharField(max_length=300, help_text="The power under which it was asked for, and by whom")

    class Meta:
        verbose_name_plural = "evidence copies"
        constraints = [models.CheckConstraint(condition=~Q(basis=""), name="a_copy_of_evidence_has_a_basis")]

    def __str__(self) -> str:
        return f"{self.file_id} to {self.given_to}"
