"""What was asked and answered about an incident: THRIVE, domestic abuse, the voice of each child. Rows are added."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from access.actor import Actor
from access.guarded import Guarded
from cases.models import Person, about_a_case
from govuk.fields import YesNoNotKnown as Answer
from triage.codes import Risk
from triage.models.incident import Incident


class OfAnIncident(Guarded):
    """Added to an incident by somebody at a moment, and never changed."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="%(class)s_rows")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, who: Actor) -> models.Q:
        return about_a_case(who, "incident__case")


def _level() -> models.CharField[str, str]:
    return models.CharField(max_length=10, choices=Risk.choices, default=Risk.NOT_KNOWN)


class Thrive(OfAnIncident):
    """One THRIVE assessment: six lines, each with a level. A new one is added each time; none is overwritten."""

    class Trigger(models.TextChoices):
        INITIAL = "initial", "First call"
        NEW_INFORMATION = "new_information", "New information"
        REPEAT_CALL = "repeat_call", "Repeat call"
        TARGET_MISSED = "target_missed", "Target missed"
        INTERVAL = "interval", "Interval passed"
        CANNOT_REACH = "cannot_reach", "The caller cannot be reached"
        RETURNED = "returned", "Returned for deployment"
        BEFORE_CLOSE = "before_close", "Before it is closed"
        REGRADE = "regrade", "Change of grade"

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="assessments")
    trigger = models.CharField(max_length=20, choices=Trigger.choices)
    threat_level, threat = _level(), models.TextField(blank=True)
    harm_level, harm = _level(), models.TextField(blank=True)
    risk_level, risk = _level(), models.TextField(blank=True)
    investigation_level, investigation = _level(), models.TextField(blank=True)
    vulnerability_level, vulnerability = _level(), models.TextField(blank=True)
    engagement_level, engagement = _level(), models.TextField(blank=True)
    overall = models.CharField(max_length=10, choices=Risk.choices)
    before_we_arrive = models.TextField(help_text="What could happen before we arrive")

    def __str__(self) -> str:
        return f"{self.get_trigger_display()}, {self.get_overall_display()}"

    def lines(self) -> list[tuple[str, str, str]]:
        """Each of the six: its name, its level in words, what was written."""
        return [
            (name.capitalize(), str(Risk(getattr(self, f"{name}_level")).label), getattr(self, name)) for name in SIX
        ]


SIX = ("threat", "harm", "risk", "investigation", "vulnerability", "engagement")


ABUSE_QUESTIONS = {
    "relationship": "What they are to each other",
    "abuse_before": "Abuse before",
    "level_before": "Risk level then",
    "marac": "Heard at MARAC in the last 12 months",
    "weapons": "Weapons",
    "drink_or_drugs": "Drink or drugs",
    "orders_or_bail": "Court orders or bail conditions",
    "suspect_there": "The person is still there",
    "codeword": "Codeword agreed",
    "first_words": "The caller's first words",
    "demeanour": "How the caller sounded",
    "background": "In the background",
}


def _in_words(answer: str) -> str:
    """An answer or a text; what was not said is not known."""
    return str(Answer(answer).label) if answer in Answer.values else answer or "Not known"


class AbuseQuestions(OfAnIncident):
    """What was asked about domestic abuse, as the College of Policing lists it for first contact."""

    relationship = models.CharField(max_length=200, blank=True)
    abuse_before = models.CharField(max_length=10, choices=Answer.choices)
    level_before = models.CharField(max_length=100, blank=True)
    marac = models.CharField(max_length=10, choices=Answer.choices)
    weapons = models.CharField(max_length=10, choices=Answer.choices)
    drink_or_drugs = models.CharField(max_length=10, choices=Answer.choices)
    orders_or_bail = models.CharField(max_length=10, choices=Answer.choices)
    suspect_there = models.CharField(max_length=10, choices=Answer.choices)
    codeword = models.CharField(max_length=100, blank=True)
    first_words = models.TextField(blank=True, help_text="The caller's first words, as they were said")
    demeanour = models.TextField(blank=True)
    background = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"domestic abuse questions, {self.at}"

    def answers(self) -> list[tuple[str, str]]:
        """Each question with its answer in words; what was not said is not known."""
        return [(words, _in_words(getattr(self, name))) for name, words in ABUSE_QUESTIONS.items()]


class ChildVoice(OfAnIncident):
    """One child: seen or not, what the child said in their own words, how the child was; or why nobody has, who will,
    and by when."""

    child = models.CharField(max_length=200, help_text="The child's name; may say that it is not known")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    seen = models.CharField(max_length=10, choices=Answer.choices)
    spoken_to = models.CharField(max_length=10, choices=Answer.choices)
    with_whom = models.CharField(max_length=200, blank=True, help_text="Alone, or with whom")
    own_words = models.TextField(blank=True)
    demeanour = models.TextField(blank=True)
    communicates = models.TextField(blank=True)
    home = models.TextField(blank=True)
    wants = models.TextField(blank=True)
    why_not = models.TextField(blank=True)
    who_will = models.CharField(max_length=200, blank=True)
    see_by = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.child}: seen {self.seen}"
