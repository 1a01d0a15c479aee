"""What is written down beside an episode, row by row. Nothing here is ever rewritten."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from access.actor import Actor
from access.guarded import Guarded
from cases.models import about_a_case
from cases.models.known import may_see_person
from cohort.codes import Risk
from govuk.fields import YesNoNotKnown as Answer
from missing.codes import CheckResult, EnquiryType, Question, ReviewBy, Stage, System
from missing.models.episode import Episode


class Part(Guarded):
    """A row of one episode, seen by whoever may see the episode. `by` is empty where Longstop did it itself."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="%(class)s_rows")
    at = models.DateTimeField(help_text="When it was so")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "episode__case") & may_see_person(who, "episode__person")


def not_in_the_future(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name=name)


class RiskAnswer(Part):
    """One piece of risk information: what was said, who said it, and when it was obtained (College of Policing)."""

    question = models.CharField(max_length=20, choices=Question.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    said = models.TextField(blank=True, help_text="In their words; empty = nothing more was said")
    source = models.CharField(max_length=200, help_text="Who said so, and how to reach them")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="a_risk_answer_is_somebodys"),
            not_in_the_future("a_risk_answer_was_obtained"),
        ]

    def __str__(self) -> str:
        return f"{self.get_question_display()} {self.get_answer_display()}"


class SystemCheck(Part):
    """Somebody, or Longstop itself, looked somewhere: what there was, or why nobody could look."""

    system = models.CharField(max_length=20, choices=System.choices)
    result = models.CharField(max_length=10, choices=CheckResult.choices)
    said = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(result="nothing") | ~Q(said=""), name="a_check_says_what_or_why_not"),
            not_in_the_future("a_check_was_made"),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()}: {self.get_result_display()}"


class RiskDecision(Part):
    """A judgement of the risk, with its reason. The timeline of who thought what, when."""

    stage = models.CharField(max_length=20, choices=Stage.choices)
    risk = models.CharField(max_length=10, choices=Risk.choices)
    because = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_risk_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_risk_display()}"


class Enquiry(Part):
    """Something that was done to find the child, by whoever did it."""

    type = models.CharField(max_length=20, choices=EnquiryType.choices)
    result = models.TextField()
    next_action = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(result=""), name="an_enquiry_has_a_result"),
            not_in_the_future("an_enquiry_was_made"),
        ]

    def __str__(self) -> str:
        return self.get_type_display()

    @property
    def is_substantive(self) -> bool:
        """Whether it was done to find the child. Keeping the record up is not."""
        return self.type != EnquiryType.ADMIN


class Reassessment(Part):
    """While nobody has attended: the caller was reached again, and asked whether the risk has changed."""

    caller_reached = models.CharField(max_length=10, choices=Answer.choices)
    what_changed = models.TextField()
    decision = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what_changed="") & ~Q(decision=""), name="a_reassessment_decides")
        ]

    def __str__(self) -> str:
        return f"re-assessed at {self.at}"


class Review(Part):
    """A supervisor, inspector or superintendent looked at everything. Looking is not searching: see `Enquiry`."""

    rank = models.CharField(max_length=20, choices=ReviewBy.choices)
    said = models.TextField()
    next_review_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(said=""), name="a_review_says_something"),
            models.CheckConstraint(condition=Q(next_review_at__gt=F("at")), name="the_next_review_is_later"),
        ]

    def __str__(self) -> str:
        return self.get_rank_display()


class DailyDecision(Part):
    """What the daily management meeting decided for this child."""

    decision = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(decision=""), name="the_daily_meeting_decides")]

    def __str__(self) -> str:
        return f"daily meeting of {self.at}"


class PreventionInterview(Part):
    """A found child is seen and heard (until 2022: the safe and well check): in their own words, and how they were."""

    place = models.CharField(max_length=300)
    own_words = models.TextField()
    demeanour = models.TextField()
    why_left = models.TextField(help_text="“Not known” is written, never left blank")
    where_been = models.TextField()
    with_whom = models.TextField()
    harm = ArrayField(models.CharField(max_length=20), default=list)
    exploitation = models.CharField(max_length=10, choices=Answer.choices)
    crime = models.TextField(blank=True, help_text="What was disclosed; empty = nothing was")
    wants_to_talk_to = models.TextField()
    safe_now_because = models.TextField(help_text="What was done at once so that the child is safe")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(own_words="") & ~Q(demeanour="") & ~Q(safe_now_because=""), name="a_found_child_was_heard"
            ),
            not_in_the_future("a_found_child_was_seen"),
        ]

    def __str__(self) -> str:
        return f"prevention interview of {self.at}"
