"""What a notice says of the harm, and of domestic abuse."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from access.actor import Actor
from access.guarded import Guarded
from cases.models import about_a_case
from govuk.fields import YesNoNotKnown as Answer
from ppn.codes import AbuseCategory, PoliceDid, Tool
from ppn.models.notice import Ppn


def answer() -> models.CharField[str, str]:
    return models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_KNOWN)


QUESTIONS = {
    "needs_protection_now": "A child needs protecting at once",
    "injured": "A child is injured",
    "injury_unexplained": "The injury is unexplained, or the explanation does not fit",
    "not_mobile": "The injured child cannot move about alone",
    "serious": "A child has died or was seriously hurt",
    "sexual_activity": "Sexual activity of or with a child",
    "pregnant_under_18": "Somebody under 18 is pregnant",
    "unborn": "Concern for an unborn child",
    "online": "It happened online",
    "allegation_by_child": "A child says that a parent or carer harms them",
    "position_of_trust": "The adult works or volunteers with children",
}


class Concern(Guarded):
    """What happened to whom, as structured answers: the strategy triggers are read from these."""

    ppn = models.OneToOneField(Ppn, on_delete=models.PROTECT, related_name="concern")
    abuse = ArrayField(models.CharField(max_length=3, choices=AbuseCategory.choices), default=list)
    injured = answer()
    injury_unexplained = answer()
    injuries = models.TextField(blank=True, help_text="Empty = none recorded")
    not_mobile = answer()
    serious = answer()
    sexual_activity = answer()
    pregnant_under_18 = answer()
    unborn = answer()
    online = answer()
    allegation_by_child = answer()
    position_of_trust = answer()
    who_has_child = models.TextField(blank=True)
    needs_protection_now = answer()
    police_did = ArrayField(models.CharField(max_length=20, choices=PoliceDid.choices), default=list)
    crime_references = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"concern of {self.ppn_id}"

    def answers(self) -> list[tuple[str, str]]:
        """What is known, in words. Where the answer is no it says so; what nobody knows is in `not_known`."""
        said = [(words, getattr(self, name)) for name, words in QUESTIONS.items()]
        known = [(words, str(Answer(value).label)) for words, value in said if value != Answer.NOT_KNOWN]
        kinds = ", ".join(str(AbuseCategory(each).label) for each in self.abuse) or "Not known"
        did = ", ".join(str(PoliceDid(each).label) for each in self.police_did) or "Not recorded"
        texts = [("Kind of harm", kinds), ("Injuries", self.injuries or "None recorded")]
        texts += [("Who has the child now", self.who_has_child or "Not known"), ("Police", did)]
        return [*texts, *known, *([("Crime numbers", self.crime_references)] if self.crime_references else [])]

    def not_known(self) -> list[str]:
        return [words for name, words in QUESTIONS.items() if getattr(self, name) == Answer.NOT_KNOWN]

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "ppn__case")


ABUSE_QUESTIONS = {
    "honour_based": "So-called honour-based abuse",
    "strangulation": "Strangulation or choking",
    "weapon": "A weapon",
    "pregnant": "The person harmed is pregnant",
    "children_asked": "The questions about the children were asked",
}


class DomesticAbuse(Guarded):
    """The risk assessment of domestic abuse: which tool, how many ticks, and what raises the risk to a child."""

    ppn = models.OneToOneField(Ppn, on_delete=models.PROTECT, related_name="domestic_abuse")
    tool = models.CharField(max_length=10, choices=Tool.choices)
    tool_version = models.CharField(max_length=40, blank=True)
    ticks = models.PositiveSmallIntegerField(null=True, help_text="Of the checklist; empty = not counted")
    professional_judgement = models.TextField(blank=True, help_text="May raise the level, never lower it")
    events_in_12_months = models.PositiveSmallIntegerField(null=True, help_text="Empty = not known")
    last_marac_on = models.DateField(null=True, help_text="Empty = none known")
    honour_based = answer()
    strangulation = answer()
    weapon = answer()
    pregnant = answer()
    children_asked = answer()
    marac = ArrayField(models.CharField(max_length=20), default=list, help_text="Criteria met, as worked out then")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(tool="neither") | Q(ticks=None), name="ticks_belong_to_a_tool"),
        ]

    def __str__(self) -> str:
        return f"domestic abuse in {self.ppn_id}"

    def answers(self) -> list[tuple[str, str]]:
        """Each question with its answer in words."""
        tool = f"{self.get_tool_display()} {self.tool_version}".strip()
        counted = "not counted" if self.ticks is None else f"{self.ticks} ticks"
        events = "Not known" if self.events_in_12_months is None else str(self.events_in_12_months)
        marac = f"{self.last_marac_on:%-d %B %Y}" if self.last_marac_on else "None known"
        asked = [(words, str(Answer(getattr(self, name)).label)) for name, words in ABUSE_QUESTIONS.items()]
        judged = self.professional_judgement or "Not recorded"
        return [
            ("Questions asked", f"{tool}, {counted}"),
            ("Professional judgement", judged),
            ("Incidents in 12 months", events),
            ("Last heard at MARAC", marac),
            *asked,
        ]

    @classmethod
    def visible_to(cls, who: Actor) -> Q:
        return about_a_case(who, "ppn__case")
