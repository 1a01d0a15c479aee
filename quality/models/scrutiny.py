"""The scrutiny group: police and partner agencies look together, each quarter, at cases that were drawn at random."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can, Role
from access.time import now
from accounts.duty import team_of
from accounts.models import Team, User
from cases.models import Case, about_a_case
from cases.models.known import by_somebody
from govuk.fields import YesNoNotKnown as Answer
from quality.codes import Grade
from quality.models.themes import somebody

KINDS = [
    ("ppn.ppn", "Notice"),
    ("missing.episode", "Missing episode"),
    ("strategy.strategymeeting", "Strategy meeting"),
]
SHOWN = ["papers_sent", "held", "reported"]
"""States in which members of the group see anything of a meeting."""


def keeps_scrutiny(who: Actor) -> bool:
    """Those who choose, prepare and check papers."""
    return who.can(Can.CHAIR_SCRUTINY) or who.can(Can.REVIEW_QUALITY)


def sees_quality_or(who: Actor, own: Q) -> Q:
    """All of them by those whose work it is, and some by whoever is concerned. (An empty condition beside another
    would say nothing.)"""
    return Q() if who.can(Can.SEE_QUALITY) else own


def _theirs(who: Actor) -> Q:
    """Rows about this person. A system of an agency is nobody's member."""
    return Q(person=who.pk) if isinstance(who, User) else Q(pk__in=[])


def _member(who: Actor, meeting: str) -> Exists:
    """Whether they are of the group for this meeting."""
    return Exists(ScrutinyMember.objects.filter(_theirs(who), state="on", meeting=OuterRef(meeting)))


