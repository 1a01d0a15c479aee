"""What an offender has to tell police and by when; where they are; when they travel."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.models.known import by_somebody
from offenders.codes import AwayBecause
from offenders.models.nominal import OfANominal


class NotificationDuty(OfANominal):
    """One thing an offender has to notify in person, from the day it arose until ViSOR has it, or until somebody has
    decided on the breach."""

    class State(models.TextChoices):
        DUE = "due", "Due"
        NOT_RUNNING = "not_running", "Time does not run: in custody, in hospital or abroad"
        GIVEN = "given", "Given in person, not checked yet"
        CHECKED = "checked", "Checked, not on ViSOR yet"
        ON_VISOR = "on_visor", "On ViSOR"
        ENFORCED = "enforced", "Missed: breach enforced"
        EXCUSED = "excused", "Missed: reasonable excuse"
        NOT_NEEDED = "not_needed", "No longer needed"

    class Breach(models.TextChoices):
        ENFORCED = "enforced", "Enforced"
        EXCUSED = "excused", "Reasonable excuse"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    kind = models.CharField(
        max_length=20, help_text="A code of `offenders.statutory.RULES`: the law adds kinds by date"
    )
    what = models.CharField(max_length=300, blank=True, help_text="What changed; empty where the kind says it all")
    follows = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="One that was missed, and still is owed",
    )
    arose_on = models.DateField(help_text="The day it is counted from")
    due_on = models.DateField(null=True, help_text="Last day on which it is in time; empty = time does not run")
    runs_from = models.DateTimeField(help_text="When the clock that runs now began")
    due_at = models.DateTimeField(null=True, help_text="End of that day; lists sort by it")
    section = models.CharField(max_length=80, help_text="The provision it rests on")
    given_at = models.DateTimeField(null=True)
    given_where = models.CharField(max_length=200, blank=True, help_text="Police station")
    taken_by = models.CharField(max_length=200, blank=True, help_text="Officer or member of staff who took it")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    on_visor_at = models.DateTimeField(null=True)
    on_visor_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    visor_ref = models.CharField(max_length=40, blank=True)
    breach = models.CharField(max_length=20, choices=Breach.choices, blank=True, help_text="Empty = not decided")
    decided_at = models.DateTimeField(null=True, help_text="On the breach")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_because = models.TextField(blank=True)
    ended_because = models.TextField(blank=True, help_text="Why it is no longer needed")

    class Meta:
        verbose_name_plural = "notification duties"
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["due", "given", "checked"]),
                name="duties_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal"],
                condition=Q(kind__in=["annual", "weekly"], state__in=["due", "not_running"], breach="", given_at=None),
                name="one_periodic_duty_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="due") | Q(due_on__isnull=False, due_at__isnull=False), name="a_duty_due_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["given", "checked", "on_visor"])
                | (Q(given_at__isnull=False) & ~Q(given_where="") & ~Q(taken_by="")),
                name="given_somewhere_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="on_visor") | (Q(on_visor_at__isnull=False) & ~Q(visor_ref="")),
                name="on_visor_with_a_reference",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["enforced", "excused"], breach=F("state"))
                | ~Q(state__in=["enforced", "excused"]),
                name="a_missed_duty_is_decided_as_it_says",
            ),
            models.CheckConstraint(
                condition=Q(breach="", decided_at=None, decided_because="")
                | (~Q(breach="") & Q(decided_at__isnull=False) & ~Q(decided_because="")),
                name="a_breach_is_decided_with_a_reason",
            ),
            by_somebody("checked"),
            by_somebody("on_visor"),
            by_somebody("decided"),
            models.CheckConstraint(
                condition=~Q(state="not_needed") | ~Q(ended_because=""), name="a_duty_that_is_not_needed_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("notificationduty", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Given after its last day."""
        return bool(self.given_at and self.due_at and self.given_at > self.due_at)


