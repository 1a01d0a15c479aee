"""A school is told that a child of theirs is a victim of domestic abuse, before the child comes through its gate."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from accounts.models import Team
from cases.models import Case, Person, about_a_case
from cases.models.known import by_somebody, may_see_person
from encompass.models.places import Exemption
from govuk.fields import YesNoNotKnown as Answer
from partners.models import Agency
from places.models import LocalAuthority, School


class State(models.TextChoices):
    NEEDS_SCHOOL = "needs_school", "School not known"
    TO_SCREEN = "to_screen", "Not yet checked for safety"
    READY = "ready", "Checked, not sent"
    SENT = "sent", "Sent, not delivered"
    DELIVERED = "delivered", "Delivered, not acknowledged"
    ACKNOWLEDGED = "acknowledged", "Acknowledged by the school"
    HELD_BACK = "held_back", "Held back: the school is not told"
    NOT_FOR_SCHOOL = "not_for_school", "No school to tell"


NOT_SENT = [State.NEEDS_SCHOOL.value, State.TO_SCREEN.value, State.READY.value]
NOT_TOLD = [*NOT_SENT, State.SENT.value, State.HELD_BACK.value]
"""States in which the school does not know yet."""
OPEN = [*NOT_TOLD, State.DELIVERED.value]


class Place(models.TextChoices):
    """What kind of place is told."""

    SCHOOL = "school", "School"
    COLLEGE = "college", "College"
    NURSERY = "nursery", "Nursery"
    HOME = "home", "Taught at home: the local authority's officer"
    NOT_KNOWN = "not_known", "Not known"


class ToldHow(models.TextChoices):
    MAIL = "mail", "By secure mail"
    PHONE = "phone", "By telephone"
    SYSTEM = "system", "Fetched by their own system"
    PORTAL = "portal", "Read by somebody there on our pages"


class SchoolNotice(Guarded):
    """One child, one place of education, one incident. Timed from the moment the grounds were recorded."""

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="school_notices")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    about_kind = models.CharField(max_length=60, help_text="Model of the record it was raised from, as app.model")
    about = models.UUIDField(db_index=True)
    about_reference = models.CharField(max_length=40)
    arises_from = models.UUIDField(db_index=True, help_text="The record in which this was first known")

    child = models.CharField(max_length=200, help_text="Name; “not known” where nobody knows it")
    child_key = models.CharField(max_length=260, help_text="The same for the same child of one incident")
    born_on = models.DateField(null=True, help_text="Empty = not known: treated as of school age")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    linked = models.CharField(max_length=300, help_text="How the child is linked with what happened. Not sent")
    relation_known = models.BooleanField(default=True, help_text="False = lives there; nobody knows what they are")

    place = models.CharField(max_length=10, choices=Place.choices)
    place_key = models.CharField(max_length=40, blank=True, help_text="Empty = not known")
    place_written = models.CharField(max_length=200, blank=True, help_text="As somebody wrote it")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(
        LocalAuthority, null=True, on_delete=models.PROTECT, related_name="+", help_text="Where the child lives"
    )
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")

    happened = models.TextField(help_text="What the school reads of it. Written for the school")
    happened_at = models.DateTimeField(null=True, help_text="Empty = not known")
    happened_where = models.CharField(max_length=300, blank=True)
    present = models.CharField(max_length=10, choices=Answer.choices, help_text="Was the child there?")
    present_where = models.CharField(max_length=200, blank=True, help_text="Where the child was while it happened")
    voice = models.TextField(blank=True, help_text="What the child said, in their own words")
    others = models.JSONField(default=list, help_text="Names of other people in it, which may not be sent")
    voice_how = models.CharField(max_length=200, blank=True, help_text="Spoken to alone, or with whom")

    refuge = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    suspect_at_school = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    fears_school = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    others_data = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    screened_at = models.DateTimeField(null=True)
    screened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    grounds_at = models.DateTimeField(help_text="When reasonable grounds were recorded")
    grounds_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    bell_at = models.DateTimeField(help_text="When the child's next school day begins. It only comes nearer")
    at_once = models.BooleanField(help_text="School was in, or it was the holidays: told without waiting for the bell")
    calendar_known = models.BooleanField(help_text="False = weekdays but bank holidays are taken for school days")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks; the queue sorts by it")

    content = models.JSONField(null=True, help_text="Exactly what was sent")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_because = models.TextField(blank=True, help_text="Why it could go although an answer was not “no”")
    trouble = models.TextField(blank=True, help_text="Why it did not arrive")
    delivered_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=10, choices=ToldHow.choices, blank=True)
    told_name = models.CharField(max_length=200, blank=True, help_text="Who at the school was told")
    late = models.BooleanField(default=False, help_text="The bell rang first")
    support_note = models.TextField(blank=True, help_text="What the school can still do, where it is told late")
    answer_due_at = models.DateTimeField(null=True, help_text="When the school is to have acknowledged it")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_name = models.CharField(max_length=200, blank=True)

    held_back_at = models.DateTimeField(null=True)
    held_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    held_back_because = models.TextField(blank=True)
    exemption = models.ForeignKey(Exemption, null=True, on_delete=models.PROTECT, related_name="+")
    not_for_because = models.TextField(blank=True)

    lives_elsewhere = models.BooleanField(default=False, help_text="The child lives in the area of another force")
    home_force = models.CharField(max_length=100, blank=True, help_text="Empty = not known which")
    home_force_told_at = models.DateTimeField(null=True)
    home_force_told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    home_force_told_how = models.TextField(blank=True)

    lateness = ""
    """For a page: how late it is. Not kept."""
    going_to = ""
    """The state a verb leads to, where it may lead to several. Not kept."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arises_from", "child_key", "place_key"], name="a_school_is_told_once_about_a_child"
            ),
            by_somebody("screened"),
            by_somebody("sent"),
            by_somebody("held_back"),
            by_somebody("home_force_told"),
            models.CheckConstraint(
                condition=Q(screened_at=None)
                | Q(refuge__gt="", suspect_at_school__gt="", fears_school__gt="", others_data__gt=""),
                name="screened_with_every_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "delivered", "acknowledged"])
                | Q(screened_at__isnull=False, sent_at__isnull=False, content__isnull=False, agency__isnull=False),
                name="nothing_goes_to_a_school_unscreened",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["delivered", "acknowledged"]) | Q(delivered_at__isnull=False, told_how__gt=""),
                name="told_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="held_back") | Q(held_back_at__isnull=False, held_back_because__gt=""),
                name="held_back_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_for_school") | Q(not_for_because__gt=""), name="no_school_for_a_reason"
            ),
            models.CheckConstraint(condition=Q(grounds_at__lte=F("bell_at")), name="the_bell_rings_after_the_grounds"),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=~Q(state__in=["acknowledged", "not_for_school"]),
                name="school_notice_open",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("encompass", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who) & may_see_person(who, "person")

    @property
    def where(self) -> str:
        """Who is told, in words."""
        if self.school:
            return str(self.school)
        if self.agency and self.place != Place.HOME:
            return str(self.agency)
        if self.place == Place.HOME:
            return f"{self.authority}: officer for children taught at home" if self.authority else "Taught at home"
        return f"“{self.place_written}”, not found yet" if self.place_written else "School not known"

    @property
    def late_by(self) -> timedelta | None:
        """How long after the bell the school was told; None = in time, or not told."""
        told = self.delivered_at
        return told - self.bell_at if told and told > self.bell_at else None

    def answers(self) -> list[str]:
        """What the safety screen was answered."""
        return [self.refuge, self.suspect_at_school, self.fears_school, self.others_data]

    @property
    def is_clear(self) -> bool:
        """Every question of the screen was answered no."""
        return self.answers() == [Answer.NO.value] * 4
