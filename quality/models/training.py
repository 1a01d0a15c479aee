"""Courses, who has taken them, who has to, and who was proposed for one; and champions of child-centred policing."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can, Role
from accounts.models import Team
from cases.models.known import by_somebody
from quality.models.themes import Theme, somebody
from quality.whose import answered_for, commanded_by, supervised_by


def of_a_person(who: Actor) -> Q:
    """By the person, whoever covers for them, everybody in the line above them, and those who keep training."""
    if who.can(Can.KEEP_TRAINING):
        return Q()
    return Q(person__in=answered_for(who) | commanded_by(who))


class Course(Guarded):
    """One course: what it is for, which posts require it, and after how many months it is taken again."""

    class State(models.TextChoices):
        IN_USE = "in_use", "In use"
        RETIRED = "retired", "No longer given"

    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    name = models.CharField(max_length=80, unique=True)
    what_for = models.TextField()
    refresh_months = models.PositiveSmallIntegerField(null=True, help_text="Empty = it is not taken again")
    roles = ArrayField(models.CharField(max_length=30), default=list, help_text="Posts that require it")
    added_at = models.DateTimeField()
    retired_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(what_for=""), name="a_course_has_a_name_and_a_purpose"),
            models.CheckConstraint(
                condition=Q(refresh_months=None) | Q(refresh_months__range=(1, 36)),
                name="a_course_is_taken_again_within_three_years",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("course", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By everybody: it names nobody."""
        return Q()

    @property
    def required_for(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


class CourseTheme(Guarded):
    """This course answers that theme: whoever is told of the theme may be proposed for the course."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="courses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "theme"], name="a_course_answers_a_theme_once")]

    def __str__(self) -> str:
        return f"{self.course}: {self.theme}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return Q()


class TrainingRecord(Guarded):
    """Somebody has taken a course. Never rewritten: a mistake is put right by a record that takes its place."""

    class State(models.TextChoices):
        RECORDED = "recorded", "Recorded"

    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="records")
    person = somebody(null=False)
    taken_on = models.DateField(null=True, help_text="Empty = this says that they had not taken it after all")
    certificate = models.CharField(max_length=80, blank=True, help_text="Its number; empty = there is none")
    recorded_at = models.DateTimeField()
    recorded_by = somebody(null=False)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    because = models.TextField(blank=True, help_text="Why the other was wrong; empty = it corrects none")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects=None, because="", taken_on__isnull=False)
                | (Q(corrects__isnull=False) & ~Q(because="")),
                name="a_training_record_is_corrected_for_a_reason",
            )
        ]
        indexes = [models.Index(fields=["person", "course"], name="training_of_a_person")]

    def __str__(self) -> str:
        return f"{self.course}, {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("learner", args=[self.person_id])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return of_a_person(who)


class TrainingDue(Guarded):
    """A post requires this course of this person: when they took it last, and by when they take it again."""

    class State(models.TextChoices):
        NEVER = "never", "Never taken"
        TAKEN = "taken", "Taken"
        OFF = "off", "No longer required"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="dues")
    person = somebody(null=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Of the post that requires it")
    since = models.DateTimeField(help_text="The post, or the course if that came later")
    taken_on = models.DateField(null=True)
    refresh_at = models.DateTimeField(null=True, help_text="Empty = never taken, or not taken again")
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks; lists sort by it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "course"], name="one_requirement_of_a_person_and_a_course"),
            models.CheckConstraint(
                condition=~Q(state="never") | Q(taken_on=None, refresh_at=None), name="never_taken_has_no_day"
            ),
            models.CheckConstraint(condition=~Q(state="taken") | Q(taken_on__isnull=False), name="taken_has_a_day"),
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=~Q(state="off"), name="training_due")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("trainingdue", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return of_a_person(who)


class TrainingNeed(Guarded):
    """Somebody was given feedback, and a course answers what it was about. Proposed, and not imposed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        BOOKED = "booked", "Booked"
        TAKEN = "taken", "Taken"
        DECLINED = "declined", "Declined"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    person = somebody(null=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="Of the person")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="needs")
    because = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = somebody(null=False)
    booked_for = models.DateField(null=True)
    booked_at = models.DateTimeField(null=True)
    booked_by = somebody()
    declined_because = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = somebody()
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks")

    class Meta:
        constraints = [
            by_somebody("booked"),
            by_somebody("ended"),
            models.UniqueConstraint(
                fields=["person", "course"],
                condition=Q(state__in=["proposed", "booked"]),
                name="one_open_proposal_of_a_course",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="training_is_proposed_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_because=""), name="training_is_declined_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="booked") | Q(booked_for__isnull=False), name="booked_training_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("trainingneed", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By the person, whoever covers for them, who supervises them directly, and those who keep training: feedback
        is private. Whoever proposed it sees it only where they would anyway."""
        if who.can(Can.KEEP_TRAINING):
            return Q()
        return Q(person__in=answered_for(who) | supervised_by(who))


class Champion(Guarded):
    """Somebody of a team whom colleagues ask about child-centred policing."""

    class State(models.TextChoices):
        SERVING = "serving", "Champion"
        ENDED = "ended", "No longer"

    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    person = somebody(null=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team"], condition=Q(state="serving"), name="champion_of_a_team_once"
            ),
            models.CheckConstraint(
                condition=Q(state="serving", until=None) | Q(state="ended", until__gte=F("since")),
                name="a_champion_ends_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.team}"

    def get_absolute_url(self) -> str:
        return reverse("champions")

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By everybody: colleagues have to know whom to ask."""
        return Q()
