"""What was found in one drawn record, and what whoever did the work is told of it.

The numbers are for those who lead the work on quality. The words are between the person who did the work, the
supervisor they had then, and the person who wrote them: nobody else reads them, whatever their rank.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.actor import Actor
from access.guarded import Guarded
from access.roles import Can
from accounts.models import Team
from cases.models import Case, named_in_case
from partners.models import Agency
from ppn.codes import Grade as NoticeGrade
from quality.codes import Grade, Of
from quality.models.sampling import Sample
from quality.models.themes import somebody

SENT = ["sent", "acknowledged"]


class Review(Guarded):
    """One drawn record and who reviews it: its number, its grade and how far it has come. No words about anybody."""

    class State(models.TextChoices):
        TO_REVIEW = "to_review", "To be reviewed"
        REVIEWED = "reviewed", "Reviewed, feedback not sent yet"
        FEEDBACK_SENT = "feedback_sent", "Feedback sent"
        ACKNOWLEDGED = "acknowledged", "Feedback acknowledged"
        NO_FEEDBACK = "no_feedback", "Reviewed, nobody here to tell"
        LEFT_OUT = "left_out", "Left out"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="reviews")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="That reviews it")
    of = models.CharField(max_length=20, choices=Of.choices)
    record = models.UUIDField(db_index=True, help_text="What was drawn")
    record_reference = models.CharField(max_length=40)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    author = somebody(help_text="Who did the work; empty = nobody here")
    worked_at = models.DateTimeField(help_text="When they did it")

    reviewer = somebody(help_text="Empty = nobody who may review it may see the record")
    given_because = models.TextField(blank=True, help_text="Why it was given to somebody else")
    handed_back_by = ArrayField(models.IntegerField(), default=list, help_text="Who has seen it open since: keys")
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    left_out_because = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["reviewer"], condition=Q(state="to_review"), name="reviews_to_do")]
        constraints = [
            models.UniqueConstraint(fields=["sample", "record"], name="a_record_is_drawn_once_in_a_sample"),
            models.CheckConstraint(
                condition=Q(reviewer=None) | Q(author=None) | ~Q(reviewer=models.F("author")),
                name="nobody_reviews_their_own_work",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["to_review", "left_out"], grade="", reviewed_at=None)
                | Q(
                    ~Q(state__in=["to_review", "left_out"]),
                    grade__gt="",
                    reviewed_at__isnull=False,
                    reviewer__isnull=False,
                ),
                name="a_review_ends_in_a_grade",
            ),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(left_out_because=""), name="a_review_is_left_out_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("qualityreview", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """Whoever reviews it, and the quality lead. It says no more of a restricted record than its number."""
        return Q() if who.can(Can.LEAD_QUALITY) else Q(reviewer=who.pk)


class SecondLook(Guarded):
    """What a second person would have decided, entered before they were shown what was decided. Never changed."""

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="second_look")
    by = somebody(null=False)
    at = models.DateTimeField()
    grade = models.CharField(max_length=10, choices=NoticeGrade.choices)
    recipients = ArrayField(models.CharField(max_length=20, choices=Agency.Kind.choices), default=list)
    strategy = models.CharField(max_length=10, choices=Answer.choices, help_text="Whether a strategy meeting is needed")
    timely = models.CharField(max_length=10, choices=Answer.choices, help_text="Whether it was reviewed in time")
    their_grade = models.CharField(max_length=10, choices=NoticeGrade.choices, help_text="As the co-ordinator decided")
    their_recipients = ArrayField(models.CharField(max_length=20, choices=Agency.Kind.choices), default=list)
    their_strategy = models.CharField(max_length=10, choices=Answer.choices)
    their_timely = models.CharField(max_length=10, choices=Answer.choices, help_text="As the clocks say")

    def __str__(self) -> str:
        return f"second look of {self.review_id}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return Q() if who.can(Can.LEAD_QUALITY) else Q(by=who.pk) | told(who, "review__feedback")


class Feedback(Guarded):
    """What somebody is told about their work: what was good, what could be better, and what they say to that."""

    class State(models.TextChoices):
        WRITTEN = "written", "Written, not sent"
        SENT = "sent", "Sent"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=20, choices=State.choices, editable=False)
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="feedback")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", help_text="The officer's, at that time")
    officer = somebody(null=False)
    supervisor = somebody(help_text="Who led them at that time; empty = nobody, or it is between two")
    supervisors_post = models.CharField(max_length=20, blank=True)
    written_by = somebody(null=False)
    written_at = models.DateTimeField()
    strengths = models.TextField()
    to_improve = models.TextField(blank=True, help_text="Empty = nothing")
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="Kept by its clock")
    reply = models.TextField(blank=True, help_text="What the officer says to it; empty = nothing")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["officer"], condition=Q(state="sent"), name="feedback_to_read")]
        constraints = [
            models.CheckConstraint(condition=~Q(strengths=""), name="feedback_says_what_was_good"),
            models.CheckConstraint(
                condition=Q(state="written", sent_at=None) | Q(state__in=SENT, sent_at__isnull=False),
                name="feedback_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(~Q(state="acknowledged"), acknowledged_at=None)
                | Q(state="acknowledged", acknowledged_at__isnull=False),
                name="feedback_is_acknowledged",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("feedback", args=[self.pk])

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return (Q(written_by=who.pk) | told(who)) & named_in_case(who, "review__case")


class Mark(Guarded):
    """One criterion of one review: 0 to 3, or that it does not apply, and why where it is low. Never changed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="marks")
    criterion = models.CharField(max_length=30)
    score = models.PositiveSmallIntegerField(null=True, help_text="0 to 3; empty = does not apply")
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="a_criterion_is_marked_once"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=3), name="a_mark_is_0_to_3"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=2) | ~Q(why=""), name="a_low_mark_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} of {self.review_id}"

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        """As the feedback it is part of; where there is none, by whoever wrote it."""
        return (Q(review__reviewer=who.pk) | told(who, "review__feedback")) & named_in_case(who, "review__case")


def told(who: Actor, path: str = "") -> Q:
    """The officer, and the supervisor it was sent to as well, from the moment it was sent."""
    at = f"{path}__" if path else ""
    officer, supervisor = {f"{at}officer": who.pk}, {f"{at}supervisor": who.pk}
    return (Q(**officer) | Q(**supervisor)) & Q(**{f"{at}state__in": SENT})
