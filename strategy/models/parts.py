"""What belongs to one meeting: the children, the answers of the authority, who was there, what was decided, minutes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from access.actor import Actor
from access.guarded import Guarded
from cases.models import Person, about_a_case
from documents.models import Attachment
from strategy.codes import CHOICES, Group, Kind, Presence, Reply
from strategy.models.meeting import StrategyMeeting


class Part(Guarded):
    """A row of one meeting, seen by whoever may see the meeting."""

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "meeting__case")


class MeetingChild(Part):
    """One child the meeting is about."""

    meeting = models.ForeignKey(StrategyMeeting, on_delete=models.PROTECT, related_name="children")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: nobody knows who it is"
    )
    name = models.CharField(max_length=200, help_text="As it was written; “not known” where nobody knows it")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_child_of_a_meeting_is_named"),
            models.UniqueConstraint(fields=["meeting", "person"], name="child_once_in_a_meeting"),
        ]

    def __str__(self) -> str:
        return self.name


class AuthoritysAnswer(Part):
    """What the local authority said to our request, and who there said it."""

    meeting = models.ForeignKey(StrategyMeeting, on_delete=models.PROTECT, related_name="answers")
    reply = models.CharField(max_length=10, choices=Reply.choices)
    by_name = models.CharField(max_length=200, help_text="Who there said so")
    because = models.TextField()
    answered_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(by_name="") & ~Q(because=""), name="an_answer_is_somebodys"),
            models.CheckConstraint(condition=Q(answered_at__lte=models.F("recorded_at")), name="answered_before_told"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reply_display()} by {self.by_name}"


class Attendee(Part):
    """Somebody who was at the table, or sent apologies."""

    meeting = models.ForeignKey(StrategyMeeting, on_delete=models.PROTECT, related_name="attendees")
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200)
    role = models.CharField(max_length=200, help_text="In words")
    group = models.CharField(max_length=20, choices=Group.choices)
    presence = models.CharField(max_length=10, choices=Presence.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(agency="") & ~Q(role=""), name="an_attendee_is_somebody_from_somewhere"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"


class Decision(Part):
    """One thing the meeting decided, or said that it did not decide."""

    meeting = models.ForeignKey(StrategyMeeting, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    answer = models.CharField(max_length=20, blank=True, help_text="Where the answer is one of several")
    text = models.TextField(help_text="“Not decided” is said and never left out")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind"], name="decided_once_in_a_meeting"),
            models.CheckConstraint(condition=~Q(text=""), name="a_decision_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.in_words}"

    @property
    def in_words(self) -> str:
        """The answer and what was said of it."""
        chosen = str(CHOICES[self.kind](self.answer).label) if self.kind in CHOICES else ""
        return ". ".join(dict.fromkeys(filter(None, [chosen, self.text])))


class Minutes(Part):
    """The minutes, as text or as a document. A later version stands beside the earlier one."""

    meeting = models.ForeignKey(StrategyMeeting, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField(blank=True)
    document = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | Q(document__isnull=False), name="minutes_say_something")
        ]

    def __str__(self) -> str:
        return f"minutes of {self.meeting_id}"
