"""Decisions of the triage hub on who deals with an incident. Rows are added only."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Team
from govuk.fields import YesNoNotKnown as Answer
from triage.codes import Destination
from triage.models.assessments import OfAnIncident
from triage.suitability import QUESTIONS


def _answer(name: str) -> models.CharField[str, str]:
    return models.CharField(max_length=10, choices=Answer.choices, verbose_name=QUESTIONS[name])


class Allocation(OfAnIncident):
    """Who is to deal with it and why, with the answers to the questions on suitability."""

    destination = models.CharField(max_length=20, choices=Destination.choices)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    child_concerned = _answer("child_concerned")
    child_to_be_seen = _answer("child_to_be_seen")
    abuse_or_images = _answer("abuse_or_images")
    images_shared = _answer("images_shared")
    suspect_at_home = _answer("suspect_at_home")
    repeat = _answer("repeat")
    evidence_lost = _answer("evidence_lost")
    safe_to_talk = _answer("safe_to_talk")
    interpreter = _answer("interpreter")
    second_look_because = ArrayField(models.CharField(max_length=200), default=list)

    def __str__(self) -> str:
        return str(Destination(self.destination).label)

    def answers(self) -> list[tuple[str, str]]:
        """Each question with its answer in words."""
        return [(words, str(Answer(getattr(self, name)).label)) for name, words in QUESTIONS.items()]