class ScrutinyMeeting(Guarded):
    """One meeting of the group, from the day it is owed until its report."""

    class State(models.TextChoices):
        WANTED = "wanted", "To be planned"
        PLANNED = "planned", "Planned"
        PAPERS_SENT = "papers_sent", "Papers sent"
        HELD = "held", "Held"
        REPORTED = "reported", "Reported"
        CALLED_OFF = "called_off", "Called off"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    counts_from = models.DateTimeField(help_text="The end of the last meeting, or since when there is a group")
    in_place_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="instead", help_text="One that was called off"
    )
    chair = somebody(help_text="Empty = not planned yet")
    meets_at = models.DateTimeField(null=True, help_text="Empty = not planned yet")
    place = models.CharField(max_length=200, blank=True)
    quarter_from = models.DateField(null=True, help_text="First day of the quarter whose cases are looked at")
    seed = models.CharField(max_length=80, blank=True, help_text="Anybody can draw the same again with it")
    size = models.PositiveSmallIntegerField(default=0, help_text="How many were to be drawn")
    drawn_from = models.JSONField(default=list, help_text="Everything it was drawn from: [reference, stratum]")
    drawn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clocks")
    papers_sent_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    who_was_there = models.TextField(blank=True)
    closes_at = models.DateTimeField(null=True, help_text="From then on members do not see its papers")
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = somebody()
    called_off_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="wanted"), name="one_meeting_to_be_planned"),
            models.CheckConstraint(
                condition=Q(state="wanted")
                | Q(chair__isnull=False, meets_at__isnull=False, quarter_from__isnull=False)
                | Q(state="called_off"),
                name="a_planned_meeting_has_a_chair_and_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN) | Q(papers_sent_at__isnull=False, closes_at__gt=F("papers_sent_at")),
                name="what_members_see_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "reported"]) | (Q(held_at__isnull=False) & ~Q(who_was_there="")),
                name="a_meeting_was_held_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="reported") | ~Q(report=""), name="a_report_says_something"),
            models.CheckConstraint(
                condition=~Q(state="called_off") | ~Q(called_off_because=""),
                name="no_group_is_called_off_without_a_reason",
            ),
            by_somebody("reported"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("scrutinymeeting", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By those whose work it is; by a member, from the papers on. Of the cases it says nothing."""
        return sees_quality_or(who, cls.given_to(who))

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        return Q(state__in=SHOWN) & Q(_member(outsider, "pk"))

    @property
    def team(self) -> Team:
        return team_of(Role.MASH_CHIEF_INSPECTOR)


class ScrutinyMember(Guarded):
    """Somebody of the group, for one meeting: one of us, or somebody who works for a partner agency."""

    class State(models.TextChoices):
        ON = "on", "Member"
        REMOVED = "removed", "Removed"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    meeting = models.ForeignKey(ScrutinyMeeting, on_delete=models.PROTECT, related_name="members")
    person = somebody(null=False)
    speaks_for = models.CharField(max_length=120, help_text="Their agency, or their post in the force")
    added_at = models.DateTimeField()
    removed_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(state="on"), name="a_member_once_for_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(state="removed") | ~Q(removed_because=""), name="a_member_is_removed_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.speaks_for}"

    def get_absolute_url(self) -> str:
        return reverse("scrutinymeeting", args=[self.meeting_id])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_quality_or(who, cls.given_to(who))

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        return _theirs(outsider)


class ScrutinyPaper(Guarded):
    """One case as the group sees it: redacted, checked by a second person, and what the group found."""

    class State(models.TextChoices):
        TO_PREPARE = "to_prepare", "To be prepared"
        PREPARED = "prepared", "Prepared, to be checked"
        CHECKED = "checked", "Checked"
        FOUND = "found", "Finding recorded"
        LEFT_OUT = "left_out", "Left out"

    reference = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    meeting = models.ForeignKey(ScrutinyMeeting, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField(help_text="In this meeting")
    kind = models.CharField(max_length=60, choices=KINDS)
    record = models.UUIDField()
    record_reference = models.CharField(max_length=40, help_text="Not shown to members of agencies")
    stratum = models.CharField(max_length=60, help_text="What kind of case it is, and how it was graded")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    added_because = models.TextField(blank=True, help_text="Empty = it was drawn")
    restricted_said = models.TextField(blank=True, help_text="Why every member may see a restricted case")
    text = models.TextField(blank=True, help_text="The redacted chronology")
    child_seen = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    child_spoken_to = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    child_observed = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    how_recorded = models.TextField(blank=True)
    prepared_at = models.DateTimeField(null=True)
    prepared_by = somebody()
    checked_at = models.DateTimeField(null=True)
    checked_by = somebody()
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    was_good = models.TextField(blank=True)
    to_learn = models.TextField(blank=True)
    found_at = models.DateTimeField(null=True)
    left_out_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "record"], name="a_case_once_for_a_meeting"),
            by_somebody("prepared"),
            by_somebody("checked"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("prepared_by")), name="nobody_checks_their_own_paper"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "found"]) | Q(checked_by__isnull=False),
                name="no_paper_goes_out_unchecked",
            ),
            models.CheckConstraint(
                condition=~Q(state="found") | (~Q(grade="") & ~Q(to_learn="")), name="a_finding_has_a_grade"
            ),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(left_out_because=""), name="a_case_is_left_out_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("scrutinypaper", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """By those who prepare it, and by members for their days; by nobody who has declared a conflict."""
        kept = Q(~Q(restricted_said="") | about_a_case(who)) if keeps_scrutiny(who) else Q(pk__in=[])
        return (kept | cls._in_its_days(who)) & ~Q(_conflict(who))

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        return cls._in_its_days(outsider) & ~Q(_conflict(outsider))

    @classmethod
    def _in_its_days(cls, who: Actor) -> Q:
        at = now()
        days = Q(meeting__state__in=SHOWN, meeting__papers_sent_at__lte=at, meeting__closes_at__gt=at)
        open_to_all = Q(case=None) | Q(case__restricted=False) | ~Q(restricted_said="")
        return days & open_to_all & Q(state__in=["checked", "found"]) & Q(_member(who, "meeting"))

    @property
    def title(self) -> str:
        return f"Case {self.number}"


def _conflict(who: Actor) -> Exists:
    return Exists(ScrutinyConflict.objects.filter(_theirs(who), paper=OuterRef("pk")))


class ScrutinyConflict(Guarded):
    """Somebody knows the family, or had a part in the case: they do not see this paper."""

    paper = models.ForeignKey(ScrutinyPaper, on_delete=models.PROTECT, related_name="conflicts")
    person = somebody(null=False)
    because = models.TextField()
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "person"], name="a_conflict_is_declared_once"),
            models.CheckConstraint(condition=~Q(because=""), name="a_conflict_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.because}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return sees_quality_or(who, _theirs(who))

    @classmethod
    def given_to(cls, outsider: Actor) -> Q:
        return _theirs(outsider)