class Spell(OfANominal):
    """Time in custody, in hospital or abroad, which the Act disregards; and when it is to end."""

    class State(models.TextChoices):
        GOING_ON = "going_on", "Going on"
        OVER = "over", "Over, not on ViSOR yet"
        ON_VISOR = "on_visor", "Over, and on ViSOR"
        IN_ERROR = "in_error", "Recorded in error"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    because = models.CharField(max_length=20, choices=AwayBecause.choices)
    where = models.CharField(max_length=200, blank=True, help_text="Prison, hospital or country; empty = not known")
    began_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="Expected release or return; empty = not known")
    release_due_at = models.DateTimeField(null=True, help_text="End of the expected day; lists sort by it")
    ended_on = models.DateField(null=True, help_text="When it really ended")
    recorded_at = models.DateTimeField()
    asked_at = models.DateTimeField(help_text="When somebody last asked when they come out")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    over_at = models.DateTimeField(null=True, help_text="When police recorded that it is over")
    changed_because = models.TextField(blank=True, help_text="Why the expected day was last changed, or was in error")
    over_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    visor_ref = models.CharField(max_length=40, blank=True, help_text="Of the update that the release made necessary")

    class Meta:
        indexes = [
            models.Index(fields=["release_due_at", "id"], condition=Q(state="going_on"), name="releases_to_come")
        ]
        constraints = [
            models.UniqueConstraint(fields=["nominal"], condition=Q(state="going_on"), name="one_spell_at_a_time"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("began_on")), name="a_spell_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="a_spell_really_ended_later"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["over", "on_visor"]) | Q(ended_on__isnull=False, over_at__isnull=False),
                name="over_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("spell", args=[self.pk])


class Travel(OfANominal):
    """A journey out of the United Kingdom that an offender gave notice of (s.86)."""

    class State(models.TextChoices):
        NOTIFIED = "notified", "Notice given, not checked yet"
        CHECKED = "checked", "Checked"
        AWAY = "away", "Abroad"
        RETURNED = "returned", "Back, and told"
        NOT_GOING = "not_going", "Not going"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    notified_at = models.DateTimeField(help_text="When the notice was given in person")
    given_where = models.CharField(max_length=200)
    departs_at = models.DateTimeField()
    returns_at = models.DateTimeField(null=True, help_text="As notified; empty = not known")
    countries = models.CharField(max_length=300)
    carrier = models.CharField(max_length=200, blank=True)
    stays_at = models.TextField(blank=True)
    with_children = models.CharField(max_length=10, choices=[("yes", "Yes"), ("no", "No"), ("not_known", "Not known")])
    late_excuse = models.TextField(
        blank=True, help_text="Why the notice was shorter than the law asks; empty = it was not"
    )
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    checked_said = models.TextField(blank=True, help_text="What was found, and whom it was passed to")
    spell = models.ForeignKey(Spell, null=True, on_delete=models.PROTECT, related_name="+", help_text="Time abroad")
    returned_on = models.DateField(null=True)
    changed_at = models.DateTimeField(help_text="When the details that hold now were notified")
    ended_because = models.TextField(blank=True, help_text="Why they are not going")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks; lists sort by it")

    class Meta:
        indexes = [models.Index(fields=["departs_at", "id"], condition=Q(state="notified"), name="travel_to_check")]
        constraints = [
            models.CheckConstraint(
                condition=Q(returns_at=None) | Q(returns_at__gt=F("departs_at")), name="back_after_leaving"
            ),
            models.CheckConstraint(condition=~Q(countries=""), name="travel_goes_somewhere"),
            by_somebody("checked"),
            models.CheckConstraint(
                condition=~Q(state="checked") | ~Q(checked_said=""), name="a_check_says_what_was_found"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("travel", args=[self.pk])


class IndefiniteReview(OfANominal):
    """An application to end an indefinite requirement (ss.91A-91F), decided by a superintendent."""

    class State(models.TextChoices):
        APPLIED = "applied", "Applied for"
        CONTINUES = "continues", "The requirement continues"
        ENDS = "ends", "The requirement ends"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    applied_at = models.DateTimeField()
    said = models.TextField(help_text="What the offender says")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nominal"], condition=Q(state="applied"), name="one_application_at_a_time"),
            by_somebody("decided"),
            models.CheckConstraint(
                condition=Q(state="applied", decided_at=None) | (~Q(state="applied") & ~Q(because="")),
                name="an_application_is_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("indefinitereview", args=[self.pk])
