"""Whether domestic abuse meets the criteria of a multi-agency risk assessment conference (MARAC)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models

from cases.records import years_before
from govuk.fields import YesNoNotKnown as Answer
from sla.lengths import Basis, Number

TICKS = Number(
    "MARAC: ticks of the checklist that are a visible high risk", 14, Basis.GUIDANCE, "SafeLives, DASH: 14 or more"
)
EVENTS = Number(
    "MARAC: events in 12 months that are an escalation", 3, Basis.LOCAL, "SafeLives: commonly 3; Kingston takes 5"
)
REPEAT_YEARS = 1
"""SafeLives: another incident within twelve months of the last MARAC is a repeat case."""


class Criterion(models.TextChoices):
    VISIBLE = "visible", "Visible high risk"
    JUDGEMENT = "judgement", "Professional judgement"
    ESCALATION = "escalation", "Escalation"
    REPEAT = "repeat", "Repeat within 12 months of the last MARAC"
    HONOUR = "honour", "So-called honour-based abuse"


def criteria(
    *,
    ticks: int | None,
    judgement: str,
    events: int | None,
    last_marac_on: date | None,
    honour_based: str,
    today: date,
    at: datetime,
) -> list[Criterion]:
    """The criteria met. Judgement can only add one: few ticks never take one away."""
    met = [
        (Criterion.VISIBLE, ticks is not None and ticks >= TICKS.in_force(at)[0]),
        (Criterion.JUDGEMENT, bool(judgement.strip())),
        (Criterion.ESCALATION, events is not None and events >= EVENTS.in_force(at)[0]),
        (Criterion.REPEAT, last_marac_on is not None and last_marac_on >= years_before(today, REPEAT_YEARS)),
        (Criterion.HONOUR, honour_based == Answer.YES),
    ]
    return [criterion for criterion, is_met in met if is_met]
