"""Contact with the caller, and decisions on resources while an incident is late. Rows are added only."""

from __future__ import annotations

from django.db import models

from accounts.models import Team
from triage.codes import FAILED, ResourceDecision, Result
from triage.models.assessments import OfAnIncident


class ContactAttempt(OfAnIncident):
    """One attempt to reach the caller: by which route, and what came of it."""

    route = models.CharField(max_length=100, help_text="The number or the way")
    result = models.CharField(max_length=20, choices=Result.choices)
    said = models.TextField(blank=True, help_text="What they said, what has changed, what they were told")

    def __str__(self) -> str:
        return f"{self.get_result_display()}: {self.route}"

    @property
    def failed(self) -> bool:
        return self.result in FAILED


class ResourcingDecision(OfAnIncident):
    """What a force incident manager decided about a late incident, and until when that stands."""

    decision = models.CharField(max_length=20, choices=ResourceDecision.choices)
    because = models.TextField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.get_decision_display()} until {self.until}"


class Unit(models.Model):
    """A police unit as the command-and-control system tells of it."""

    call_sign = models.CharField(max_length=20, unique=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="units")
    on_duty_until = models.DateTimeField()
    crew = models.PositiveSmallIntegerField(default=2)

    open_because = "every member of staff may know which units there are"

    def __str__(self) -> str:
        return self.call_sign
